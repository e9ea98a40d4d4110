"""Tasks follow a record that becomes one with another."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.events import touch
from potok.records.public import merging
from potok.tasks.models import Task, spelled


def _count(lost: Sequence[RecordRef]) -> int:
    return Task.objects.filter(records__overlap=[spelled(one) for one in lost]).count()


def _move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> list[list[Any]]:
    gone, there = [spelled(one) for one in lost], spelled(kept)
    moved = []
    for task in Task.objects.filter(records__overlap=gone).select_for_update().order_by("pk"):
        before = task.records
        after = list(dict.fromkeys(there if one in gone else one for one in before))
        _write(task.pk, after)
        moved.append([task.pk, before, after])
    return moved


def _back(call: Call, moved: Sequence[Sequence[Any]]) -> None:
    for id, before, after in moved:
        if Task.objects.filter(pk=id, records=after).exists():
            _write(id, before)


def _write(task: int, records: list[str]) -> None:
    Task.objects.filter(pk=task).update(records=records)
    touch("task", task)


def fill() -> None:
    """Let tasks follow; once, at start-up."""
    merging.followers.add("tasks", merging.Follower(_("Tasks"), _count, _move, _back))
