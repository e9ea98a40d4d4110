"""Questions about tasks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from potok.engine.values import RecordRef
from potok.kit.errors import Refused
from potok.kit.queries import query
from potok.tasks import access, rules
from potok.tasks.models import Task, Tasks, taking_part

BESIDE = ("responsible", "creator", "controller", "group", "closed_by", "parent", "stage")


def visible_to(person: int | None) -> Tasks:
    """The tasks that a person may see: his own, those of his project groups, those that his permissions reach."""
    if person is None:
        return Task.objects.all()
    tasks: Tasks = Task.objects.all()
    return tasks.filter(taking_part(person) | Q(group__in=access.groups_of(person)) | access.reached(person))


def found(person: int | None, *, id: int) -> Task:
    """The task, if the person may see it; otherwise it is missing."""
    task = visible_to(person).select_related(*BESIDE).filter(pk=id)
    for one in task:
        return one
    raise rules.UNKNOWN_TASK(id=id)


def _states(asked: Sequence[Mapping[str, Any]]) -> Sequence[str | Refused]:
    known = dict(Task.objects.filter(pk__in={one["task"] for one in asked}).values_list("pk", "status"))
    return [known.get(one["task"]) or rules.UNKNOWN_TASK(id=one["task"]) for one in asked]


@query("tasks.task.status", all=_states)
def status(*, task: int) -> str:
    """Tell whether a task is new, in progress or done."""
    raise NotImplementedError


def locked_status(task: int) -> str | None:
    """The status under the row's lock, for whoever arms a wait on the task; None when it is gone."""
    row = Task.objects.select_for_update(no_key=True).filter(pk=task).values_list("status", flat=True)
    return row.first()


def about(record: RecordRef, *, by: int | None) -> Tasks:
    """The tasks that hang on a record, those that the person may see, the urgent first."""
    return visible_to(by).about(record).select_related("responsible").by_urgency()
