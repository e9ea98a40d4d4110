"""What may be done to events of calendars."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from potok.calendar import access, kinds, repeating, rules
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
    repeats: str = "",
    repeats_until: date | None = None,
    calendar: int | None = None,
) -> Event:
    """Write something into a person's calendar, or for the person into a shared one.

    Without an end it lasts an hour, or the day. `kind` is the code or the title of an entry of the dictionary of types;
    `remind_minutes` says how long before the beginning the person is reminded.
    """
    access.check_place(call, person=person, calendar=calendar)
    access.check_person(person)
    span = rules.span(begins_at, ends_at, whole_day=whole_day)
    here = rules.zone_named(zone or str(settings.COMPANY_ZONE)).key
    _check_repeats(repeats, repeats_until, span.begins_at, zone=here)
    event = Event(
        person_id=person,
        calendar_id=calendar,
        title=rules.tidy_title(title),
        text=rules.tidy_text(text),
        place=rules.tidy_place(place),
        kind=_tidy_kind(kind),
        begins_at=span.begins_at,
        ends_at=span.ends_at,
        whole_day=whole_day,
        zone=here,
        records=[spelled(one) for one in records],
        remind_minutes=rules.tidy_reminder(remind_minutes),
        repeats=repeats,
        repeats_until=repeats_until,
        instance=call.cause.instance,
        created_by_id=call.author,
        created_at=call.at,
        changed_at=call.at,
    )
    event.reminds_at = reminds_next(event, now=call.at)
    event.save(force_insert=True)
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
CHANGEABLE = ("person", "calendar", "title", "text", "place", "kind", *TIMES, "zone", "records", "remind_minutes",
    "repeats", "repeats_until")  # fmt: skip


@operation("calendar.event.change", needs="")
def change(call: Call, *, event: Event, fields: dict[str, Any]) -> Event:
    """Change fields of an event, those in `CHANGEABLE`. A field that keeps its value is no change."""
    access.check_write(call, event=event)
    now = _tidied(event, fields)
    was = {name: getattr(event, _column(name)) for name in now}
    now = {name: value for name, value in now.items() if value != was[name]}
    if not now:
        return event
    if {"person", "calendar"} & now.keys():
        person, calendar = now.get("person", event.person_id), now.get("calendar", event.calendar_id)
        access.check_place(call, person=person, calendar=calendar)
        access.check_person(person)
    columns = {_column(name): value for name, value in now.items()}
    if {"begins_at", "remind_minutes", "repeats", "repeats_until", "zone"} & now.keys():
        for column, value in columns.items():
            setattr(event, column, value)
        _check_repeats(event.repeats, event.repeats_until, event.begins_at, zone=event.zone)
        if _comes_on_others(was, now):
            columns["skipped"] = []
            event.apart.all().delete()
        columns["reminds_at"] = reminds_next(event, now=call.at)
    _touch(event)
    if not Event.objects.filter(pk=event.pk).update(**columns, changed_at=call.at):
        raise rules.UNKNOWN_EVENT(id=event.pk)
    for column, value in columns.items():
        setattr(event, column, value)
    _touch(event)
    kept = {name: was[name] for name in now}
    events.announce(EventChanged(call=call, event=event.pk, person=event.person_id, was=kept, now=now))
    return event


@operation("calendar.event.remove", needs="")
def remove(call: Call, *, event: Event) -> None:
    """Take an event out of the calendar for good."""
    access.check_write(call, event=event)
    removed, _each = Event.objects.filter(pk=event.pk).delete()
    if not removed:
        raise rules.UNKNOWN_EVENT(id=event.pk)
    events.announce(EventRemoved(call=call, event=event.pk, person=event.person_id))
    _touch(event)


@operation("calendar.event.skip", needs="")
def skip(call: Call, *, event: Event, day: date) -> Event:
    """Leave one of the events that come again out: that which begins on this day of the event's own clock."""
    access.check_write(call, event=event)
    if not event.repeats:
        raise rules.UNKNOWN_EVENT(id=event.pk)
    event.skipped = sorted({*event.skipped, day})
    Event.objects.filter(pk=event.pk).update(skipped=event.skipped, changed_at=call.at)
    set_reminder(call, event=event)
    return event


def set_reminder(call: Call, *, event: Event) -> None:
    """Work out anew when it reminds, after days were left out or taken in again."""
    event.reminds_at = reminds_next(event, now=call.at)
    Event.objects.filter(pk=event.pk).update(reminds_at=event.reminds_at)
    _touch(event)


def reminds_next(event: Event, *, now: datetime) -> datetime | None:
    """When its next reminder is due; of one that comes again, that of the next time."""
    if not event.repeats or event.remind_minutes is None:
        return rules.reminds_at(event.begins_at, event.remind_minutes, now=now)
    before = timedelta(minutes=event.remind_minutes)
    following = event.next_time(after=now + before)
    return following - before if following else None


def _comes_on_others(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether a series comes on other days than before: what was said about single ones means nothing then."""
    moved = "begins_at" in now and abs(now["begins_at"] - was["begins_at"]) >= timedelta(hours=12)
    return moved or bool({"repeats", "zone"} & now.keys())


def _check_repeats(repeats: str, until: date | None, begins_at: datetime, *, zone: str) -> None:
    if repeats and repeats not in repeating.RULES:
        try:
            repeating.read(repeats, begins_at=begins_at, zone=zone)
        except (ValueError, KeyError):
            raise rules.UNKNOWN_REPEAT(place="repeats", repeats=repeats) from None
    if until is not None and until < begins_at.date():
        raise rules.UNTIL_BEFORE(place="repeats_until")


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
    return f"{name}_id" if name in ("person", "calendar") else name


def _touch(event: Event) -> None:
    """Tell the screens that show this calendar, and the cards of the records that the event is about."""
    if event.calendar_id:
        events.touch("calendar.shared", event.calendar_id)
    else:
        events.touch("calendar", event.person_id)
    for ref in event.refs():
        events.touch(ref.type, ref.id)
