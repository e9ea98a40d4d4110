"""The form of a task: giving a new one, changing one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.engine import values
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import Refusals, Refused
from potok.people import public as company
from potok.tasks import access, links, models, operations, queries, rules
from potok.tasks.models import Task
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shapes import Option


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Give somebody a task."""
    if request.method == "GET":
        return answers.draw(request, "tasks/form.html", _blank(request))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        task = operations.add(call, **_read(request), checklist=request.POST.get("checklist", "").splitlines())
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
        operations.change(call, task=task, fields=_read(request))
    return answers.go(request, reverse("tasks:card", args=[task.pk]), toast=Toast(gettext("The task is changed")))


def _read(request: HttpRequest) -> dict[str, Any]:
    """What was typed, as the operation takes it; all that cannot be read is refused together, each with its place."""
    given = request.POST
    readers: dict[str, Callable[[], Any]] = {
        "title": lambda: rules.tidy_title(given.get("title", "")),
        "description": lambda: rules.tidy_text(given.get("description", "")),
        "responsible": lambda: _person(given.get("responsible", ""), place="responsible"),
        "controller": lambda: _number(given.get("controller", "")),
        "observers": lambda: [int(one) for one in given.getlist("observers") if one.isdecimal()],
        "group": lambda: _number(given.get("group", "")),
        "deadline": lambda: _deadline(given.get("deadline", ""), given.get("deadline_hour", "")),
        "priority": lambda: rules.tidy_priority(given.get("priority", rules.NORMAL)),
        "records": lambda: [models.read(one) for one in given.getlist("records") if one.rpartition(":")[2].isdecimal()],
    }
    read, wrong = {}, []
    for name, reader in readers.items():
        try:
            read[name] = reader()
        except Refused as refused:
            wrong.append(refused)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)
    return read


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _person(text: str, *, place: str) -> int:
    if not text.isdecimal():
        raise rules.NO_RESPONSIBLE(place=place)
    return int(text)


def _deadline(day: str, hour: str) -> datetime | None:
    """The moment by which the task is to be done, on the clock of the person; without an hour the end of the day."""
    text = f"{day.strip()} {hour.strip()}".strip()
    try:
        read = values.deadline(text or None, zone=timezone.get_current_timezone())
    except values.WrongType:
        raise rules.WRONG_DEADLINE(place="deadline") from None
    return read if isinstance(read, datetime) else None


def _blank(request: HttpRequest) -> dict[str, Any]:
    records = [one for one in request.GET.getlist("record") if one.rpartition(":")[2].isdecimal()]
    task = Task(records=records, priority=rules.NORMAL, observers=[])
    return {"is_new": True, "responsible": [_option(request.user)], **_choices(request, task)}


def _filled(request: HttpRequest, task: Task) -> dict[str, Any]:
    return {"is_new": False, "responsible": [_option(task.responsible)], **_choices(request, task)}


def _choices(request: HttpRequest, task: Task) -> dict[str, Any]:
    groups = access.groups_of(request.user.pk or 0) | company.Group.objects.filter(pk=task.group_id or 0)
    people = company.by_id(task.observers)
    controller = task.controller if task.controller_id else None
    return {
        "task": task,
        **_due(task.deadline),
        "controller": [_option(controller)] if controller else [],
        "observers": [_option(people[one]) for one in task.observers if one in people],
        "groups": list(groups.distinct().order_by("name").values_list("pk", "name")),
        "priorities": [(name, gettext(title)) for name, title in rules.PRIORITIES.items()],
        "links": [(models.spelled(ref), link) for ref, link in links.of(task.refs(), by=request.user.pk).items()],
    }


def _due(deadline: datetime | None) -> dict[str, str]:
    """The day and the hour of the form; the last minute of a day is the day alone."""
    if deadline is None:
        return {"deadline_day": "", "deadline_hour": ""}
    shown = timezone.localtime(deadline)
    hour = "" if shown.time().replace(second=0, microsecond=0) == values.END_OF_DAY else f"{shown:%H:%M}"
    return {"deadline_day": f"{shown:%Y-%m-%d}", "deadline_hour": hour}


def _option(person: Any) -> Option:
    return Option(value=str(person.pk), title=str(person), face=person)
