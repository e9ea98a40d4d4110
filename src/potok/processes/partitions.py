"""The journal lies in one partition a month, so that old months are dropped and never deleted row by row."""

from datetime import date, timedelta

from django.db import connection

from potok.kit import clock

MAKE = """CREATE TABLE IF NOT EXISTS processes_journal_{name} PARTITION OF processes_journal
    FOR VALUES FROM ('{begin}') TO ('{end}')"""


_made: set[date] = set()


def make_ahead() -> None:
    """Make the partitions of this month and the next, once. What lies in the default partition stays there."""
    today = clock.now().date()
    for month in (_first(today), _next(_first(today))):
        if month not in _made and not _holds(month):
            _make(month)
        _made.add(month)


def _make(month: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(name=f"{month:%Y_%m}", begin=month, end=_next(month)))


def _holds(month: date) -> bool:
    """Tell whether rows of the month lie in the default partition already: then it can have none of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM processes_journal_default WHERE at >= %s AND at < %s)", [month, _next(month)]
        )
        return bool(cursor.fetchone()[0])


def _first(day: date) -> date:
    return day.replace(day=1)


def _next(month: date) -> date:
    return _first(month + timedelta(days=32))
