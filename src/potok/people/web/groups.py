"""Groups: named people across departments, for tasks, roles and processes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people import access, queries
from potok.people.models import Group, Person
from potok.people.operations import groups
from potok.people.permissions import EDIT_GROUPS
from potok.people.web.asked import me, needs, number
from potok.people.web.find import options
from potok.ui import answers
from potok.ui.answers import Toast


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the groups with their people."""
    shown = {
        "groups": Group.objects.prefetch_related("people").order_by("name"),
        "edits": access.may(me(request).pk, permission=EDIT_GROUPS),
    }
    return answers.draw(request, "people/groups.html", shown)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    if request.method == "GET":
        needs(request, EDIT_GROUPS)
        return render(request, "people/group_form.html", {"group": None, "people": []})
    with opened(me(request).pk, door="screen") as call:
        groups.add(call, name=request.POST.get("name", ""), people=_people(request))
    return answers.go(request, "/groups/", toast=Toast(_("The group is added")))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Call a group something else, let others be in it."""
    group = queries.group(id)
    if request.method == "GET":
        needs(request, EDIT_GROUPS)
        people = list(group.people.order_by("sort_key"))
        return render(request, "people/group_form.html", {"group": group, "people": options(people)})
    with opened(me(request).pk, door="screen") as call:
        groups.change(call, group=group, name=request.POST.get("name", ""), people=_people(request))
    return answers.go(request, "/groups/", toast=Toast(_("The group is changed")))


def _people(request: HttpRequest) -> list[Person]:
    wanted = {number(text) for text in request.POST.getlist("people") if text}
    found = queries.by_id(wanted)
    if gone := wanted - found.keys():
        raise MISSING(id=min(gone))
    return list(found.values())
