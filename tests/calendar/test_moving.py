"""Events are moved by hand: to another hour or day, longer and shorter, one or all of a series, and back again."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from potok.calendar import series
from potok.calendar.access import SEE
from potok.calendar.models import Event
from potok.calendar.web import entries, moving
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import Extent
from tests.calendar.conftest import Add, browser
from tests.company import Company

HERE = ZoneInfo("Europe/Moscow")
TEN = datetime(2026, 11, 24, 10, tzinfo=HERE)


def move(client: Client, event: Event, on: str = "", **told: str) -> dict[str, Any]:
    answer = client.post(f"/calendar/{event.pk}/time{on}", told)
    assert answer.status_code == 204, answer.headers
    toast: dict[str, Any] = json.loads(answer.headers["HX-Trigger"])["toast"]
    return toast


def stands(event: Event) -> tuple[str, str]:
    event.refresh_from_db()
    return f"{event.begins_at.astimezone(HERE):%d %H:%M}", f"{event.ends_at.astimezone(HERE):%d %H:%M}"


def shown(company: Company) -> list[str]:
    first = datetime(2026, 11, 23, tzinfo=HERE)
    found = entries.between(company.bob.pk, first, first + timedelta(days=14), by=company.bob.pk)
    return [f"{one.begins_at.astimezone(HERE):%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ({"begins": "2026-11-25T11:15"}, ("25 11:15", "25 12:15")),
        ({"ends": "2026-11-24T12:30"}, ("24 10:00", "24 12:30")),
        ({"begins": "2026-11-26T09:00", "ends": "2026-11-26T09:15"}, ("26 09:00", "26 09:15")),
    ],
)
def test_an_event_stands_where_the_hand_put_it_and_goes_back(
    firm_of: Company, add: Add, told: dict[str, str], now: tuple[str, str]
) -> None:
    bob, event = browser(firm_of.bob), add(begins_at=TEN)
    toast = move(bob, event, **told)
    assert stands(event) == now
    assert move(bob, event, **told)["text"] == toast["text"], "telling it twice does nothing more"
    assert stands(event) == now
    bob.post(toast["undo"])
    assert stands(event) == ("24 10:00", "24 11:00")


def test_whole_days_move_by_days_on_their_own_clock(firm_of: Company, add: Add) -> None:
    # In Berlin the clock is put back on the 25th of October: the day has twenty-five hours.
    berlin = ZoneInfo("Europe/Berlin")
    event = add(
        begins_at=datetime(2026, 10, 20, tzinfo=berlin), ends_at=datetime(2026, 10, 22, tzinfo=berlin),
        whole_day=True, zone="Europe/Berlin",
    )  # fmt: skip
    toast = move(browser(firm_of.bob), event, begins="2026-10-25T00:00")
    event.refresh_from_db()
    assert (event.begins_on, event.ends_on) == (date(2026, 10, 25), date(2026, 10, 26))
    assert event.ends_at == datetime(2026, 10, 27, tzinfo=berlin)
    browser(firm_of.bob).post(toast["undo"])
    event.refresh_from_db()
    assert (event.begins_on, event.ends_on) == (date(2026, 10, 20), date(2026, 10, 21))


@pytest.mark.parametrize(
    ("which", "after"),
    [
        ("one", ["24 10:00", "25 12:00", "26 10:00", "27 10:00"]),
        ("following", ["24 10:00", "25 12:00", "26 12:00", "27 12:00"]),
        ("all", ["24 12:00", "25 12:00", "26 12:00", "27 12:00"]),
    ],
)
def test_of_a_series_those_move_that_were_chosen(firm_of: Company, add: Add, which: str, after: list[str]) -> None:
    event = add(begins_at=TEN, repeats="daily", repeats_until=date(2026, 11, 27))
    toast = move(browser(firm_of.bob), event, on="?on=2026-11-25", begins="2026-11-25T12:00", which=which)
    assert shown(firm_of) == after
    if toast["undo"]:
        browser(firm_of.bob).post(toast["undo"])
        assert shown(firm_of) == ["24 10:00", "25 10:00", "26 10:00", "27 10:00"]
    assert bool(toast["undo"]) == (which != "following")


@pytest.mark.parametrize("which", ["following", "all"])
def test_the_last_day_of_a_series_moves_with_it(firm_of: Company, add: Add, which: str) -> None:
    event = add(begins_at=TEN, repeats="weekly", repeats_until=date(2026, 12, 1))
    move(browser(firm_of.bob), event, on="?on=2026-11-24", begins="2026-11-26T10:00", which=which)
    assert shown(firm_of) == ["26 10:00", "03 10:00"]


def test_a_series_does_not_move_to_a_day_on_which_its_rule_does_not_let_it_come(firm_of: Company, add: Add) -> None:
    event, bob = add(begins_at=TEN, repeats="workdays"), browser(firm_of.bob)
    for which in ("following", "all"):
        answer = bob.post(f"/calendar/{event.pk}/time?on=2026-11-27", {"begins": "2026-11-28T10:00", "which": which})
        assert "calendar.event.not_by_its_rule" in answer.headers["HX-Trigger"]
    assert shown(firm_of)[:5] == [f"{day} 10:00" for day in range(24, 28)] + ["30 10:00"]


def test_what_would_lose_what_was_said_of_single_ones_has_no_way_back(firm_of: Company, add: Add) -> None:
    event, bob = add(begins_at=TEN, repeats="daily"), browser(firm_of.bob)
    move(bob, event, on="?on=2026-11-26", begins="2026-11-26T15:00", which="one")
    assert move(bob, event, on="?on=2026-11-24", begins="2026-11-24T09:00", which="all")["undo"]
    assert not move(bob, event, on="?on=2026-11-24", begins="2026-11-25T09:00", which="all")["undo"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, "calendar.event.no_beginning"),
        ({"begins": "soon"}, "calendar.event.wrong_time"),
        ({"begins": "9999-12-31T23:59"}, "calendar.event.wrong_time"),
        ({"ends": "2026-11-24T09:00"}, "calendar.event.ends_before"),
    ],
)
def test_a_time_that_is_none_moves_nothing(firm_of: Company, add: Add, told: dict[str, str], code: str) -> None:
    event = add(begins_at=TEN)
    answer = browser(firm_of.bob).post(f"/calendar/{event.pk}/time", told)
    assert code in answer.headers["HX-Trigger"]
    assert stands(event) == ("24 10:00", "24 11:00")


def test_a_stranger_moves_nothing(firm_of: Company, add: Add) -> None:
    event = add(begins_at=TEN, repeats="daily")
    asked = (f"/calendar/{event.pk}/time?on=2026-11-24", {"begins": "2026-11-25T10:00", "which": "all"})
    assert browser(firm_of.carol).post(*asked).status_code == 404
    firm_of.grant(SEE, extent=Extent.ALL, to=firm_of.carol)
    assert browser(firm_of.carol).post(*asked).status_code == 403
    page = browser(firm_of.carol).get(f"/calendar/?person={firm_of.bob.pk}&day=2026-11-24").content.decode()
    assert "Meeting" in page
    assert "data-moves" not in page
    with opened(firm_of.carol.pk, door="screen") as call, pytest.raises(Refused):
        series.change_all(call, event=event, day=date(2026, 11, 24), fields={"title": "Mine"})


def test_one_that_somebody_has_just_left_out_is_not_moved(firm_of: Company, add: Add) -> None:
    event = add(begins_at=TEN, repeats="weekly")
    answer = browser(firm_of.bob).post(f"/calendar/{event.pk}/time?on=2026-11-25", {"begins": "2026-11-26T10:00"})
    assert answer.status_code == 409


zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001 (on the wall)


@given(zones, moments, moments, st.integers(0, 3 * 24 * 60))
def test_what_is_only_moved_keeps_its_length_whatever_the_clocks_do(
    zone: str, was: datetime, now: datetime, minutes: int
) -> None:
    clock = ZoneInfo(zone)
    begins_at = was.replace(tzinfo=clock).astimezone(UTC)
    event = Event(begins_at=begins_at, ends_at=begins_at + timedelta(minutes=minutes), zone=zone)
    with timezone.override(clock):
        times = moving._times(event, {"begins": f"{now:%Y-%m-%dT%H:%M}"})
    assert times["ends_at"] - times["begins_at"] == timedelta(minutes=minutes)


@given(zones, moments, moments, st.integers(1, 40))
def test_whole_days_that_are_moved_stay_as_many(zone: str, was: datetime, now: datetime, days: int) -> None:
    clock = ZoneInfo(zone)
    first = datetime.combine(was.date(), datetime.min.time(), clock)
    last = datetime.combine(was.date() + timedelta(days=days), datetime.min.time(), clock)
    event = Event(begins_at=first, ends_at=last, zone=zone, whole_day=True)
    times = moving._times(event, {"begins": f"{now:%Y-%m-%d}"})
    moved = Event(zone=zone, whole_day=True, **times)
    assert (moved.begins_on, moved.ends_on - moved.begins_on) == (now.date(), timedelta(days=days - 1))
