"""The calendar on the screen: day and week, card, form, whose calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from potok.calendar.access import MANAGE, SEE
from potok.calendar.public import Event
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.tasks import public as tasks
from tests.calendar.conftest import Add, browser
from tests.company import Company

HERE = ZoneInfo("Europe/Moscow")


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment, HERE).date()


@pytest.mark.parametrize("view", ["day", "week"])
def test_an_event_stands_on_its_day(firm_of: Company, add: Add, tomorrow: datetime, view: str) -> None:
    add(title="Visit <b>")
    add(title="Conference", whole_day=True)
    bob = browser(firm_of.bob)
    shown = page(bob, f"/calendar/?view={view}&day={day_of(tomorrow)}")
    assert "Visit &lt;b&gt;" in shown
    assert "Conference" in shown
    assert "Visit" not in page(bob, f"/calendar/?view={view}&day={day_of(tomorrow + timedelta(days=14))}")


@pytest.mark.parametrize("day", ["", "yesterday", "0001-01-01", "9999-12-31", "2026-13-40"])
def test_an_address_that_makes_no_sense_shows_today(firm_of: Company, day: str) -> None:
    assert browser(firm_of.bob).get(f"/calendar/?view=decade&day={day}").status_code == 200


def test_a_strangers_calendar_stays_closed(firm_of: Company, add: Add) -> None:
    event, bob = add(), firm_of.bob.pk
    carol = browser(firm_of.carol)
    assert carol.get(f"/calendar/?person={bob}").status_code == 403
    assert carol.get(f"/calendar/{event.pk}/").status_code == 404
    assert carol.get(f"/calendar/{event.pk}/edit").status_code == 404
    assert carol.post(f"/calendar/{event.pk}/removal").status_code == 404
    assert carol.post("/calendar/new", {"title": "X", "day": "2026-11-24", "person": bob}).status_code == 403


def test_who_only_sees_a_calendar_changes_nothing_in_it(firm_of: Company, add: Add, tomorrow: datetime) -> None:
    firm_of.grant(SEE, extent=Extent.ALL, to=firm_of.carol)
    event, carol = add(title="Visit"), browser(firm_of.carol)
    shown = page(carol, f"/calendar/?person={firm_of.bob.pk}&day={day_of(tomorrow)}")
    assert "Visit" in shown
    assert "/calendar/new?day" not in shown
    assert "/edit" not in page(carol, f"/calendar/{event.pk}/")
    assert carol.get(f"/calendar/{event.pk}/edit").status_code == 403


def test_the_calendars_of_those_below_are_offered(firm_of: Company) -> None:
    firm_of.grant(MANAGE, extent=Extent.SUBTREE, to=firm_of.alice)
    shown = page(browser(firm_of.alice), "/calendar/")
    assert f'<option value="{firm_of.bob.pk}"' in shown
    assert f'<option value="{firm_of.carol.pk}"' not in shown
    assert 'name="person"' not in page(browser(firm_of.bob), "/calendar/")


def test_an_event_is_written_down_moved_and_removed(firm_of: Company) -> None:
    bob = browser(firm_of.bob)
    typed = {
        "title": "Visit", "day": "2026-11-24", "hour": "10:30", "until": "12:00", "zone": "Europe/Moscow",
        "kind": "VISIT", "place": "Hall", "remind": "60", "text": "Take the pass",
    }  # fmt: skip
    assert "HX-Redirect" in bob.post("/calendar/new", typed).headers
    event = Event.objects.get()
    assert (event.begins_at, event.ends_at) == (
        datetime(2026, 11, 24, 10, 30, tzinfo=HERE), datetime(2026, 11, 24, 12, tzinfo=HERE),
    )  # fmt: skip
    assert (event.person_id, event.kind, event.remind_minutes) == (firm_of.bob.pk, "VISIT", 60)
    assert "Hall" in page(bob, f"/calendar/{event.pk}/")
    assert 'value="10:30"' in page(bob, f"/calendar/{event.pk}/edit")
    bob.post(f"/calendar/{event.pk}/edit", {**typed, "whole_day": "1", "until_day": "2026-11-25"})
    event = Event.objects.get()
    assert (event.begins_on, event.ends_on) == (date(2026, 11, 24), date(2026, 11, 25))
    assert event.whole_day
    assert 'value="2026-11-25"' in page(bob, f"/calendar/{event.pk}/edit")
    bob.post(f"/calendar/{event.pk}/removal")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("typed", "place", "code"),
    [
        ({"title": ""}, "title", "calendar.event.untitled"),
        ({"day": ""}, "day", "calendar.event.no_beginning"),
        ({"day": "tomorrow"}, "day", "calendar.event.wrong_time"),
        ({"hour": "25:00"}, "hour", "calendar.event.wrong_time"),
        ({"until": "09:00"}, "until", "calendar.event.ends_before"),
        ({"until_day": "2026-11-23"}, "until_day", "calendar.event.ends_before"),
        ({"zone": "Mars"}, "zone", "calendar.event.unknown_zone"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(
    firm_of: Company, typed: dict[str, str], place: str, code: str
) -> None:
    good = {"title": "Visit", "day": "2026-11-24", "hour": "10:30"}
    answer = browser(firm_of.bob).post("/calendar/new", {**good, **typed})
    assert answer.status_code == 422
    assert f'"{place}"' in answer.headers["HX-Trigger"]
    assert code in answer.headers["HX-Trigger"]
    assert not Event.objects.exists()


def test_a_whole_day_is_the_same_day_wherever_it_is_read(firm_of: Company, add: Add) -> None:
    begins = datetime(2026, 11, 24, tzinfo=ZoneInfo("Asia/Vladivostok"))
    event = add(title="Fair", begins_at=begins, whole_day=True, zone="Asia/Vladivostok")
    assert (event.begins_on, event.ends_on) == (date(2026, 11, 24), date(2026, 11, 24))
    shown = page(browser(firm_of.bob), "/calendar/?view=day&day=2026-11-24")
    assert "Fair" in shown
    assert "Fair" not in page(browser(firm_of.bob), "/calendar/?view=day&day=2026-11-23")


def test_deadlines_stand_in_ones_own_calendar_only(firm_of: Company, tomorrow: datetime) -> None:
    with opened(firm_of.bob.pk, door="screen") as call:
        tasks.add(call, title="Report", responsible=firm_of.bob.pk, deadline=tomorrow)
    firm_of.grant(SEE, extent=Extent.ALL, to=firm_of.carol)
    assert "Report" in page(browser(firm_of.bob), f"/calendar/?day={day_of(tomorrow)}")
    assert "Report" not in page(browser(firm_of.carol), f"/calendar/?person={firm_of.bob.pk}&day={day_of(tomorrow)}")
