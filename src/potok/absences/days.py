"""Absences by days: both ends included, on the clock of whoever is away."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from potok.people.public import Absence, Person
from potok.ui import words

DAY = timedelta(days=1)


def of(absence: Absence) -> tuple[date, date]:
    """The first and the last day; it ends where the day after the last begins."""
    clock = ZoneInfo(absence.person.zone)
    last = (absence.ends_at - timedelta(microseconds=1)).astimezone(clock).date()
    first = absence.begins_at.astimezone(clock).date()
    return first, max(first, last)


def told(absence: Absence) -> str:
    """«2–13 ноября», «30 ноября – 6 декабря», with the year when it is not this one."""
    first, last = of(absence)
    if first == last:
        return words.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{words.day(last)}"
    return f"{words.day(first)} – {words.day(last)}"


def stretch(person: Person, first: date, last: date) -> tuple[datetime, datetime]:
    """The moments at which whole days begin and end for a person."""
    clock = ZoneInfo(person.zone)
    return datetime.combine(first, time(), clock), datetime.combine(last + DAY, time(), clock)
