"""The journal lies in one partition for each month in which its lines may go, so that what definitions keep for so many
months is dropped by partition and never deleted row by row."""

import time
from datetime import date, datetime

from django.db import OperationalError, connection, transaction

from potok.kit import clock
from potok.processes.models import Definition

# What is kept for ever lies by months too; nobody will mind in a hundred years.
FOR_EVER = 1_200
MAKE = """CREATE TABLE IF NOT EXISTS processes_journal_until_{name} PARTITION OF processes_journal
    FOR VALUES FROM ('{begin}') TO ('{end}')"""
LIES = """SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'processes_journal'::regclass AND c.relname LIKE 'processes_journal_until_%' ORDER BY 1"""
STRAYS = """DELETE FROM processes_journal_default WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM processes_journal_default WHERE until <= %s LIMIT 5000))"""
# To part a partition from its table takes a lock that nobody may wait behind: it gives up at once and tries later.
PATIENCE = "SET LOCAL lock_timeout = '50ms'"
KEPT_SECONDS = 60

_made: set[date] = set()


def until(at: datetime, *, definition: int) -> date:
    """The day from which a line written now may go: the first of a month."""
    return months_after(at.date(), _months().get(definition, FOR_EVER) + 1)


def make_ahead() -> None:
    """Make the partitions for what is written this month and the next, once. What lies in the default partition stays
    there."""
    today = clock.now().date()
    for months in {*_months().values(), FOR_EVER}:
        for ahead in (1, 2):
            month = months_after(today, months + ahead)
            if month not in _made and not _holds(month):
                _make(month)
            _made.add(month)


def drop_expired() -> list[str]:
    """Drop the partitions whose month has come; answers their names. Who reads or writes meanwhile is not held up: a
    partition that is in use is left for the next time."""
    today = clock.now().date()
    dropped = [name for name in _partitions() if _month_of(name) <= today and _drop(name)]
    _made.clear()
    with connection.cursor() as cursor:
        cursor.execute(STRAYS, [today])
    return dropped


def forget() -> None:
    """Read anew how long definitions keep their journals; other processes do within a minute."""
    _Known.read_at = 0.0


def months_after(day: date, months: int) -> date:
    """The first of the month so many months after a day's."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


class _Known:
    months: dict[int, int] = {}  # noqa: RUF012 -- replaced as a whole, never changed
    read_at = 0.0


def _months() -> dict[int, int]:
    now = time.monotonic()
    if not _Known.read_at or now - _Known.read_at > KEPT_SECONDS:
        limited = Definition.objects.exclude(journal_months=None).values_list("pk", "journal_months")
        _Known.months, _Known.read_at = {id: months for id, months in limited if months}, now
    return _Known.months


def _make(month: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(name=f"{month:%Y_%m}", begin=month, end=months_after(month, 1)))


def _holds(month: date) -> bool:
    """Tell whether rows of the month lie in the default partition already: then it can have none of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM processes_journal_default WHERE until >= %s AND until < %s)",
            [month, months_after(month, 1)],
        )
        return bool(cursor.fetchone()[0])


def _partitions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(LIES)
        return [row[0] for row in cursor.fetchall()]


def _month_of(name: str) -> date:
    year, month = name.removeprefix("processes_journal_until_").split("_")
    return date(int(year), int(month), 1)


def _drop(name: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PATIENCE)
            cursor.execute(f"ALTER TABLE processes_journal DETACH PARTITION {name}")
            cursor.execute(f"DROP TABLE {name}")
    except OperationalError:
        return False
    return True
