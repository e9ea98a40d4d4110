"""One of the events that come again goes otherwise, or one and all that follow; rules of other calendars."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.calendar import inviting, operations, repeating, series
from potok.calendar.models import Event
from potok.calendar.web import entries
from potok.kit.doors import opened
from potok.kit.errors import Refused
from tests.calendar.conftest import Add, browser
from tests.company import Company

BERLIN = ZoneInfo("Europe/Berlin")
# Nine o'clock in Berlin, two days before summer time.
NINE = datetime(2026, 3, 27, 9, tzinfo=BERLIN)


@pytest.fixture
def daily(add: Add) -> Event:
    return add(title="Stand-up", begins_at=NINE, repeats="daily", zone="Europe/Berlin")


def standing(company: Company, days: int = 10) -> list[tuple[str, str]]:
    found = entries.between(company.bob.pk, NINE, NINE + timedelta(days=days), by=company.bob.pk)
    return [(f"{one.begins_at.astimezone(BERLIN):%d %H:%M}", one.title) for one in found]


def test_one_of_a_series_goes_otherwise(firm_of: Company, daily: Event) -> None:
    ten = datetime(2026, 3, 30, 10, 30, tzinfo=BERLIN)
    with opened(firm_of.bob.pk, door="screen") as call:
        apart = series.change_one(call, event=daily, day=date(2026, 3, 30), fields={"begins_at": ten, "title": "Late"})
    assert apart.ends_at - apart.begins_at == timedelta(hours=1)
    shown = standing(firm_of, 5)
    assert shown == [("27 09:00", "Stand-up"), ("28 09:00", "Stand-up"), ("29 09:00", "Stand-up"),
                     ("30 10:30", "Late"), ("31 09:00", "Stand-up")]  # fmt: skip
    with opened(firm_of.bob.pk, door="screen") as call:
        again = series.change_one(call, event=daily, day=date(2026, 3, 30), fields={"title": "Later"})
    assert again.pk == apart.pk


def test_this_one_and_those_that_follow_are_a_series_of_their_own(firm_of: Company, daily: Event) -> None:
    ten = datetime(2026, 3, 30, 10, tzinfo=BERLIN)
    with opened(firm_of.bob.pk, door="screen") as call:
        operations.skip(call, event=daily, day=date(2026, 4, 1))
        series.change_following(call, event=daily, day=date(2026, 3, 30), fields={"begins_at": ten, "title": "New"})
    assert standing(firm_of, 7) == [("27 09:00", "Stand-up"), ("28 09:00", "Stand-up"), ("29 09:00", "Stand-up"),
                                    ("30 10:00", "New"), ("31 10:00", "New"), ("02 10:00", "New")]  # fmt: skip


def test_who_is_invited_to_a_series_is_invited_to_what_comes_of_it(firm_of: Company, daily: Event) -> None:
    with opened(firm_of.bob.pk, door="screen") as call:
        inviting.invite(call, event=daily, persons=[firm_of.alice.pk])
    with opened(firm_of.alice.pk, door="screen") as call:
        inviting.answer(call, event=daily, accepts=True)
    with opened(firm_of.bob.pk, door="screen") as call:
        apart = series.change_one(call, event=daily, day=date(2026, 3, 28), fields={"title": "Other"})
    assert [(one.person_id, one.answer) for one in apart.guests.all()] == [(firm_of.alice.pk, "accepted")]


@pytest.mark.parametrize("act", [series.change_one, series.change_following])
def test_a_stranger_changes_no_part_of_a_series(firm_of: Company, daily: Event, act: Any) -> None:
    with opened(firm_of.carol.pk, door="screen") as call, pytest.raises(Refused) as refused:
        act(call, event=daily, day=date(2026, 3, 28), fields={"title": "X"})
    assert refused.value.code == "calendar.event.not_yours"
    with opened(firm_of.carol.pk, door="screen") as call, pytest.raises(Refused):
        series.set_exceptions(call, event=daily, skipped=[date(2026, 3, 28)])


def test_all_exceptions_are_said_at_once(firm_of: Company, daily: Event) -> None:
    with opened(firm_of.bob.pk, door="screen") as call:
        series.change_one(call, event=daily, day=date(2026, 3, 28), fields={"title": "Gone again"})
        apart = {date(2026, 3, 29): {"title": "Other"}, date(2026, 1, 1): {"title": "Never"}}
        for _twice in range(2):
            series.set_exceptions(call, event=daily, skipped=[date(2026, 3, 30)], apart=apart)
    assert standing(firm_of, 5) == [("27 09:00", "Stand-up"), ("28 09:00", "Stand-up"), ("29 09:00", "Other"),
                                    ("31 09:00", "Stand-up")]  # fmt: skip


def test_a_day_without_the_event_is_refused(firm_of: Company, daily: Event) -> None:
    with opened(firm_of.bob.pk, door="screen") as call, pytest.raises(Refused) as refused:
        series.change_one(call, event=daily, day=date(2026, 3, 1), fields={"title": "X"})
    assert refused.value.code == "calendar.event.no_such_time"


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ("one", ["Stand-up", "Moved", "Stand-up", "Stand-up"]),
        ("following", ["Stand-up", "Moved", "Moved", "Moved"]),
        ("all", ["Moved", "Moved", "Moved", "Moved"]),
    ],
)
def test_the_form_asks_which_of_them(firm_of: Company, daily: Event, which: str, expected: list[str]) -> None:
    bob, url = browser(firm_of.bob), f"/calendar/{daily.pk}/edit?on=2026-03-28"
    assert 'name="which"' in bob.get(url).content.decode()
    typed = {
        "title": "Moved", "day": "2026-03-28", "hour": "11:00", "until": "12:00", "zone": "Europe/Berlin",
        "repeats": "daily", "which": which,
    }  # fmt: skip
    assert bob.post(url, typed).status_code < 400
    shown = standing(firm_of, 4)
    assert [title for _when, title in shown] == expected
    assert next(when for when, title in shown if title == "Moved").endswith("11:00")
    assert shown[0][0][:2] == "27"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", "weekly"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=MO", "fortnightly"),
        ("FREQ=DAILY;INTERVAL=1;UNTIL=20270101T000000Z", "daily"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "workdays"),
        ("FREQ=MONTHLY;BYMONTHDAY=27", "monthly"),
        ("freq=yearly;bymonth=3;bymonthday=27", "yearly"),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_a_rule_of_another_calendar_is_one_of_ours_if_it_means_the_same(text: str, meant: str) -> None:
    assert repeating.read(text, begins_at=NINE, zone="Europe/Berlin") == meant


@pytest.mark.parametrize(
    "text",
    ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=5", "FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2",
     "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
     "FREQ=DAILY;BYHOUR=3", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=99999", "nonsense", ""],
)  # fmt: skip
def test_a_rule_that_is_finer_than_days_or_never_comes_true_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        repeating.read(text, begins_at=NINE, zone="Europe/Berlin")


RULES = st.sampled_from(
    [*sorted(repeating.RULES), "FREQ=DAILY;COUNT=7", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SA", "FREQ=MONTHLY;BYDAY=2TU"]
)


@given(RULES, st.integers(0, 700), st.integers(1, 60), st.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]))
def test_however_the_time_is_cut_the_same_events_come(repeats: str, since: int, days: int, zone: str) -> None:
    first = NINE + timedelta(days=since)

    def between(start: datetime, end: datetime) -> list[datetime]:
        return repeating.beginnings(NINE, repeats, zone=zone, first=start, last=end)

    middle = first + timedelta(days=days // 2, hours=9)
    whole = between(first, first + timedelta(days=days))
    assert whole == between(first, middle) + between(middle, first + timedelta(days=days))
    here = ZoneInfo(zone)
    assert {one.astimezone(here).time() for one in whole} <= {NINE.astimezone(here).time()}


def test_one_without_an_end_is_counted_as_far_as_it_is_looked_at() -> None:
    far = datetime(2290, 1, 1, tzinfo=UTC)
    last = far + timedelta(days=3)
    found = repeating.beginnings(NINE, "daily", zone="Europe/Berlin", first=far, last=last)
    assert len(found) == 3
