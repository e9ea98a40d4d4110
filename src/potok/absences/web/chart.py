"""The chart of absences: a department and a month, a line for each person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from potok.absences import access, days, kinds, permissions, workdays
from potok.absences.models import Kind
from potok.absences.web.inside import inside
from potok.engine.time import WorkingTime
from potok.kit import clock
from potok.people import public as people
from potok.people.public import Absence, Department, Person
from potok.ui import answers, words

DAY = timedelta(days=1)
FIRST, LAST = date(1990, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: which month, whose department; of none the whole company."""

    month: date
    department: Department | None

    @classmethod
    def read(cls, request: HttpRequest, *, today: date) -> "Asked":
        given = request.GET.get("department", "")
        known = Department.objects.filter(pk=int(given)).first() if given.isdecimal() else None
        return cls(_month(request.GET.get("month", ""), today), known)

    def url(self, month: date, *, page: str = "") -> str:
        said = {"month": f"{month:%Y-%m}"}
        if self.department:
            said["department"] = str(self.department.pk)
        return f"{page or reverse('absences:chart')}?{urlencode(said)}"

    def days(self) -> list[date]:
        following = _next(self.month)
        return [self.month + DAY * place for place in range((following - self.month).days)]


@dataclass(frozen=True)
class Bar:
    """An absence in the line of a person, by per cent of the month."""

    x: str
    width: str
    title: str
    tone: str
    when: str
    url: str
    is_asked: bool


@dataclass(frozen=True)
class Line:
    """A person with what the month holds of him; `off` are the days on which he does not work anyway."""

    person: Person
    bars: Sequence[Bar]
    off: Sequence[tuple[str, str]] = field(default=())
    is_away: bool = False
    # What he says of his working day: at work, at a pause; nothing if he says nothing.
    says: str = ""


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the chart."""
    me = inside(request)
    now = clock.now()
    asked = Asked.read(request, today=timezone.localdate(now))
    return answers.draw(request, "absences/chart.html", _drawn(me, asked, timezone.localdate(now)))


def _drawn(me: Person, asked: Asked, today: date) -> dict[str, Any]:
    shown = asked.days()
    lines = _lines(me, asked, shown, today)
    part = 100 / len(shown)
    return {
        "asked": asked,
        "title": format_date(asked.month, "LLLL yyyy", locale=words.language()),
        "days": [(day, day == today) for day in shown],
        "lines": lines,
        "today_x": f"{(today - asked.month).days * part:g}%" if shown[0] <= today <= shown[-1] else "",
        "day_width": f"{part:g}%",
        "before_url": asked.url(asked.month - DAY),
        "after_url": asked.url(_next(asked.month)),
        "today_url": asked.url(today),
        "departments": [("", gettext("The whole company")), *departments()],
        "away_now": sum(line.is_away for line in lines),
        "kinds": [one for one in kinds.all_kinds() if not one.is_gone],
        "keeps_kinds": people.may(me.pk, permission=permissions.KINDS),
        "leads": access.led(me.pk) != set(),
    }


def departments() -> list[tuple[int, str]]:
    """All departments, those below others set in."""
    rows = Department.objects.order_by("path")
    return [(row.pk, f"{' ' * 2 * (row.path.count('/') - 2)}{row.name}") for row in rows]


def _lines(me: Person, asked: Asked, shown: Sequence[date], today: date) -> list[Line]:
    whom = people.members(department=asked.department.pk) if asked.department else None
    everybody = people.active().filter(is_external=False)
    persons = list(everybody if whom is None else everybody.filter(pk__in=whom))
    # A day to both sides: clocks of people stand apart.
    first, last = days.stretch(me, shown[0] - DAY, shown[-1] + DAY)
    found = Absence.objects.between(first, last).exclude(status="declined").filter(person__in=persons)
    known = access.knowing(me.pk, persons={one.pk for one in persons})
    mine: dict[int, list[Absence]] = {}
    for one in found.select_related("person").order_by("begins_at", "pk"):
        if one.status == "approved" or one.person_id in known:
            mine.setdefault(one.person_id, []).append(one)
    named = kinds.by_code()
    says = workdays.now_at_work({one.pk for one in persons})
    times = people.working_time.many([{"person": one.pk} for one in persons]) if persons else []
    return [
        _line(
            person,
            _bars(mine.get(person.pk, ()), shown, kinds_of=named if person.pk in known else {}),
            shown,
            works=works,
            is_away=any(_covers(one, today) for one in mine.get(person.pk, ())),
            says=says.get(person.pk, ""),
        )
        for person, works in zip(persons, times, strict=True)
        if isinstance(works, WorkingTime)
    ]


def _covers(one: Absence, day: date) -> bool:
    first, last = days.of(one)
    return one.status == "approved" and first <= day <= last


def _line(
    person: Person, bars: Sequence[Bar], shown: Sequence[date], *, works: WorkingTime, is_away: bool, says: str
) -> Line:
    part = 100 / len(shown)
    off = [(f"{place * part:g}%", f"{part:g}%") for place, day in enumerate(shown) if not works.is_working_day(day)]
    return Line(person, bars, off, is_away=is_away, says=says)


def _bars(found: Sequence[Absence], shown: Sequence[date], *, kinds_of: Mapping[str, Kind]) -> list[Bar]:
    return [bar for one in found if (bar := _bar(one, shown, kind=kinds_of.get(one.kind)))]


def _bar(one: Absence, shown: Sequence[date], *, kind: Kind | None) -> Bar | None:
    first, last = days.of(one)
    since, until = max(first, shown[0]), min(last, shown[-1])
    if since > until:
        return None
    part = 100 / len(shown)
    return Bar(
        x=f"{(since - shown[0]).days * part:g}%",
        width=f"{((until - since).days + 1) * part:g}%",
        title=str(kind or kinds.AWAY),
        tone=kind.tone if kind else "unknown",
        when=days.told(one),
        url=reverse("absences:card", args=[one.pk]) if kind else "",
        is_asked=one.status == "asked",
    )


def _month(text: str, today: date) -> date:
    try:
        month = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)
    return month if FIRST < month < LAST else today.replace(day=1)


def _next(month: date) -> date:
    return (month.replace(day=1) + DAY * 32).replace(day=1)
