"""Leading a task from status to status. Each is one conditional update: of two who try at once, one does."""

from collections.abc import Set
from typing import Any

from potok.kit import events
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.operations import operation
from potok.tasks import access, comments, rules
from potok.tasks.events import (
    TaskClosed,
    TaskDeferred,
    TaskHandedIn,
    TaskMoved,
    TaskReopened,
    TaskSentBack,
    TaskStarted,
)
from potok.tasks.models import Task
from potok.tasks.operations.writing import touch


@operation("tasks.task.start", needs="")
def start(call: Call, *, task: Task) -> Task:
    """Say that the work on a task has begun."""
    rules.check_start(access.standing(task, by=call.by), status=task.status)
    _move(
        call, task, rules.IN_PROGRESS,
        out_of=rules.STARTABLE, late=rules.STARTED_ALREADY(), started_at=task.started_at or call.at,
    )  # fmt: skip
    events.announce(TaskStarted(call=call, task=task.pk, by=call.author))
    return task


@operation("tasks.task.defer", needs="")
def defer(call: Call, *, task: Task) -> Task:
    """Put a task off: it waits for nobody until somebody takes it up again."""
    rules.check_defer(access.standing(task, by=call.by), status=task.status)
    _move(call, task, rules.DEFERRED, out_of=rules.ACTIVE, late=rules.NOT_ACTIVE())
    events.announce(TaskDeferred(call=call, task=task.pk, by=call.author))
    return task


@operation("tasks.task.resume", needs="")
def resume(call: Call, *, task: Task) -> Task:
    """Let a task that was put off, or is in progress, wait to be begun."""
    rules.check_resume(access.standing(task, by=call.by), status=task.status)
    _move(call, task, rules.NEW, out_of=rules.RESUMABLE, late=rules.NOT_ACTIVE())
    events.announce(TaskReopened(call=call, task=task.pk, by=call.author))
    return task


@operation("tasks.task.complete", needs="")
def complete(call: Call, *, task: Task) -> Task:
    """Complete a task: by its responsible person, its creator or its controller. Of two who try at once, one does.

    Where the work has to be accepted, the responsible person hands it in; who may accept it completes it at once.
    """
    standing = access.standing(task, by=call.by)
    rules.check_close(standing, status=task.status)
    if rules.outcome(standing, needs_control=task.needs_control) == rules.AWAITING:
        _move(call, task, rules.AWAITING, out_of=rules.ACTIVE | rules.RESUMABLE, late=rules.CLOSED_ALREADY())
        events.announce(TaskHandedIn(call=call, task=task.pk, by=call.author))
        return task
    return _close(call, task, out_of=rules.OPEN, late=rules.CLOSED_ALREADY())


@operation("tasks.task.accept", needs="")
def accept(call: Call, *, task: Task) -> Task:
    """Accept work that was handed in; the task is completed by that."""
    rules.check_accept(access.standing(task, by=call.by), status=task.status)
    return _close(call, task, out_of={rules.AWAITING}, late=rules.NOT_HANDED_IN())


@operation("tasks.task.send_back", needs="")
def send_back(call: Call, *, task: Task, comment: str = "") -> Task:
    """Do not accept work that was handed in; the comment says what is still to be done."""
    rules.check_accept(access.standing(task, by=call.by), status=task.status)
    if not comment.strip() and call.by is not None:
        raise rules.UNEXPLAINED(place="comment")
    _move(call, task, rules.IN_PROGRESS, out_of={rules.AWAITING}, late=rules.NOT_HANDED_IN())
    if comment.strip():
        comments.add(call, task=task, text=comment)
    events.announce(TaskSentBack(call=call, task=task.pk, by=call.author))
    return task


@operation("tasks.task.reopen", needs="")
def reopen(call: Call, *, task: Task, anew: bool = False) -> Task:
    """Open a completed task again, with `anew` as one that nobody has begun.

    A process that waited for it has gone on and does not come back.
    """
    rules.check_reopen(access.standing(task, by=call.by), status=task.status)
    _move(
        call, task, rules.NEW if anew else rules.IN_PROGRESS,
        out_of={rules.DONE}, late=rules.NOT_CLOSED(), closed_at=None, closed_by_id=None,
    )  # fmt: skip
    events.announce(TaskReopened(call=call, task=task.pk, by=call.author))
    return task


def _close(call: Call, task: Task, *, out_of: Set[str], late: Refused) -> Task:
    _move(call, task, rules.DONE, out_of=out_of, late=late, closed_at=call.at, closed_by_id=call.author)
    events.announce(TaskClosed(call=call, task=task.pk, by=call.author))
    return task


def _move(call: Call, task: Task, status: str, *, out_of: Set[str], late: Refused, **columns: Any) -> None:
    """Lead the task on, if it still stands where one may come from; otherwise somebody was quicker."""
    wakes_at = rules.next_wake(status=status, begins_at=task.begins_at, deadline=task.deadline, after=call.at)
    written = {"status": status, "changed_at": call.at, "wakes_at": wakes_at, **columns}
    if not Task.objects.filter(pk=task.pk, status__in=sorted(out_of)).update(**written):
        raise late
    events.announce(TaskMoved(call=call, task=task.pk, was=task.status, now=status))
    for column, value in written.items():
        setattr(task, column, value)
    touch(task.pk, task.records)
    if task.parent_id is not None:
        events.touch("task", task.parent_id)
