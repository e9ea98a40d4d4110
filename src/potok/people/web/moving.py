"""Departments and people put elsewhere in the structure by hand; each move is taken back by its opposite."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit.doors import opened
from potok.people import queries
from potok.people.operations import departments, persons
from potok.people.web.asked import department_or_none, me, number
from potok.ui import answers
from potok.ui.answers import Toast


@require_POST
def department(request: HttpRequest, id: int) -> HttpResponse:
    """Put a department, with all below it, under another one or at the top."""
    moved, above = queries.department(id), department_or_none(request.GET.get("to"))
    was = moved.parent_id
    with opened(me(request).pk, door="screen") as call:
        departments.move(call, department=moved, parent=above)
    where = _("%(what)s stands under %(where)s") if above else _("%(what)s stands at the top")
    back = f"/departments/{id}/place?{urlencode({'to': was or '', 'at': _at(request)})}"
    return _shown(request, where % {"what": moved, "where": above}, undo=back)


@require_POST
def person(request: HttpRequest, id: int) -> HttpResponse:
    """Let a person work in another department instead of the one that the list shows, or of his only one."""
    moved, to = queries.person(id), queries.department(number(request.GET.get("to")))
    with opened(me(request).pk, door="screen") as call:
        left = persons.move(call, person=moved, to=to, out_of=department_or_none(request.GET.get("at")))
    text = _("%(who)s works in %(where)s") % {"who": moved, "where": to}
    back = f"/people/{id}/place?{urlencode({'to': left.pk, 'at': to.pk})}" if left else ""
    return _shown(request, text, undo=back)


def _shown(request: HttpRequest, text: str, *, undo: str) -> HttpResponse:
    at = _at(request)
    return answers.go(request, f"/people/?department={at}" if at else "/people/", toast=Toast(text, undo=undo))


def _at(request: HttpRequest) -> str:
    at = request.GET.get("at", "")
    return at if at.isdecimal() else ""
