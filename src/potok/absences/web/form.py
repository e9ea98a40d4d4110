"""The form of an absence: asked for oneself, or entered for somebody by whoever may."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from potok.absences import access, days, kinds, leave, rules
from potok.absences.web.card import address
from potok.absences.web.inside import inside
from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.people import public as people
from potok.people.public import Absence, Person, absences
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shapes import Option


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Ask to be away, or enter an absence."""
    me = inside(request)
    if request.method == "GET":
        return _form(request, me)
    with opened(me.pk, door="screen") as call:
        one = _made(call, request, me)
    asked = one.status == "asked"
    said = _("Your head is asked") if asked else _("The absence is entered")
    there = reverse("absences:mine") if asked else address(one)
    return answers.made(
        answers.go(request, there, toast=Toast(said)), type="absence", id=one.pk, title=kinds.title(one.kind)
    )


def _made(call: Call, request: HttpRequest, me: Person) -> Absence:
    given = request.POST
    person = _person(given.get("person", "")) or me
    first = read_day(given.get("from", ""), place="from")
    last = read_day(given.get("to", "") or given.get("from", ""), place="to")
    begins_at, ends_at = days.stretch(person, first, last)
    asked: dict[str, Any] = {
        "person": person,
        "begins_at": begins_at,
        "ends_at": ends_at,
        "kind": given.get("kind", ""),
        "note": given.get("note", ""),
        "deputy": _person(given.get("deputy", "")),
    }
    # Who may enter absences asks nobody, unless it is his own and he has a head.
    enters = access.may_enter(me.pk, person=person.pk) and person.pk != me.pk
    if enters or me.is_administrator:
        return absences.add(call, **asked, whereabouts=given.get("whereabouts", ""))
    return absences.ask(call, **asked)


def _form(request: HttpRequest, me: Person) -> HttpResponse:
    today = timezone.localdate(clock.now())
    month = request.GET.get("month", "")
    shown = {
        "kinds": kinds.offered(),
        "balances": leave.balances([me], year=today.year)[me.pk],
        "first": month + "-01" if len(month) == len("2026-11") and month != f"{today:%Y-%m}" else f"{today:%Y-%m-%d}",
        "enters": people.may(me.pk, permission=people.permissions.EDIT_ABSENCES),
        "me": [Option(value=str(me.pk), title=str(me), face=me)],
    }
    return answers.draw(request, "absences/form.html", shown)


def _person(text: str) -> Person | None:
    return people.person(int(text)) if text.isdecimal() else None


def read_day(text: str, *, place: str) -> date:
    """Read a day of the form; refused beside its field."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise rules.NO_DAY(place=place) from None
