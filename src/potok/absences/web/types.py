"""Kinds of absences on the screen: a table with a form for each, and one for a new kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from potok.absences import kinds, permissions, rules
from potok.absences.models import Kind
from potok.absences.web.inside import inside
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.people import public as people
from potok.ui import answers
from potok.ui.answers import Toast


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Draw the kinds; a POST adds one."""
    me = inside(request)
    if not people.may(me.pk, permission=permissions.KINDS):
        raise FORBIDDEN(permission=permissions.KINDS)
    if request.method == "POST":
        with opened(me.pk, door="screen") as call:
            kinds.add(call, code=request.POST.get("code", ""), **_read(request))
        return answers.go(request, reverse("absences:kinds"), toast=Toast(_("The kind is added")))
    shown = {"kinds": kinds.all_kinds(), "colours": rules.COLOURS}
    return answers.draw(request, "absences/kinds.html", shown)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Change a kind."""
    me, one = inside(request), Kind.objects.filter(pk=id).first()
    if one is None:
        raise MISSING(id=id)
    if not people.may(me.pk, permission=permissions.KINDS):
        raise FORBIDDEN(permission=permissions.KINDS)
    if request.method == "GET":
        return answers.draw(request, "absences/kind.html", {"one": one, "colours": rules.COLOURS})
    with opened(me.pk, door="screen") as call:
        kinds.change(call, kind=one, is_gone="is_gone" in request.POST, **_read(request))
    return answers.go(request, reverse("absences:kinds"), toast=Toast(_("The kind is changed")))


def _read(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    days = given.get("days", "").strip()
    if days and not days.isdecimal():
        raise rules.WRONG_DAYS(place="days", limit=rules.DAYS_MAX)
    return {
        "title": given.get("title", ""),
        "colour": int(given["colour"]) if given.get("colour", "").isdecimal() else 1,
        "is_paid": "is_paid" in given,
        "needs_approval": "needs_approval" in given,
        "days_a_year": int(days) if days else None,
    }
