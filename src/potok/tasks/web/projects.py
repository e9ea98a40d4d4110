"""The screens of projects: which there are, who is in them in which role, the columns of their boards."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people import public as company
from potok.tasks import access, projects, queries, rules
from potok.tasks.models import Project
from potok.tasks.web import form, reading
from potok.ui import answers
from potok.ui.answers import Toast


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the projects that the person is in."""
    found = projects.visible_to(request.user.pk)
    open_count = dict(
        queries.visible_to(request.user.pk)
        .filter(group__in=[one.group_id for one in found])
        .values_list("group")
        .annotate(count=Count("pk", filter=~Q(status=rules.DONE)))
    )
    people = {one.group_id: one.group.people.count() for one in found}
    lines = [(one, open_count.get(one.group_id, 0), people[one.group_id]) for one in found]
    return answers.draw(request, "tasks/projects.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Begin a project."""
    if request.method == "GET":
        return answers.draw(request, "tasks/project_form.html", {"project": None, "people": [], "may_lead": True})
    given = request.POST
    with doors.opened(request.user.pk, door=SCREEN) as call:
        project = projects.add(
            call, name=given.get("name", ""), purpose=given.get("purpose", ""), people=reading.numbers(given, "people")
        )
    return answers.go(request, _board(project), toast=Toast(gettext("The project is begun")))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: int) -> HttpResponse:
    """Change a project, its people and the columns of its board."""
    project = projects.found(request.user.pk, group=id)
    if request.method == "GET":
        return answers.draw(request, "tasks/project_form.html", _filled(request, project))
    given = request.POST
    with doors.opened(request.user.pk, door=SCREEN) as call:
        projects.change(
            call,
            project=project,
            name=given.get("name", ""),
            purpose=given.get("purpose", ""),
            leader=reading.number(given.get("leader", "")),
            moderators=reading.numbers(given, "moderators"),
            people=reading.numbers(given, "people"),
        )
        projects.write_stages(call, project=project, titles=_columns(given))
    return answers.go(request, _board(project), toast=Toast(gettext("The project is changed")))


@require_POST
def closure(request: HttpRequest, id: int) -> HttpResponse:
    """Close a project, or open it again."""
    project = projects.found(request.user.pk, group=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        projects.close(call, project=project, again=project.closed_at is not None)
    return answers.go(request, reverse("tasks:projects"))


def _columns(given: QueryDict) -> list[tuple[int | None, str]]:
    """The columns as they were typed, in their order; one without a name is none."""
    numbers, titles = given.getlist("stage"), given.getlist("title")
    return [(reading.number(one), title) for one, title in zip(numbers, titles, strict=False) if title.strip()]


def _filled(request: HttpRequest, project: Project) -> dict[str, Any]:
    people = list(project.group.people.order_by("sort_key"))
    helpers = company.by_id(project.moderators)
    return {
        "project": project,
        "people": [form.option(one) for one in people],
        "leader": [form.option(project.leader)],
        "moderators": [form.option(one) for one in helpers.values()],
        "stages": [*projects.stages(project.group_id), None],
        "may_lead": access.leads(request.user.pk, project.group_id),
        "board_url": _board(project),
    }


def _board(project: Project) -> str:
    return f"{reverse('tasks:board')}?view=all&group={project.group_id}"
