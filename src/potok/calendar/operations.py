"""What may be done to events of calendars."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from potok.calendar import access, kinds, rules
from potok.calendar.events import EventAdded, EventChanged, EventRemoved
from potok.calendar.models import Event, spelled
from potok.engine.values import RecordRef
from potok.kit import events
from potok.kit.calls import Call
from potok.kit.operations import operation


@operation("calendar.event.add", needs="")
def add(
    call: Call,
    *,
    person: int,
    title: str,
    begins_at: datetime,
    ends_at: datetime | None = None,
    whole_day: bool = False,
    zone: str = "",
    kind: str = "",
    place: str = "",
    text: str = "",
    records: Sequence[RecordRef] = (),
    remind_minutes: int | None = None,
) -> Event:
    """Write something into a person's calendar.

    Without an end it lasts an hour, or the day. `kind` is the code or the title of an entry of the dictionary of types;
    `remind_minutes` says how long before the beginning the person is reminded.
    """
    access.check_manage(call, person=person)
    access.check_person(person)
    span = rules.span(begins_at, ends_at, whole_day=whole_day)
    event = Event.objects.create(
        person_id=person,
        title=rules.tidy_title(title),
        text=rules.tidy_text(text),
        place=rules.tidy_place(place),
        kind=_tidy_kind(kind),
        begins_at=span.begins_at,
        ends_at=span.ends_at,
        whole_day=whole_day,
        zone=rules.zone_named(zone or str(settings.COMPANY_ZONE)).key,
        records=[spelled(one) for one in records],
        remind_minutes=rules.tidy_reminder(remind_minutes),
        reminds_at=rules.reminds_at(span.begins_at, remind_minutes, now=call.at),
        instance=call.cause.instance,
        created_by_id=call.author,
        created_at=call.at,
        changed_at=call.at,
    )
    events.announce(
        EventAdded(
            call=call,
            event=event.pk,
            person=person,
            title=event.title,
            begins_at=event.begins_at,
            ends_at=event.ends_at,
            records=tuple(event.records),
        )
    )
    _touch(event)
    return event


TIMES = ("begins_at", "ends_at", "whole_day")
CHANGEABLE = ("person", "title", "text", "place", "kind", *TIMES, "zone", "records", "remind_minutes")


@operation("calendar.event.change", needs="")
def change(call: Call, *, event: Event, fields: dict[str, Any]) -> Event:
    """Change fields of an event, those in `CHANGEABLE`. A field that keeps its value is no change."""
    access.check_manage(call, person=event.person_id)
    now = _tidied(event, fields)
    was = {name: getattr(event, _column(name)) for name in now}
    now = {name: value for name, value in now.items() if value != was[name]}
    if not now:
        return event
    if "person" in now:
        access.check_manage(call, person=now["person"])
        access.check_person(now["person"])
    columns = {_column(name): value for name, value in now.items()}
    if {"begins_at", "remind_minutes"} & now.keys():
        minutes = now.get("remind_minutes", event.remind_minutes)
        columns["reminds_at"] = rules.reminds_at(now.get("begins_at", event.begins_at), minutes, now=call.at)
    if not Event.objects.filter(pk=event.pk).update(**columns, changed_at=call.at):
        raise rules.UNKNOWN_EVENT(id=event.pk)
    _touch(event)
    for column, value in columns.items():
        setattr(event, column, value)
    _touch(event)
    kept = {name: was[name] for name in now}
    events.announce(EventChanged(call=call, event=event.pk, person=event.person_id, was=kept, now=now))
    return event


@operation("calendar.event.remove", needs="")
def remove(call: Call, *, event: Event) -> None:
    """Take an event out of the calendar for good."""
    access.check_manage(call, person=event.person_id)
    removed, _each = Event.objects.filter(pk=event.pk).delete()
    if not removed:
        raise rules.UNKNOWN_EVENT(id=event.pk)
    events.announce(EventRemoved(call=call, event=event.pk, person=event.person_id))
    _touch(event)


def _tidied(event: Event, fields: Mapping[str, Any]) -> dict[str, Any]:
    for name in fields:
        if name not in CHANGEABLE:
            raise rules.UNKNOWN_FIELD(place=name, field=name)
    now = {name: TIDY[name](value) if name in TIDY else value for name, value in fields.items()}
    if set(TIMES) & now.keys():
        begins_at = now.get("begins_at", event.begins_at)
        # Who moves only the beginning moves the whole event.
        ends_at = now["ends_at"] if "ends_at" in now else begins_at + (event.ends_at - event.begins_at)
        span = rules.span(begins_at, ends_at, whole_day=now.get("whole_day", event.whole_day))
        now |= {"begins_at": span.begins_at, "ends_at": span.ends_at}
    return now


def _tidy_kind(kind: str) -> str:
    return rules.kind_named(kind, kinds.kinds()) if kind else ""


TIDY: Mapping[str, Callable[[Any], Any]] = {
    "title": rules.tidy_title,
    "text": rules.tidy_text,
    "place": rules.tidy_place,
    "kind": _tidy_kind,
    "zone": lambda zone: rules.zone_named(zone).key,
    "records": lambda records: [spelled(one) for one in records],
    "remind_minutes": rules.tidy_reminder,
}


def _column(name: str) -> str:
    return "person_id" if name == "person" else name


def _touch(event: Event) -> None:
    """Tell the screens that show this calendar, and the cards of the records that the event is about."""
    events.touch("calendar", event.person_id)
    for ref in event.refs():
        events.touch(ref.type, ref.id)
