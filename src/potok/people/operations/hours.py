"""Working hours and special days: of the company, of a department, of a person."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.people import rules
from potok.people.events import WorkingTimeChanged
from potok.people.models import Department, Person, SpecialDay, WorkingHours
from potok.people.permissions import EDIT_HOURS
from potok.people.working import COUNTRIES, NO_HOLIDAYS

Shifts = Sequence[tuple[int, int]]


@operation("people.hours.set", needs=EDIT_HOURS)
def set_(
    call: Call,
    *,
    department: Department | None = None,
    person: Person | None = None,
    week: Sequence[Shifts] | None = None,
    zone: str = "",
    country: str = "",
) -> WorkingHours:
    """Say when a department, a person or the company works; what is left empty is as above them.

    A shift is a pair of minutes after midnight. The country is a code, or “-” for no public holidays.
    """
    check(week, zone=zone, country=country)
    kept = None if week is None else [[list(shift) for shift in day] for day in week]
    said, _made = WorkingHours.objects.update_or_create(
        department=department, person=person, defaults={"week": kept, "zone": zone, "country": country}
    )
    _changed(call, department=department, person=person)
    return said


@operation("people.hours.clear", needs=EDIT_HOURS)
def clear(call: Call, *, department: Department | None = None, person: Person | None = None) -> None:
    """Let a department or a person work as those above them."""
    WorkingHours.objects.filter(department=department, person=person).delete()
    _changed(call, department=department, person=person)


@operation("people.special_day.set", needs=EDIT_HOURS)
def set_day(
    call: Call,
    *,
    day: date,
    shifts: Shifts = (),
    title: str = "",
    department: Department | None = None,
    person: Person | None = None,
) -> SpecialDay:
    """Say that a day goes otherwise than its weekday: with other hours, or off without any."""
    rules.check_shifts(shifts)
    kept, _made = SpecialDay.objects.update_or_create(
        day=day,
        department=department,
        person=person,
        defaults={"shifts": [list(shift) for shift in shifts], "title": title.strip()},
    )
    _changed(call, department=department, person=person)
    return kept


@operation("people.special_day.remove", needs=EDIT_HOURS)
def remove_day(call: Call, *, day: date, department: Department | None = None, person: Person | None = None) -> None:
    """Let a day go as its weekday does."""
    SpecialDay.objects.filter(day=day, department=department, person=person).delete()
    _changed(call, department=department, person=person)


def check(week: Sequence[Shifts] | None, *, zone: str, country: str) -> None:
    """Refuse a week that is none, a clock or a country that nobody knows."""
    if week is not None:
        if len(week) != rules.DAYS_OF_WEEK:
            raise rules.WRONG_WEEK(place="week")
        for day in week:
            rules.check_shifts(day)
    if country and country != NO_HOLIDAYS and country not in COUNTRIES:
        raise rules.WRONG_COUNTRY(place="country", given=country)
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise rules.WRONG_ZONE(place="zone", zone=zone) from None


def _changed(call: Call, *, department: Department | None, person: Person | None) -> None:
    announce(
        WorkingTimeChanged(
            call=call, department=department.pk if department else None, person=person.pk if person else None
        )
    )
