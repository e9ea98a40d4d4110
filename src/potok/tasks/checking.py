"""What a change of a task must fit: people and groups that are there, a parent that is no part of it, a column."""

from collections.abc import Mapping
from typing import Any

from potok.tasks import access, rules
from potok.tasks.models import Stage, Task


def check(task: Task, now: Mapping[str, Any]) -> None:
    """Refuse fields that do not fit the task or each other."""
    access.check_people(now)
    rules.check_stretch(now.get("begins_at", task.begins_at), now.get("deadline", task.deadline))
    if now.get("parent") is not None:
        _check_parent(task, now["parent"])
    if now.get("stage") is not None and not _has_stage(now["stage"], group=now.get("group", task.group_id)):
        raise rules.UNKNOWN_STAGE(place="stage")


def _check_parent(task: Task, parent: int) -> None:
    above: int | None = parent
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == task.pk:
            raise rules.OWN_PARENT(place="parent")
        seen.add(above)
        above = Task.objects.filter(pk=above).values_list("parent_id", flat=True).first()


def _has_stage(stage: int, *, group: int | None) -> bool:
    return Stage.objects.filter(pk=stage, group=group).exists()
