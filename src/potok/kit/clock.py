"""What time it is: the database's clock, one for all processes, plus the offset that a demo or test may set."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from potok.kit import sets

WIND = """INSERT INTO kit_clock (id, ahead) VALUES (1, make_interval(secs => %s))
          ON CONFLICT (id) DO UPDATE SET ahead = kit_clock.ahead + excluded.ahead"""


def now() -> datetime:
    """Read the clock of this installation: `potok_now()`, always in UTC."""
    found = sets.execute("SELECT potok_now()").fetchone()
    assert found is not None
    moment: datetime = found[0]
    return moment


def wind(by: timedelta) -> None:
    """Move the clock of a demo or test database forward; timers that fall due then fire."""
    with connection.cursor() as cursor:
        cursor.execute(WIND, [by.total_seconds()])


@contextmanager
def wound(by: timedelta) -> Iterator[None]:
    """Move the clock forward inside the block and back after it."""
    wind(by)
    try:
        yield
    finally:
        wind(-by)
