"""Clients that others wrote talk to the running server: the `caldav` library, and its tester of servers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from caldav.lib.error import AuthorizationError
from caldav_server_tester import ServerQuirkChecker
from pytest_django.live_server_helper import LiveServer

import caldav
from potok.caldav import devices
from potok.calendar.models import Event
from potok.kit.doors import opened
from potok.kit.models import Clock
from potok.tasks import public as tasks
from potok.tasks.models import Task
from tests import company as firm
from tests.company import Company

TEN = datetime(2030, 1, 2, 10, tzinfo=UTC)


@pytest.fixture
def company(transactional_db: None) -> Company:
    # The flush between two tests of this kind empties the tables that migrations filled, too.
    Clock.objects.get_or_create(pk=1, defaults={"ahead": timedelta()})
    return firm.found()


@pytest.fixture
def client(company: Company, live_server: LiveServer) -> Iterator[caldav.DAVClient]:
    with opened(company.bob.pk, door="screen") as call:
        password = devices.add(call, title="Program").password
    with caldav.DAVClient(f"{live_server.url}/dav/", username=company.bob.email, password=password) as made:
        yield made


def named(client: caldav.DAVClient, code: str) -> Any:
    return next(one for one in client.principal().calendars() if str(one.url).rstrip("/").endswith(code))


def test_a_program_finds_the_calendars_and_writes_into_them(client: caldav.DAVClient, company: Company) -> None:
    own = named(client, "/own")
    made = own.save_event(dtstart=TEN, dtend=TEN + timedelta(hours=1), summary="Visit", rrule={"FREQ": "DAILY"})
    kept = Event.objects.get()
    assert (kept.title, kept.repeats, kept.person_id) == ("Visit", "daily", company.bob.pk)
    found = own.search(event=True, start=TEN + timedelta(days=3), end=TEN + timedelta(days=4), expand=True)
    assert [one.component.start for one in found] == [TEN + timedelta(days=3)]
    made.load()
    with made.edit_icalendar_instance() as said:
        said.subcomponents[-1]["summary"] = "Later"
    made.save()
    assert Event.objects.get().title == "Later"
    assert own.event_by_uid(made.id).component["summary"] == "Later"
    made.delete()
    assert not Event.objects.exists()


def test_a_program_is_told_what_is_new_and_what_is_gone(client: caldav.DAVClient) -> None:
    own = named(client, "/own")
    first = own.save_event(dtstart=TEN, dtend=TEN + timedelta(hours=1), summary="Visit")
    seen = own.objects_by_sync_token(load_objects=True)
    assert len(list(seen)) == 1
    first.delete()
    own.save_event(dtstart=TEN, dtend=TEN + timedelta(hours=1), summary="Other")
    new, gone = seen.sync()
    assert ([one.component["summary"] for one in new], len(list(gone))) == (["Other"], 1)


def test_a_program_ticks_a_task(client: caldav.DAVClient, company: Company) -> None:
    with opened(company.alice.pk, door="screen") as call:
        tasks.add(call, title="Call", responsible=company.bob.pk, deadline=TEN)
    todo = named(client, "/tasks").todos()[0]
    todo.complete()
    assert Task.objects.get().status == "done"
    assert named(client, "/tasks").todos() == []


# What the tester knows and does not find here, with the reason.
NOT_SERVED = {
    "calendar-color": "the colour is chosen on the site",
    "calendar-order": "the order is that of the site",
    "create-calendar": "collections are made on the site",
    "freebusy-query": "who is busy is told on the site",
    "principal-search": "nothing is said of others",
    "save-load.event.recurrences.exception.cancelled": "one that is called off is left out",
    "save-load.event.timezone": "the tester asks for a library that is not installed",
    "save-load.icalendar.related-to": "events are parts of nothing",
    "save-load.journal": "there are no journals",
    "save-load.todo.mixed-calendar": "tasks have a collection of their own",
    "save-load.todo.recurrences": "tasks are repeated by templates",
    "scheduling": "guests are told by the product, never by a device",
    "search.is-not-defined": "what is kept of an event has its place; a class has none",
    "search.recurrences.expanded": "programs count a series themselves",
    "search.text.category": "categories are the types of events that are known here",
    "search.time-range.alarm": "reminders are those of the site",
    "sync-token.limit": "all that is new is told at once",
}


def test_the_tester_of_servers_finds_what_is_promised(
    client: caldav.DAVClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Collections are made on the site; tasks have one of their own already.
    def made(principal: caldav.Principal, **asked: Any) -> Any:
        if asked.get("supported_calendar_component_set") == ["VTODO"]:
            return named(client, "/tasks")
        raise AuthorizationError

    monkeypatch.setattr(caldav.Principal, "make_calendar", made)
    checker = ServerQuirkChecker(client)
    checker.expected_features.set_feature("test-calendar.compatibility-tests", {"name": "My calendar"})
    checker.check_all()
    found = checker.features_checked.dotted_feature_set_list(compact=False)
    wanting = {name for name, said in found.items() if said.get("support", "full") not in ("full", "unknown")}
    unforeseen = {name for name in wanting if not any(name.startswith(known) for known in NOT_SERVED)}
    assert not unforeseen, {name: found[name] for name in unforeseen}
    full = found.keys() - wanting
    for kept in ("save-load.event", "save-load.todo", "search.text", "search.time-range.event"):
        assert any(name.startswith(kept) for name in full), kept
