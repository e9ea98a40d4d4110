"""Days of leave of those below, a year at a time; who enters absences says how many somebody has."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from potok.absences import access, leave, rules, workdays
from potok.absences.models import Kind
from potok.absences.web import chart
from potok.absences.web.inside import inside
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.ui import answers
from potok.ui.answers import Toast

YEARS = range(1990, 2200)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw who has how many days left."""
    me = inside(request)
    if access.led(me.pk) == set():
        raise rules.NOT_A_HEAD()
    given = request.GET
    year = _year(given.get("year", ""))
    department = int(given["department"]) if given.get("department", "").isdecimal() else None
    persons = workdays.led(me.pk, department=department)
    balances = leave.balances(persons, year=year)
    enters = people.visible(me.pk, permission=people.permissions.EDIT_ABSENCES)
    shown = {
        "year": year,
        "years": [(each, str(each)) for each in range(year - 2, year + 3)],
        "department": department or "",
        "departments": [("", _("Everybody below")), *chart.departments()],
        "lines": [(one, balances[one.pk], enters.covers((one.pk,))) for one in persons],
    }
    return answers.draw(request, "absences/leave.html", shown)


@require_POST
def allow(request: HttpRequest, person: int) -> HttpResponse:
    """Say how many days somebody has."""
    me, given = inside(request), request.POST
    whose, kind = people.by_id([person]).get(person), _kind(given.get("kind", ""))
    if whose is None or kind is None:
        raise MISSING(id=person)
    if not given.get("days", "").isdecimal():
        raise rules.WRONG_DAYS(place="days", limit=rules.DAYS_MAX)
    year = _year(given.get("year", ""))
    with opened(me.pk, door="screen") as call:
        leave.allow(call, person=whose, kind=kind, year=year, days=int(given["days"]))
    return answers.go(request, f"{reverse('absences:leave')}?year={year}", toast=Toast(_("The days are kept")))


def _kind(text: str) -> Kind | None:
    return Kind.objects.filter(pk=int(text)).first() if text.isdecimal() else None


def _year(text: str) -> int:
    year = int(text) if text.isdecimal() else 0
    return year if year in YEARS else timezone.localdate(clock.now()).year
