"""What roles leave out of the records of a type: each field and each pipeline, seen whole, to be read, or hidden."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.people.public import Role
from potok.records import catalogue
from potok.records.limits import NEVER
from potok.records.models import Limit
from potok.records.operations import sharing
from potok.records.record_types import RecordType
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.answers import Toast

CHOICES = ((Limit.READ_ONLY, gettext_lazy("Only to be read")), (Limit.HIDDEN, gettext_lazy("Hidden")))


@dataclass(frozen=True)
class Line:
    """One field or pipeline, and how the role is limited in it."""

    name: str
    title: str
    level: str


@require_http_methods(["GET", "POST"])
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw what a role leaves out, or keep it; only what differs is written."""
    _check(request)
    roles = list(Role.objects.order_by("name"))
    asked = request.GET.get("role", "")
    role = next((one for one in roles if str(one.pk) == asked), roles[0] if roles else None)
    if request.method == "POST" and role is not None:
        _keep(request, of, role)
        said = Toast(_("Permissions are kept"))
        return answers.go(request, f"{request.path}?role={role.pk}", toast=said)
    context = {
        "of": of,
        "roles": roles,
        "role": role,
        "choices": CHOICES,
        "fields": _fields(of, role),
        "pipelines": _pipelines(of, role),
    }
    return answers.draw(request, "records/settings_rights.html", context)


def _keep(request: HttpRequest, of: RecordType, role: Role) -> None:
    pipelines = {f"pipeline-{one.pk}": one for one in catalogue.whole().pipelines.get(of.name, [])}
    with opened(request.user.pk, door="screen") as call:
        for line in [*_fields(of, role), *_pipelines(of, role)]:
            level = request.POST.get(line.name, "")
            if level == line.level:
                continue
            if line.name in pipelines:
                sharing.limit(call, role=role, record_type=of.name, pipeline=pipelines[line.name], level=level)
            else:
                sharing.limit(call, role=role, record_type=of.name, field=line.name, level=level)


def _fields(of: RecordType, role: Role | None) -> list[Line]:
    known = {one.field: one.level for one in _limits(of, role)}
    fields = [one for one in catalogue.whole().of(of).values() if one.name not in NEVER]
    return [Line(one.name, str(one.title), known.get(one.name, "")) for one in fields]


def _pipelines(of: RecordType, role: Role | None) -> list[Line]:
    known = {one.pipeline_id: one.level for one in _limits(of, role)}
    pipelines = catalogue.whole().pipelines.get(of.name, [])
    return [Line(f"pipeline-{one.pk}", one.title, known.get(one.pk, "")) for one in pipelines]


def _limits(of: RecordType, role: Role | None) -> list[Limit]:
    return [one for one in catalogue.whole().limits.get(of.name, []) if role is not None and one.role_id == role.pk]


def _check(request: HttpRequest) -> None:
    needed = people.permissions.EDIT_ROLES
    if not people.may(request.user.pk, permission=needed):
        raise FORBIDDEN(permission=permissions[needed].title)
