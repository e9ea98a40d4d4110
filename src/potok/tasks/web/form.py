"""The form of a task: giving a new one, changing one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people import public as company
from potok.tasks import access, links, models, operations, queries, rules
from potok.tasks.models import Task
from potok.tasks.web import reading
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shapes import Option


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Give somebody a task."""
    if request.method == "GET":
        return answers.draw(request, "tasks/form.html", _blank(request))
    lines = [one for one in request.POST.get("checklist", "").splitlines() if one.strip()]
    with doors.opened(request.user.pk, door=SCREEN) as call:
        task = operations.add(call, **reading.task(request.POST), checklist=lines)
    response = answers.go(request, reverse("tasks:card", args=[task.pk]), toast=Toast(gettext("The task is given")))
    return answers.made(response, type="task", id=task.pk, title=task.title) if answers.by_script(request) else response


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: int) -> HttpResponse:
    """Change a task."""
    task = queries.found(request.user.pk, id=id)
    if request.method == "GET":
        rules.check_change(access.standing(task, by=request.user.pk))
        return answers.draw(request, "tasks/form.html", _filled(request, task))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.change(call, task=task, fields=reading.task(request.POST))
    return answers.go(request, reverse("tasks:card", args=[task.pk]), toast=Toast(gettext("The task is changed")))


def people_chosen(task: Task) -> dict[str, list[Option]]:
    """The people of a task as pickers have them."""
    named: dict[str, list[int | None]] = {
        "responsible": [task.responsible_id],
        "controller": [task.controller_id],
        "observers": list(task.observers),
        "accomplices": list(task.accomplices),
    }
    found = company.by_id({one for people in named.values() for one in people if one is not None})
    return {
        name: [option(found[one]) for one in people if one is not None and one in found]
        for name, people in named.items()
    }


def groups(request: HttpRequest, chosen: int | None) -> list[tuple[int, str]]:
    """The groups that a task may be given in."""
    own = access.groups_of(request.user.pk or 0) | company.Group.objects.filter(pk=chosen or 0)
    return list(own.distinct().order_by("name").values_list("pk", "name"))


def priorities() -> list[tuple[str, str]]:
    return [(name, gettext(title)) for name, title in rules.PRIORITIES.items()]


def option(person: Any) -> Option:
    """A person as a picker has him."""
    return Option(value=str(person.pk), title=str(person), face=person)


def planned(minutes: int | None) -> str:
    """A planned time as it is typed: «1:30»."""
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


def _blank(request: HttpRequest) -> dict[str, Any]:
    given = request.GET
    records = [one for one in given.getlist("record") if one.rpartition(":")[2].isdecimal()]
    parent = reading.number(given.get("parent", ""))
    above = queries.found(request.user.pk, id=parent) if parent else None
    group = reading.number(given.get("group", "")) or (above.group_id if above else None)
    person = request.user.pk or 0
    task = Task(
        records=records or (above.records if above else []),
        priority=rules.NORMAL,
        responsible_id=person,
        creator_id=person,
        group_id=group,
        parent=above,
    )
    return {"is_new": True, **_choices(request, task)}


def _filled(request: HttpRequest, task: Task) -> dict[str, Any]:
    return {"is_new": False, **_choices(request, task)}


def _choices(request: HttpRequest, task: Task) -> dict[str, Any]:
    return {
        "task": task,
        **reading.shown("deadline", task.deadline),
        **reading.shown("begins_at", task.begins_at),
        **people_chosen(task),
        "parent": [Option(value=str(task.parent.pk), title=task.parent.title)] if task.parent else [],
        "groups": groups(request, task.group_id),
        "priorities": priorities(),
        "planned": planned(task.planned_minutes),
        "is_more_open": bool(
            task.accomplices or task.begins_at or task.planned_minutes or task.needs_control or task.parent_id
        ),
        "links": [(models.spelled(ref), link) for ref, link in links.of(task.refs(), by=request.user.pk).items()],
    }
