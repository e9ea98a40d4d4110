"""Adding to dates and moments, over months of every length and clocks that jump."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from potok.engine import time
from potok.engine.values import Duration

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600


@pytest.mark.parametrize(
    ("start", "lasts", "end"),
    [
        (date(2026, 1, 31), Duration(months=1), date(2026, 2, 28)),
        (date(2024, 1, 31), Duration(months=1), date(2024, 2, 29)),
        (date(2024, 2, 29), Duration(months=12), date(2025, 2, 28)),
        (date(2026, 3, 31), Duration(months=-1), date(2026, 2, 28)),
        (date(2026, 1, 31), Duration(months=1, days=1), date(2026, 3, 1)),
        (date(2026, 1, 1), Duration(days=-1), date(2025, 12, 31)),
    ],
)
def test_a_month_too_short_gives_its_last_day(start: date, lasts: Duration, end: date) -> None:
    assert time.add(start, lasts, zone=UTC) == end


def berlin(text: str) -> datetime:
    return time.utc(datetime.fromisoformat(text), zone=BERLIN)


@pytest.mark.parametrize(
    ("start", "lasts", "end"),
    [
        # On 29 March 2026 the clock goes from 2:00 to 3:00, on 25 October from 3:00 back to 2:00.
        ("2026-03-28 02:30", Duration(days=1), "2026-03-29 03:30"),
        ("2026-03-28 12:00", Duration(days=1), "2026-03-29 12:00"),
        ("2026-03-28 12:00", Duration(seconds=24 * HOUR), "2026-03-29 13:00"),
        ("2026-10-24 12:00", Duration(seconds=24 * HOUR), "2026-10-25 11:00"),
        ("2026-10-24 02:30", Duration(days=1, seconds=HOUR), "2026-10-25 02:30"),
    ],
)
def test_days_go_by_the_calendar_and_hours_as_they_pass(start: str, lasts: Duration, end: str) -> None:
    shown = time.local(time.add(berlin(start), lasts, zone=BERLIN), zone=BERLIN)  # type: ignore[arg-type]
    assert shown == datetime.fromisoformat(end)


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert berlin("2026-10-25 02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_time_that_is_skipped_moves_forward() -> None:
    assert berlin("2026-03-29 02:30") == berlin("2026-03-29 03:30")


def test_a_date_with_hours_added_becomes_a_moment() -> None:
    end = time.add(date(2026, 3, 1), Duration(days=1, seconds=10 * HOUR), zone=BERLIN)
    assert end == datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "lasts"),
    [
        (date(9999, 12, 31), Duration(days=1)),
        (date(1, 1, 1), Duration(months=-1)),
        (date(2026, 1, 1), Duration(months=10**9)),
        (date(2026, 1, 1), Duration(days=10**12)),
        (date(2026, 1, 1), Duration(seconds=10**18)),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), Duration(seconds=2 * HOUR)),
        (datetime(9999, 12, 31, 9, tzinfo=UTC), Duration(days=1)),
    ],
)
def test_the_calendar_has_ends(start: date, lasts: Duration) -> None:
    far = ZoneInfo("Pacific/Kiritimati") if start.year == 9999 else ZoneInfo("America/New_York")
    with pytest.raises(OverflowError):
        time.add(start, lasts, zone=far)


def test_where_the_calendar_ends_the_clock_shows_utc() -> None:
    last = datetime(9999, 12, 31, 23, tzinfo=UTC)
    assert time.local(last, zone=ZoneInfo("Pacific/Kiritimati")) == last.replace(tzinfo=None)


moments = st.integers(-(10**9), 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(moments, st.integers(-500, 500))
def test_the_clock_shows_the_same_hour_on_another_day_unless_it_jumps(start: datetime, days: int) -> None:
    wanted = time.local(start, zone=BERLIN) + timedelta(days=days)
    assume(time.local(time.utc(wanted, zone=BERLIN), zone=BERLIN) == wanted)
    end = time.add(start, Duration(days=days), zone=BERLIN)
    assert isinstance(end, datetime)
    assert time.local(end, zone=BERLIN) == wanted
