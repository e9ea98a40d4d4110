"""Events of calendars: who writes them, what becomes of them, who is told."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from potok.calendar import public as calendar
from potok.calendar import reminding
from potok.calendar.access import MANAGE, SEE
from potok.calendar.public import Event
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.calls import Call, Cause
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Refused
from potok.notify.public import notices_for
from potok.people.public import Extent, Person, persons
from tests.calendar.conftest import Add
from tests.company import Company


def told(person: Person) -> list[str]:
    return [one.text for one in notices_for(person.pk)]


def test_one_writes_into_ones_own_calendar_and_hears_nothing_of_it(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob, title="  Planning \n meeting ", kind="Meeting", place=" Room 2 ")
    assert (event.title, event.kind, event.place) == ("Planning meeting", "MEETING", "Room 2")
    assert event.ends_at - event.begins_at == timedelta(hours=1)
    assert told(firm_of.bob) == []


def test_a_stranger_is_refused(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob)
    for stranger in (firm_of.carol, firm_of.eve, firm_of.alice):
        with pytest.raises(Forbidden, match=r"calendar\.event\.not_yours"):
            add(stranger)
        with opened(stranger.pk, door="screen") as call, pytest.raises(Forbidden):
            calendar.change(call, event=event, fields={"title": "Mine"})
        with opened(stranger.pk, door="screen") as call, pytest.raises(Forbidden):
            calendar.remove(call, event=event)
        with pytest.raises(Missing, match=r"calendar\.event\.missing"):
            calendar.found(stranger.pk, id=event.pk)


def test_a_head_sees_and_keeps_the_calendars_of_those_below(firm_of: Company, add: Add) -> None:
    firm_of.grant(SEE, extent=Extent.SUBTREE)
    firm_of.grant(MANAGE, extent=Extent.SUBTREE, to=firm_of.alice)
    event = add(firm_of.alice, title="Visit")
    assert calendar.found(firm_of.alice.pk, id=event.pk) == event
    assert any("Visit" in one for one in told(firm_of.bob))
    with opened(firm_of.alice.pk, door="screen") as call:
        calendar.change(call, event=event, fields={"begins_at": event.begins_at + timedelta(hours=2)})
    assert len(told(firm_of.bob)) == 2
    with pytest.raises(Forbidden):
        add(firm_of.alice, person=firm_of.carol.pk)
    with opened(firm_of.alice.pk, door="screen") as call, pytest.raises(Forbidden):
        calendar.change(call, event=event, fields={"person": firm_of.carol.pk})
    assert [one.pk for one in calendar.others(firm_of.alice.pk)].count(firm_of.carol.pk) == 0


def test_who_writes_into_a_calendar_sees_it(firm_of: Company, add: Add) -> None:
    firm_of.grant(MANAGE, extent=Extent.ALL, to=firm_of.carol)
    event = add(firm_of.carol)
    assert calendar.found(firm_of.carol.pk, id=event.pk) == event


def test_whoever_moves_the_beginning_moves_the_event(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob, ends_at=None, remind_minutes=30)
    with opened(firm_of.bob.pk, door="screen") as call:
        moved = calendar.change(call, event=event, fields={"begins_at": event.begins_at + timedelta(days=1)})
    kept = Event.objects.get(pk=event.pk)
    assert kept.ends_at - kept.begins_at == timedelta(hours=1)
    assert moved.reminds_at == kept.reminds_at == kept.begins_at - timedelta(minutes=30)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ends_at": "before"}, "calendar.event.ends_before"),
        ({"kind": "Parade"}, "calendar.event.unknown_kind"),
        ({"zone": "Mars/Olympus"}, "calendar.event.unknown_zone"),
        ({"zone": "../../etc/passwd"}, "calendar.event.unknown_zone"),
        ({"remind_minutes": -5}, "calendar.event.wrong_reminder"),
        ({"person": 0}, "calendar.event.nobody"),
        ({"colour": "red"}, "calendar.event.unknown_field"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(add: Add, fields: dict[str, Any], code: str) -> None:
    event = add()
    given = {name: event.begins_at - timedelta(hours=1) if one == "before" else one for name, one in fields.items()}
    with opened(None, door="screen") as call, pytest.raises(Refused, match=re.escape(code)):
        calendar.change(call, event=event, fields=given)
    kept = Event.objects.get(pk=event.pk)
    assert (kept.title, kept.ends_at, kept.zone) == (event.title, event.ends_at, event.zone)


def test_nobody_who_has_left_gets_an_event(firm_of: Company, add: Add) -> None:
    with opened(None, door="screen") as call:
        persons.dismiss(call, person=firm_of.fay)
    with pytest.raises(Refused, match=r"calendar\.event\.nobody"):
        add(person=firm_of.fay.pk)


def test_a_process_writes_into_the_calendars_that_its_author_named(firm_of: Company, tomorrow: datetime) -> None:
    with opened(None, door="screen"):
        call = Call(firm_of.carol.pk, clock.now(), cause=Cause("instance", instance=7, title="Sales"))
        event = calendar.add(call, person=firm_of.bob.pk, title="Meeting", begins_at=tomorrow)
    assert event.instance == 7
    assert len(told(firm_of.bob)) == 1


def test_events_are_found_by_what_they_are_about(firm_of: Company, add: Add) -> None:
    deal, other = RecordRef("crm.deal", 7), RecordRef("crm.deal", 77)
    event = add(records=[deal])
    assert list(calendar.about(deal, by=firm_of.bob.pk)) == [event]
    assert list(calendar.about(other, by=None)) == []
    assert list(calendar.about(deal, by=firm_of.carol.pk)) == []


def test_a_removed_event_is_gone_and_is_removed_once(firm_of: Company, add: Add) -> None:
    event = add()
    with opened(firm_of.bob.pk, door="screen") as call:
        calendar.remove(call, event=event)
    event.pk = event.pk or 1
    with opened(firm_of.bob.pk, door="screen") as call, pytest.raises(Missing):
        calendar.remove(call, event=event)


def test_a_reminder_comes_at_its_moment_and_once(firm_of: Company, add: Add) -> None:
    add(firm_of.bob, title="Visit", place="Hall", remind_minutes=60)
    begins_in = Event.objects.get().begins_at - clock.now()
    assert reminding.serve() == 0
    with clock.wound(begins_in - timedelta(minutes=59)):
        assert [reminding.serve(), reminding.serve()] == [1, 0]
    (said,) = told(firm_of.bob)
    assert "Visit" in said
    assert said.endswith("Hall")


def test_a_moved_event_reminds_anew_and_a_late_reminder_of_nothing(firm_of: Company, add: Add) -> None:
    event = add(firm_of.bob, remind_minutes=60)
    with clock.wound(event.begins_at - clock.now() - timedelta(minutes=30)):
        reminding.serve()
        with opened(firm_of.bob.pk, door="screen") as call:
            calendar.change(call, event=event, fields={"begins_at": event.begins_at + timedelta(hours=3)})
        assert reminding.serve() == 0
    assert Event.objects.get().reminds_at == event.begins_at - timedelta(minutes=60)
    with clock.wound(timedelta(days=3)):
        # The worker stood still for days: what is over is not told as if it were ahead.
        assert reminding.serve() == 1
    assert len(told(firm_of.bob)) == 1


def test_a_reminder_that_fails_is_put_off_and_delays_no_other(
    firm_of: Company, add: Add, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    event = add(firm_of.bob, remind_minutes=60)

    def fails(event: Event, to: Person) -> dict[str, Any]:
        raise ValueError(event, to)

    with clock.wound(event.begins_at - clock.now() - timedelta(minutes=30)):
        with monkeypatch.context() as patched:
            patched.setattr(reminding, "_notice", fails)
            assert reminding.serve() == 1
        assert "could not be sent" in caplog.text
        assert reminding.serve() == 0
        with clock.wound(timedelta(minutes=11)):
            assert reminding.serve() == 1
    assert len(told(firm_of.bob)) == 1
