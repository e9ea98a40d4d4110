"""Roles: which permissions each grants and how far they reach, and who holds it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.kit.permissions import Permission, permissions
from potok.people import queries
from potok.people.models import Department, Grant, Group, Role, RoleHolder
from potok.people.operations import roles
from potok.people.permissions import EDIT_ROLES
from potok.people.rules import Extent
from potok.people.web.asked import department_or_none, group_or_none, me, needs, person_or_nobody
from potok.ui import answers
from potok.ui.answers import Toast

REACHES = (
    (Extent.OWN, gettext_lazy("Own")),
    (Extent.DEPARTMENT, gettext_lazy("Own department")),
    (Extent.SUBTREE, gettext_lazy("Department and below")),
    (Extent.ALL, gettext_lazy("Everything")),
)
YES = ((Extent.ALL, gettext_lazy("Allowed")),)


@dataclass(frozen=True)
class Line:
    """One permission of the matrix, what may be chosen for it, and what is chosen."""

    permission: Permission
    choices: tuple[tuple[Extent, Any], ...]
    extent: int | str


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the roles, and the permissions and holders of the chosen one."""
    needs(request, EDIT_ROLES)
    all_roles = list(Role.objects.order_by("name"))
    asked = request.GET.get("role", "")
    role = next((one for one in all_roles if str(one.pk) == asked), all_roles[0] if all_roles else None)
    shown: dict[str, Any] = {"roles": all_roles, "role": role}
    if role:
        shown |= {"groups_of_lines": lines(role), "holders": _holders(role), **_offered()}
    return answers.draw(request, "people/roles.html", shown)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Make a role."""
    with opened(me(request).pk, door="screen") as call:
        role = roles.add(call, name=request.POST.get("name", ""))
    return answers.go(request, f"/roles/?role={role.pk}", toast=Toast(_("The role is added")))


@require_POST
def grants(request: HttpRequest, id: int) -> HttpResponse:
    """Keep the whole matrix of a role; only what differs is written."""
    role = queries.role(id)
    was = dict(Grant.objects.filter(role=role).values_list("permission", "extent"))
    with opened(me(request).pk, door="screen") as call:
        for name in permissions:
            text = request.POST.get(name)
            wanted = Extent(int(text)) if text in {str(int(extent)) for extent in Extent} else None
            if text is not None and wanted != was.get(name):
                roles.grant(call, role=role, permission=name, extent=wanted)
    return answers.go(request, f"/roles/?role={id}", toast=Toast(_("Permissions are kept")))


@require_POST
def holders(request: HttpRequest, id: int) -> HttpResponse:
    """Give a role to somebody, or take it with `take`."""
    act = roles.take if "take" in request.POST else roles.give
    with opened(me(request).pk, door="screen") as call:
        act(
            call,
            role=queries.role(id),
            person=person_or_nobody(request.POST.get("person")),
            department=department_or_none(request.POST.get("department")),
            group=group_or_none(request.POST.get("group")),
        )
    return answers.go(request, f"/roles/?role={id}", toast=Toast(_("Holders are changed")))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Remove a role."""
    with opened(me(request).pk, door="screen") as call:
        roles.remove(call, role=queries.role(id))
    return answers.go(request, "/roles/", toast=Toast(_("The role is removed")))


def lines(role: Role) -> list[tuple[str, list[Line]]]:
    """Put the permissions into groups by the thing they are about, with what the role grants of each."""
    granted = dict(Grant.objects.filter(role=role).values_list("permission", "extent"))
    groups: dict[str, list[Line]] = defaultdict(list)
    for name, one in permissions.all().items():
        thing = name.rpartition(".")[0]
        groups[thing].append(Line(one, REACHES if one.of_records else YES, granted.get(name, "")))
    return sorted(groups.items())


def _holders(role: Role) -> list[RoleHolder]:
    return list(RoleHolder.objects.filter(role=role).select_related("person", "department", "group").order_by("pk"))


def _offered() -> dict[str, Any]:
    return {
        "departments": [(one.pk, one.name) for one in Department.objects.order_by("sort_key")],
        "groups": [(one.pk, one.name) for one in Group.objects.order_by("name")],
    }
