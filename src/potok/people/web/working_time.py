"""Working time: hours of a week, special days and absences, of the company, a department or a person."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from django.http import HttpRequest, HttpResponse
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from potok.engine.time import WorkingTime
from potok.kit.calls import Call
from potok.kit.clock import now
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people import access, queries, rules, working
from potok.people.models import Absence, Department, Person, SpecialDay, WorkingHours
from potok.people.operations import absences, hours
from potok.people.permissions import EDIT_ABSENCES, EDIT_HOURS
from potok.people.web.asked import department_or_none, me, number, person_or_nobody
from potok.people.web.structure import branches
from potok.ui import answers, zones
from potok.ui.answers import Toast

KINDS = (
    ("vacation", gettext_lazy("Vacation")),
    ("sick", gettext_lazy("Sick leave")),
    ("trip", gettext_lazy("Business trip")),
    ("other", gettext_lazy("Other absence")),
)
ADDRESS = "/working-time/"


@dataclass(frozen=True)
class Whose:
    """Of whom the page tells: a department, a person, or the company if both are None."""

    department: Department | None
    person: Person | None

    @property
    def address(self) -> str:
        if self.department:
            return f"{ADDRESS}?department={self.department.pk}"
        return f"{ADDRESS}?person={self.person.pk}" if self.person else ADDRESS

    @property
    def given(self) -> dict[str, Any]:
        return {"department": self.department, "person": self.person}

    @property
    def is_company(self) -> bool:
        return self.department is None and self.person is None


@dataclass(frozen=True)
class Day:
    """A day of the week in the form."""

    name: str
    title: Any
    hours: str


@dataclass(frozen=True)
class Special:
    """A line of the special days; `absence` and `day` say what is removed."""

    day: SpecialDay
    hours: str


@dataclass(frozen=True)
class Away:
    """A line of the absences: by the days of the person's clock, both included."""

    pk: int
    title: Any
    first: date
    last: date
    note: str


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the hours of whoever is chosen, and how they differ from those above."""
    whose = _whose(request.GET)
    own = WorkingHours.objects.filter(**whose.given).first()
    found = _found(whose)
    shown = {
        "whose": whose,
        "branches": branches(),
        "people": _people_with_hours(whose),
        "own": own,
        "days": _days(found),
        "zone": own.zone if own else "",
        "zones": _zones(own.zone if own else "", whose),
        "country": own.country if own else "",
        "countries": _countries(whose),
        "specials": _specials(whose),
        "absences": _absences(whose),
        "kinds": KINDS,
        "edits": access.may(me(request).pk, permission=EDIT_HOURS),
        "enters": whose.person is not None and _enters(me(request), whose.person),
    }
    return answers.draw(request, "people/working_time.html", shown)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the hours; what is the same as above goes on following it. `clear` lets all of it follow."""
    whose = _whose(request.POST)
    with opened(me(request).pk, door="screen") as call:
        if "clear" in request.POST:
            hours.clear(call, **whose.given)
        else:
            _keep(call, request, whose)
    return answers.go(request, whose.address, toast=Toast(_("The working time is kept")))


@require_POST
def keep_day(request: HttpRequest) -> HttpResponse:
    """Keep a special day."""
    whose = _whose(request.POST)
    with opened(me(request).pk, door="screen") as call:
        hours.set_day(
            call,
            day=_day(request.POST.get("day")),
            shifts=rules.shifts(request.POST.get("hours", "")),
            title=request.POST.get("title", ""),
            **whose.given,
        )
    return answers.go(request, whose.address, toast=Toast(_("The special day is kept")))


@require_POST
def remove_day(request: HttpRequest) -> HttpResponse:
    """Let a day go as its weekday does."""
    whose = _whose(request.POST)
    with opened(me(request).pk, door="screen") as call:
        hours.remove_day(call, day=_day(request.POST.get("day")), **whose.given)
    return answers.go(request, whose.address, toast=Toast(_("The special day is removed")))


@require_POST
def add_absence(request: HttpRequest) -> HttpResponse:
    """Enter an absence of whole days, on the clock of the person."""
    person = queries.person(number(request.POST.get("person")))
    clock = ZoneInfo(person.zone)
    with opened(me(request).pk, door="screen") as call:
        absences.add(
            call,
            person=person,
            kind=request.POST.get("kind", ""),
            begins_at=datetime.combine(_day(request.POST.get("from")), time(), clock),
            ends_at=datetime.combine(_day(request.POST.get("to")) + timedelta(days=1), time(), clock),
            note=request.POST.get("note", ""),
        )
    return answers.go(request, Whose(None, person).address, toast=Toast(_("The absence is entered")))


@require_POST
def remove_absence(request: HttpRequest, id: int) -> HttpResponse:
    """Take an absence back."""
    absence = Absence.objects.filter(pk=id).select_related("person").first()
    if absence is None:
        raise MISSING(id=id)
    with opened(me(request).pk, door="screen") as call:
        absences.remove(call, absence=absence)
    return answers.go(request, Whose(None, absence.person).address, toast=Toast(_("The absence is removed")))


def _keep(call: Call, request: HttpRequest, whose: Whose) -> None:
    places = [f"day{number}" for number in range(rules.DAYS_OF_WEEK)]
    week = tuple(rules.shifts(request.POST.get(place, ""), place=place) for place in places)
    above = _above(whose)
    hours.set_(
        call,
        week=None if above and above.week == week else week,
        zone=request.POST.get("zone", ""),
        country=request.POST.get("country", ""),
        **whose.given,
    )


def _whose(given: Any) -> Whose:
    return Whose(department_or_none(given.get("department")), person_or_nobody(given.get("person")))


def _found(whose: Whose) -> WorkingTime:
    department = whose.department.pk if whose.department else None
    return working.of([(department, whose.person.pk if whose.person else None)])[0]


def _above(whose: Whose) -> WorkingTime | None:
    """Tell the hours that would count if nothing were said here; nothing stands above the company."""
    if whose.is_company:
        return None
    if whose.department:
        return working.of([(whose.department.parent_id, None)])[0]
    return working.of([working.above(whose.person.pk)])[0] if whose.person else None


def _days(found: WorkingTime) -> list[Day]:
    return [
        Day(f"day{number}", title, rules.shown_shifts(found.week[number])) for number, title in sorted(WEEKDAYS.items())
    ]


def _zones(chosen: str, whose: Whose) -> list[tuple[str, str]]:
    above = _("The person's own") if whose.person else _("As above")
    return [("", _("That of the installation") if whose.is_company else above), *zones.options(chosen)]


def _countries(whose: Whose) -> list[tuple[str, str]]:
    names = Locale.parse(get_language() or "en").territories
    known = [(code, names[code]) for code in working.COUNTRIES]
    none = (working.NO_HOLIDAYS, _("No public holidays"))
    return [*([] if whose.is_company else [("", _("As above"))]), *known, none]


def _specials(whose: Whose) -> list[Special]:
    found = SpecialDay.objects.filter(**whose.given).order_by("-day")
    return [Special(day, rules.shown_shifts(working.read_shifts(day.shifts))) for day in found]


def _absences(whose: Whose) -> list[Away]:
    if whose.person is None:
        return []
    clock, lately = ZoneInfo(whose.person.zone), now() - timedelta(days=366)
    found = Absence.objects.filter(person=whose.person, ends_at__gt=lately).order_by("-ends_at")
    return [_away(one, clock) for one in found]


def _away(absence: Absence, clock: ZoneInfo) -> Away:
    # It ends where the day after the last begins.
    last = (absence.ends_at - timedelta(microseconds=1)).astimezone(clock).date()
    first = absence.begins_at.astimezone(clock).date()
    return Away(absence.pk, dict(KINDS).get(absence.kind, absence.kind), first, last, absence.note)


def _people_with_hours(whose: Whose) -> list[Person]:
    said = [WorkingHours.objects, SpecialDay.objects]
    known = {row for rows in said for row in rows.exclude(person=None).values_list("person", flat=True)}
    return sorted(queries.by_id(known | ({whose.person.pk} if whose.person else set())).values(), key=str)


def _enters(by: Person, whom: Person) -> bool:
    return access.visible(by.pk, permission=EDIT_ABSENCES).covers((whom.pk,))


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise rules.NO_DAY(place="day") from None
