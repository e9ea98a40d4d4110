"""Events and tasks as RFC 5545 writes them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Alarm, Calendar, Event, FreeBusy, Timezone, Todo, vCalAddress, vPeriod, vRecur

from potok.calendar import public as calendar
from potok.calendar.public import repeating
from potok.people.public import Person
from potok.tasks.public import Task

PRODUCT = "-//Potok//Potok//EN"
ANSWERS = {"asked": "NEEDS-ACTION", "accepted": "ACCEPTED", "declined": "DECLINED"}
PRIORITIES = {"high": 1, "normal": 5, "low": 9}
STATUSES = {"new": "NEEDS-ACTION", "in_progress": "IN-PROCESS", "deferred": "NEEDS-ACTION"}


def free_busy(taken: Sequence[tuple[datetime, datetime]], first: datetime, last: datetime, *, at: datetime) -> Calendar:
    """When somebody is busy in a stretch of time; what meets is one."""
    part = FreeBusy()
    for name, moment in (("dtstamp", at), ("dtstart", first), ("dtend", last)):
        part.add(name, moment.astimezone(UTC))
    spans: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(taken):
        if spans and begins <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], ends)
        else:
            spans.append((begins, ends))
    for begins, ends in spans:
        part.add("freebusy", vPeriod((begins.astimezone(UTC), ends.astimezone(UTC))))
    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", PRODUCT)
    whole.add_component(part)
    return whole


def event(one: calendar.Event, *, uid: str, kind: str = "") -> Calendar:
    """An event with those of its series that go otherwise; its guests are loaded with it."""
    apart = list(one.apart.all()) if one.repeats else []
    parts = [_event(one, uid=uid, kind=kind), *(_apart(one, other, uid=uid) for other in apart)]
    days = {other.series_at.astimezone(ZoneInfo(one.zone)).date() for other in apart if other.series_at}
    left_out = [_at(one, _moment(one, day)) for day in one.skipped if day not in days]
    if left_out:
        parts[0].add("exdate", left_out)
    zones = [] if one.whole_day else sorted({part.zone for part in (one, *apart)})
    return _calendar(*map(_zone, zones), *parts)


def task(one: Task, *, uid: str, above: str = "") -> Calendar:
    """A task; `above` is the name of the one that it is a part of."""
    todo = Todo()
    _stamp(todo, uid, one)
    todo.add("summary", one.title)
    if one.description:
        todo.add("description", one.description)
    if one.begins_at:
        todo.add("dtstart", one.begins_at.astimezone(UTC))
    if one.deadline:
        todo.add("due", one.deadline.astimezone(UTC))
    todo.add("priority", PRIORITIES[one.priority])
    # Who handed his work in has done his part, whoever has to accept it.
    todo.add("status", STATUSES.get(one.status, "COMPLETED"))
    todo.add("percent-complete", 0 if one.status in STATUSES else 100)
    if one.closed_at:
        todo.add("completed", one.closed_at.astimezone(UTC))
    if above:
        todo.add("related-to", above)
    todo.add("url", f"{settings.PUBLIC_URL}/tasks/{one.pk}/")
    return _calendar(todo)


def _event(one: calendar.Event, *, uid: str, kind: str = "") -> Event:
    said = Event()
    _stamp(said, uid, one)
    said.add("summary", one.title)
    said.add("dtstart", _at(one, one.begins_at))
    said.add("dtend", one.ends_on + timedelta(days=1) if one.whole_day else _at(one, one.ends_at))
    for name, value in (("location", one.place), ("description", one.text)):
        if value:
            said.add(name, value)
    if kind:
        said.add("categories", [kind])
    if one.repeats:
        said.add("rrule", _rule(one))
    said.add("url", f"{settings.PUBLIC_URL}/calendar/{one.pk}/")
    _name_people(said, one)
    if one.remind_minutes is not None:
        said.add_component(_alarm(one.title, one.remind_minutes))
    return said


def _apart(one: calendar.Event, other: calendar.Event, *, uid: str) -> Event:
    said = _event(other, uid=uid)
    assert other.series_at  # those apart have it
    # The day says which one it is; the hour is that of the series now.
    said.add("recurrence-id", _at(one, _moment(one, other.series_at.astimezone(ZoneInfo(one.zone)).date())))
    return said


def _moment(one: calendar.Event, day: date) -> datetime:
    zone = ZoneInfo(one.zone)
    return datetime.combine(day, one.begins_at.astimezone(zone).time(), zone)


def _at(one: calendar.Event, moment: datetime) -> date:
    here = moment.astimezone(ZoneInfo(one.zone))
    return here.date() if one.whole_day else here


def _rule(one: calendar.Event) -> vRecur:
    rule: vRecur = vRecur.from_ical(repeating.rule(one.repeats))
    if one.repeats_until:
        last = datetime.combine(one.repeats_until, time(23, 59, 59), ZoneInfo(one.zone))
        rule["UNTIL"] = [one.repeats_until if one.whole_day else last.astimezone(UTC)]
    return rule


def _name_people(said: Event, one: calendar.Event) -> None:
    guests = list(one.guests.all())
    if not guests:
        return
    said.add("organizer", _address(one.person))
    for guest in guests:
        address = _address(guest.person)
        address.params["PARTSTAT"] = ANSWERS[guest.answer]
        # Whoever has to be told of it is told by us.
        address.params["SCHEDULE-AGENT"] = "NONE"
        said.add("attendee", address)


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = str(person)
    return address


def _alarm(title: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm


def _stamp(said: Any, uid: str, one: calendar.Event | Task) -> None:
    said.add("uid", uid)
    said.add("dtstamp", one.changed_at.astimezone(UTC))
    said.add("last-modified", one.changed_at.astimezone(UTC))
    said.add("created", one.created_at.astimezone(UTC))


@lru_cache(maxsize=600)
def _zone(name: str) -> Timezone:
    return Timezone.from_tzid(name, first_date=date(2000, 1, 1))


def _calendar(*parts: Any) -> Calendar:
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    for part in parts:
        whole.add_component(part)
    return whole


def together(written: Sequence[Calendar], *, title: str) -> Calendar:
    """All of these as one calendar for others to read: each zone once, and nobody's address."""
    for one in written:
        for part in one.subcomponents:
            part.pop("ORGANIZER", None)
            part.pop("ATTENDEE", None)
    parts = {(part.name, part.to_ical()): part for one in written for part in one.subcomponents}
    whole = _calendar(*sorted(parts.values(), key=lambda part: part.name != "VTIMEZONE"))
    whole.add("x-wr-calname", title)
    return whole
