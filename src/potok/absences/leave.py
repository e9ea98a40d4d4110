"""Days of leave: how many a person has in a year, how many are taken and planned, how many are left."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from potok.absences import days, rules
from potok.absences.models import Allowance, Kind
from potok.engine.time import holidays_of
from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people import public as people
from potok.people.public import Absence, Person


@dataclass(frozen=True, slots=True)
class Balance:
    """Of one kind in one year: what a person has, and what of it is over, agreed on and asked for."""

    kind: Kind
    allowed: int
    used: int = 0
    planned: int = 0
    asked: int = 0

    @property
    def left(self) -> int:
        """What nothing is agreed on about; less than nothing if more was agreed on than there is."""
        return self.allowed - self.used - self.planned


@operation("absences.allowance.set", needs=people.permissions.EDIT_ABSENCES, on="person")
def allow(call: Call, *, person: Person, kind: Kind, year: int, days: int) -> Allowance:
    """Say how many days of a kind a person has in a year; without that he has as many as everybody."""
    if kind.days_a_year is None:
        raise rules.NOT_COUNTED(place="kind")
    rules.tidy_days(days)
    kept, _made = Allowance.objects.update_or_create(person=person, kind=kind, year=year, defaults={"days": days})
    return kept


def balances(persons: Collection[Person], *, year: int) -> dict[int, list[Balance]]:
    """What each of the persons has and has left in a year, by the kinds that are counted."""
    counted = list(Kind.objects.exclude(days_a_year=None).filter(is_gone=False).order_by("place", "pk"))
    special = {
        (one.person_id, one.kind_id): one.days
        for one in Allowance.objects.filter(person__in=persons, kind__in=counted, year=year)
    }
    found = _absences(persons, {one.code for one in counted}, year)
    times = people.working_time.many([{"person": one.pk} for one in persons]) if persons else []
    countries = {one.pk: getattr(works, "country", "") for one, works in zip(persons, times, strict=True)}
    return {
        person.pk: [
            _balance(
                kind,
                special.get((person.pk, kind.pk), kind.days_a_year or 0),
                [one for one in found if one.person_id == person.pk and one.kind == kind.code],
                year,
                holidays_of(countries[person.pk], year),
            )
            for kind in counted
        ]
        for person in persons
    }


def _absences(persons: Collection[Person], codes: Collection[str], year: int) -> list[Absence]:
    # A day to both sides: clocks of people stand apart.
    first, last = datetime(year - 1, 12, 31, tzinfo=ZoneInfo("UTC")), datetime(year + 1, 1, 2, tzinfo=ZoneInfo("UTC"))
    rows = Absence.objects.between(first, last).exclude(status="declined").filter(person__in=persons, kind__in=codes)
    return list(rows.select_related("person"))


def _balance(kind: Kind, allowed: int, found: Iterable[Absence], year: int, holidays: Collection[date]) -> Balance:
    now, sums = clock.now(), {"used": 0, "planned": 0, "asked": 0}
    for one in found:
        first, last = days.of(one)
        what = "asked" if one.status == "asked" else "used" if one.begins_at <= now else "planned"
        sums[what] += rules.days_counted(first, last, year=year, holidays=holidays)
    return Balance(kind, allowed, **sums)
