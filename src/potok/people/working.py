"""Who works when: what is said of the company, of departments and of a person, put together for the engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet

from potok.engine.time import OFFICE_WEEK, Shifts, WorkingTime
from potok.people.models import Absence, Department, Membership, Person, SpecialDay, WorkingHours

NO_HOLIDAYS = "-"
# Until a company says otherwise; its clock is a setting of the installation.
COUNTRY = "RU"
COUNTRIES = ("RU", "BY", "KZ", "AM", "KG", "UZ", "GE", "RS", "DE", "GB", "US")
# Whose hours: of a department, of a person, or of the company.
Whose = tuple[int | None, int | None]
COMPANY: Whose = (None, None)
Row = TypeVar("Row", WorkingHours, SpecialDay)


@lru_cache(maxsize=2_000)
def _kept(found: WorkingTime) -> WorkingTime:
    """Equal schedules are one object, since it remembers the days it has worked out."""
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """All that is said of anybody who was asked for."""

    hours: Mapping[Whose, WorkingHours]
    days: Mapping[Whose, Sequence[SpecialDay]]
    absences: Mapping[int, Sequence[Absence]]
    persons: Mapping[int, Person]


def of(asked: Iterable[Whose]) -> list[WorkingTime]:
    """Tell when each works, in order: `(department, None)`, `(None, person)`, or `COMPANY`."""
    asked = list(asked)
    chains = _chains(asked)
    said = _said({whose for chain in chains for whose in chain})
    return [_kept(_together(chain, said)) for chain in chains]


def _chains(asked: Sequence[Whose]) -> list[list[Whose]]:
    """List for each whose word counts, the nearest first."""
    works_in = _departments({person for _department, person in asked if person is not None})
    paths = dict(Department.objects.values_list("pk", "path")) if any(whose != COMPANY for whose in asked) else {}
    chains = []
    for department, person in asked:
        own: list[Whose] = [] if person is None else [(None, person)]
        place = department if person is None else works_in.get(person)
        above = [int(part) for part in paths.get(place or 0, "").split("/") if part]
        chains.append([*own, *((each, None) for each in reversed(above)), COMPANY])
    return chains


def above(person: int) -> Whose:
    """Tell whose hours a person has who has none of his own."""
    return (_departments({person}).get(person), None)


def _departments(persons: set[int]) -> dict[int, int]:
    """Name the department of each person; of several the one he was put into first."""
    rows = Membership.objects.filter(person__in=persons).order_by("-pk") if persons else []
    return {row.person_id: row.department_id for row in rows}


def _said(whose: set[Whose]) -> _Said:
    departments = {department for department, _person in whose if department is not None}
    persons = {person for _department, person in whose if person is not None}
    return _Said(
        {(row.department_id, row.person_id): row for row in _near(WorkingHours.objects.all(), departments, persons)},
        _grouped(_near(SpecialDay.objects.all(), departments, persons)),
        _absences(persons),
        Person.objects.in_bulk(persons) if persons else {},
    )


def _near(rows: QuerySet[Row], departments: set[int], persons: set[int]) -> QuerySet[Row]:
    company = Q(department=None, person=None)
    return rows.filter(company | Q(department__in=departments) | Q(person__in=persons))


def _grouped(rows: Iterable[SpecialDay]) -> dict[Whose, list[SpecialDay]]:
    found: dict[Whose, list[SpecialDay]] = {}
    for row in rows:
        found.setdefault((row.department_id, row.person_id), []).append(row)
    return found


def _absences(persons: set[int]) -> dict[int, list[Absence]]:
    found: dict[int, list[Absence]] = {}
    for row in Absence.objects.approved().filter(person__in=persons).order_by("begins_at") if persons else []:
        found.setdefault(row.person_id, []).append(row)
    return found


def _together(chain: Sequence[Whose], said: _Said) -> WorkingTime:
    rows = [said.hours[whose] for whose in chain if whose in said.hours]
    person = said.persons.get(chain[0][1] or 0)
    days: dict[date, Shifts] = {}
    for whose in reversed(chain):
        days |= {row.day: read_shifts(row.shifts) for row in said.days.get(whose, ())}
    country = next((row.country for row in rows if row.country), COUNTRY)
    return WorkingTime(
        zone=_zone(rows, person),
        week=next((read_week(row.week) for row in rows if row.week is not None), OFFICE_WEEK),
        country="" if country == NO_HOLIDAYS else country,
        exceptions=tuple(sorted(days.items())),
        absences=tuple((row.begins_at, row.ends_at) for row in said.absences.get(person.pk, ())) if person else (),
    )


def _zone(rows: Sequence[WorkingHours], person: Person | None) -> str:
    """The clock of whoever is nearest and names one; a person has one of his own, which goes before the company's."""
    named = [row.zone for row in rows if row.zone and (person is None or row.department_id or row.person_id)]
    if named or person is None:
        return named[0] if named else settings.COMPANY_ZONE
    return person.zone


def read_week(plain: Any) -> tuple[Shifts, ...]:
    """Read a week as it is kept."""
    return tuple(read_shifts(day) for day in plain)


def read_shifts(plain: Any) -> Shifts:
    """Read the shifts of a day as they are kept: pairs of minutes after midnight."""
    return tuple((int(begin), int(end)) for begin, end in plain)
