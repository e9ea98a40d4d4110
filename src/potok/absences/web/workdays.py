"""The working days of those below: a month as a table, and correcting a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from potok.absences import access, rules, workdays
from potok.absences.models import Workday
from potok.absences.web import chart, workday
from potok.absences.web.inside import inside
from potok.engine.time import WorkingTime
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.people.public import Person
from potok.ui import answers, words
from potok.ui.answers import Toast


@dataclass(frozen=True)
class Cell:
    """A day of a person."""

    url: str
    worked: str
    is_off: bool
    state: str
    is_corrected: bool


@dataclass(frozen=True)
class Line:
    """A person with his month: what he has worked, and what his schedule asks for until today."""

    person: Person
    cells: Sequence[Cell]
    worked: str
    planned: str


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the month of everybody below."""
    me = inside(request)
    if access.led(me.pk) == set():
        raise rules.NOT_A_HEAD()
    today = timezone.localdate(clock.now())
    asked = chart.Asked.read(request, today=today)
    persons = workdays.led(me.pk, department=asked.department.pk if asked.department else None)
    days = asked.days()
    found = workdays.between({one.pk for one in persons}, days[0], days[-1])
    mine: dict[tuple[int, date], Workday] = {(one.person_id, one.day): one for one in found}
    times = people.working_time.many([{"person": one.pk} for one in persons]) if persons else []
    address = reverse("absences:workdays")
    shown = {
        "asked": asked,
        "title": format_date(asked.month, "LLLL yyyy", locale=words.language()),
        "days": [(day, day == today) for day in days],
        "lines": [
            _line(person, days, mine, works, today)
            for person, works in zip(persons, times, strict=True)
            if isinstance(works, WorkingTime)
        ],
        "departments": [("", _("Everybody below")), *chart.departments()],
        "before_url": asked.url(asked.month - chart.DAY, page=address),
        "after_url": asked.url(days[-1] + chart.DAY, page=address),
        "today_url": asked.url(today, page=address),
    }
    return answers.draw(request, "absences/workdays.html", shown)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person: int, day: str) -> HttpResponse:
    """Show a day of somebody below, and correct it."""
    me, on = inside(request), _day(day)
    whose = people.by_id([person]).get(person)
    if whose is None or not access.leads(me.pk, person=person):
        raise MISSING(id=person)
    if request.method == "GET":
        return answers.draw(request, "absences/workday_of.html", _drawn(whose, on))
    given = request.POST
    begins_at = workday.moment(given.get("begins_at", ""), on, whose, place="begins_at")
    ends_at = workday.moment(given.get("ends_at", ""), on, whose, place="ends_at")
    if ends_at < begins_at:
        ends_at += timedelta(days=1)  # a night shift ends on the next morning
    with opened(me.pk, door="screen") as call:
        workdays.correct(
            call,
            person=whose,
            day=on,
            begins_at=begins_at,
            ends_at=ends_at,
            paused_minutes=int(given["paused_minutes"]) if given.get("paused_minutes", "").isdecimal() else 0,
            note=given.get("note", ""),
        )
    back = f"{reverse('absences:workdays')}?month={on:%Y-%m}"
    return answers.go(request, back, toast=Toast(_("The working day is corrected")))


def _line(
    person: Person,
    days: Sequence[date],
    mine: Mapping[tuple[int, date], Workday],
    works: WorkingTime,
    today: date,
) -> Line:
    now = clock.now()
    rows = [mine.get((person.pk, day)) for day in days]
    worked = sum((one.worked(now=now) for one in rows if one), timedelta())
    spans = [span for day in days if day <= today for span in works.spans(day)]
    planned = sum((ends - begins for begins, ends in spans), timedelta())
    cells = [
        Cell(
            url=reverse("absences:workday_of", args=[person.pk, f"{day:%Y-%m-%d}"]) if day <= today else "",
            worked=workday.told(one.worked(now=now)) if one else "",
            is_off=not works.is_working_day(day),
            state=one.state if one else "",
            is_corrected=bool(one and one.corrections),
        )
        for day, one in zip(days, rows, strict=True)
    ]
    return Line(person, cells, workday.told(worked), workday.told(planned))


def _drawn(person: Person, day: date) -> dict[str, Any]:
    one = Workday.objects.filter(person=person, day=day).first()
    here = ZoneInfo(person.zone)
    return {
        "person": person,
        "day": day,
        "workday": one,
        "worked": workday.told(one.worked(now=clock.now())) if one else "",
        "planned": workday.told(workday.planned(person.pk, day)),
        "begins_at": f"{one.begins_at.astimezone(here):%H:%M}" if one else "",
        "ends_at": f"{one.ends_at.astimezone(here):%H:%M}" if one and one.ends_at else "",
        "paused": round(one.paused.total_seconds() / 60) if one else 0,
        "notes": workday.notes(one) if one else [],
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MISSING(id=text) from None
