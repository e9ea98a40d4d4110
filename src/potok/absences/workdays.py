"""The working day: begun, paused and ended by whoever works, corrected by his head."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from potok.absences import access, rules
from potok.absences.models import Workday
from potok.kit.calls import Call
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.people import public as people
from potok.people.public import Person
from potok.ui import words


@operation("absences.workday.begin", needs="")
def begin(call: Call) -> Workday:
    """Begin one's working day, or go on with it after a pause or an end. Doing so twice begins it once."""
    me = _me(call)
    there = _open(me)
    if there is None:
        day = call.at.astimezone(ZoneInfo(me.zone)).date()
        Workday.objects.bulk_create([Workday(person=me, day=day, begins_at=call.at)], ignore_conflicts=True)
        there = Workday.objects.select_for_update().get(person=me, day=day)
    elif call.at - there.begins_at > rules.DAY_LASTS_MAX:
        raise rules.UNFINISHED(day=words.day(there.day))
    rested_since = there.ends_at or there.paused_at
    if rested_since:
        there.paused += call.at - rested_since
        there.ends_at = there.paused_at = None
    return _kept(there)


@operation("absences.workday.pause", needs="")
def pause(call: Call) -> Workday:
    """Make a pause; who pauses already goes on pausing."""
    there = _begun(call)
    there.paused_at = there.paused_at or call.at
    return _kept(there)


@operation("absences.workday.end", needs="")
def end(call: Call, *, ends_at: datetime | None = None, note: str = "") -> Workday:
    """End one's working day, now or, if that was forgotten, at a moment that has passed."""
    there = _begun(call)
    until = ends_at or call.at
    rules.check_end(there.begins_at, until, now=call.at)
    if there.paused_at:
        there.paused += max(timedelta(), until - there.paused_at)
    there.ends_at, there.paused_at = until, None
    there.paused = min(there.paused, until - there.begins_at)
    there.note = rules.tidy_note(note, needed=False) or there.note
    return _kept(there)


@operation("absences.workday.correct", needs="")
def correct(
    call: Call,
    *,
    person: Person,
    day: date,
    begins_at: datetime,
    ends_at: datetime,
    paused_minutes: int = 0,
    note: str,
) -> Workday:
    """Say as a head how a day of a person below really went; a day that nobody has begun is written down so, too.

    What stood there before is kept beside it with the note.
    """
    if not access.leads(call.by, person=person.pk):
        raise rules.NOT_A_HEAD()
    why = rules.tidy_note(note, needed=True)
    rules.check_end(begins_at, ends_at, now=call.at)
    if begins_at.astimezone(ZoneInfo(person.zone)).date() != day:
        raise rules.WRONG_END(place="begins_at")
    paused = timedelta(minutes=paused_minutes)
    if not timedelta() <= paused <= ends_at - begins_at:
        raise rules.WRONG_PAUSE(place="paused_minutes")
    there = Workday.objects.select_for_update().filter(person=person, day=day).first()
    was = _told(there) if there else None
    there = there or Workday(person=person, day=day)
    there.begins_at, there.ends_at, there.paused, there.paused_at = begins_at, ends_at, paused, None
    there.corrections = [*there.corrections, {"by": call.by, "at": call.at.isoformat(), "was": was, "note": why}]
    return _kept(there)


def now_at_work(persons: Collection[int]) -> dict[int, str]:
    """Who of these people works or pauses now, as he has said himself."""
    rows = Workday.objects.filter(person__in=persons, ends_at=None)
    return {one.person_id: one.state for one in rows}


def between(persons: Collection[int], first: date, last: date) -> QuerySet[Workday]:
    """Their working days, both ends included."""
    return Workday.objects.filter(person__in=persons, day__gte=first, day__lte=last).order_by("person", "day")


def current(person: int) -> Workday | None:
    """The day that is begun and not ended, or the last that was."""
    return Workday.objects.filter(person=person).order_by(F("ends_at").desc(nulls_first=True)).first()


def _me(call: Call) -> Person:
    me = Person.objects.filter(pk=call.by or 0, is_active=True, is_external=False).first()
    if me is None:
        raise rules.NOT_OF_HERE()
    return me


def _open(person: Person) -> Workday | None:
    return Workday.objects.select_for_update().filter(person=person, ends_at=None).first()


def _begun(call: Call) -> Workday:
    there = _open(_me(call))
    if there is None:
        raise rules.NOT_BEGUN()
    return there


def _kept(one: Workday) -> Workday:
    one.save()
    touch("person", one.person_id)
    return one


def _told(one: Workday) -> dict[str, object]:
    ends_at = one.ends_at.isoformat() if one.ends_at else None
    return {"begins_at": one.begins_at.isoformat(), "ends_at": ends_at, "paused": one.paused.total_seconds()}


def led(by: int, *, department: int | None = None) -> list[Person]:
    """Those whose working days somebody sees, by name; of a department only, if one is named."""
    found, everybody = access.led(by), people.active().filter(is_external=False)
    if found is not None:
        everybody = everybody.filter(pk__in=found)
    if department is not None:
        everybody = everybody.filter(pk__in=people.members(department=department))
    return list(everybody)
