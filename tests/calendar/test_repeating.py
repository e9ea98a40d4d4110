"""Events that come again: when they are, what they remind of, how one of them is left out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.calendar import operations, reminding, repeating
from potok.calendar.web import entries
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Notice
from tests.calendar.conftest import Add
from tests.company import Company

NINE = datetime(2026, 3, 27, 8, tzinfo=UTC)  # nine o'clock in Berlin, two days before summer time


def days(repeats: str, *, last: datetime, begins_at: datetime = NINE, **more: Any) -> list[str]:
    found = repeating.beginnings(
        begins_at,
        repeats,
        zone="Europe/Berlin",
        first=begins_at,
        last=last,
        **more,
    )
    return [f"{one:%m-%d %H}" for one in found]


@pytest.mark.parametrize(
    ("repeats", "expected"),
    [
        ("daily", ["03-27 08", "03-28 08", "03-29 07", "03-30 07", "03-31 07"]),
        ("workdays", ["03-27 08", "03-30 07", "03-31 07"]),
        ("weekly", ["03-27 08"]),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_in_summer(repeats: str, expected: list[str]) -> None:
    assert days(repeats, last=NINE + timedelta(days=4, hours=12)) == expected


def test_a_month_without_the_day_has_no_event() -> None:
    last = datetime(2026, 6, 30, tzinfo=UTC)
    assert days("monthly", begins_at=datetime(2026, 1, 31, 12, tzinfo=UTC), last=last) == [
        "01-31 12", "03-31 11", "05-31 11",
    ]  # fmt: skip


def test_it_ends_with_its_last_day_and_leaves_days_out() -> None:
    more: dict[str, Any] = {"until": date(2026, 3, 29), "skipped": [date(2026, 3, 28)]}
    assert days("daily", last=NINE + timedelta(days=9), **more) == ["03-27 08", "03-29 07"]


@given(
    st.sampled_from(sorted(repeating.RULES)),
    st.integers(0, 20_000),
    st.integers(0, 40),
)
def test_a_long_past_changes_nothing_and_there_is_always_an_end(repeats: str, far: int, wide: int) -> None:
    """However far the stretch lies, what is in it is the same as counted through from the beginning."""
    first = NINE + timedelta(days=far)
    last = first + timedelta(days=wide)
    asked: dict[str, Any] = {"zone": "UTC", "last": last}
    found = repeating.beginnings(NINE, repeats, first=first, **asked)
    assert len(found) <= repeating.SHOWN_MAX
    assert all(first <= one < last and one >= NINE and one.hour == NINE.hour for one in found)
    if far < 300:
        through = repeating.beginnings(NINE, repeats, first=NINE, **asked)
        assert found == [one for one in through if one >= first]


def test_an_event_stands_on_each_of_its_days_and_one_is_left_out(
    firm_of: Company, add: Add, tomorrow: datetime
) -> None:
    event, bob = add(repeats="daily"), firm_of.bob.pk

    def stands() -> int:
        return len(entries.between(bob, tomorrow, tomorrow + timedelta(days=7), by=bob))

    assert stands() == 7
    with pytest.raises(Refused) as refused, opened(firm_of.carol.pk, door="screen") as call:
        operations.skip(call, event=event, day=event.begins_on)
    assert refused.value.code == "calendar.event.not_yours"
    with opened(bob, door="screen") as call:
        operations.skip(call, event=event, day=event.begins_on + timedelta(days=2))
    assert stands() == 6


def test_each_time_is_reminded_of_once(firm_of: Company, add: Add, tomorrow: datetime) -> None:
    event = add(repeats="daily", remind_minutes=15)
    clock.wind(tomorrow - clock.now() - timedelta(minutes=10))
    for told in (1, 2):
        while reminding.serve():
            pass
        assert Notice.objects.filter(to=firm_of.bob, text__contains="Meeting").count() == told + 1  # one of its writing
        clock.wind(timedelta(days=1))
    event.refresh_from_db()
    assert event.reminds_at is not None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"repeats": "hourly"}, "calendar.event.unknown_repeat"),
        ({"repeats": "daily", "repeats_until": date(2020, 1, 1)}, "calendar.event.until_before"),
    ],
)
def test_what_makes_no_sense_is_refused(add: Add, given: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        add(**given)
    assert refused.value.code == code
