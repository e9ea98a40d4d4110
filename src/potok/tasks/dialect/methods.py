"""`tasks.task.*`: each calls the one query or operation behind it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext
from pydantic import AliasChoices
from pydantic import Field as Default

from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.kit.errors import Missing
from potok.kit.lists import piece
from potok.people import public as company
from potok.tasks import attachments, operations, queries, rules
from potok.tasks.dialect import forms, naming
from potok.tasks.models import Task

SCOPE = "task"


class ListArguments(Arguments):
    """Which tasks."""

    filter: Any = Default(default_factory=dict)
    order: Any = Default(default_factory=dict)
    select: list[str] = Default(default_factory=list)
    start: int = 0


class GetArguments(Arguments):
    """Which task, and what of it. The reference says `taskId`, one client says `id`."""

    taskId: int = Default(validation_alias=AliasChoices("taskId", "id", "ID"))  # noqa: N815 (the name on the wire)
    select: list[str] = Default(default_factory=list)


class AddArguments(Arguments):
    """A new task."""

    fields: dict[str, Any]


class UpdateArguments(Arguments):
    """What changes in a task."""

    taskId: int  # noqa: N815 (the name on the wire)
    fields: dict[str, Any]


class ReturnArguments(GetArguments):
    """Which work goes back, and why. The reference knows no comment; who says one is heard."""

    comment: str = Default("", validation_alias=AliasChoices("comment", "COMMENT"))


class DelegateArguments(Arguments):
    """Which task, and whose it becomes."""

    taskId: int  # noqa: N815 (the name on the wire)
    userId: int  # noqa: N815 (the name on the wire)


@method("tasks.task.list", scope=SCOPE)
def list_(call: Call, given: ListArguments) -> Page:
    """List the tasks that the caller may see, fifty at a time."""
    rows = queries.visible_to(call.by).select_related("group")
    tasks, total = piece(rows, forms.COLUMNS, filter=given.filter, order=given.order, start=given.start)
    people = company.by_id(forms.everybody(tasks))
    shown = [forms.shown(task, people=people, select=given.select) for task in tasks]
    return page({"tasks": shown}, start=given.start, shown=len(shown), total=total)


@method("tasks.task.get", scope=SCOPE)
def get(call: Call, given: GetArguments) -> dict[str, Any]:
    """Show one task. One that is not there is an empty answer and no error: clients expect it so."""
    try:
        return _answer(queries.found(call.by, id=given.taskId), select=given.select)
    except Missing:
        return {}


@method("tasks.task.add", scope=SCOPE)
def add(call: Call, given: AddArguments) -> dict[str, Any]:
    """Give somebody a task; the caller is its creator, and does it himself where nobody is named."""
    fields = {"title": "", "responsible": call.author, **forms.read(given.fields)}
    if fields["responsible"] is None:
        raise rules.NO_RESPONSIBLE(place="responsible")
    task = operations.add(call, **fields)
    _hang(call, task, given.fields)
    return _answer(task)


@method("tasks.task.update", scope=SCOPE)
def update(call: Call, given: UpdateArguments) -> dict[str, Any]:
    """Change fields of a task; a status that differs is the operation that leads to it."""
    task = _found(call, given.taskId)
    if fields := forms.read(given.fields):
        operations.change(call, task=task, fields=fields)
    _hang(call, task, given.fields)
    if code := _told(given.fields, "STATUS"):
        _lead(call, task, naming.status_of(str(code)))
    return _answer(task)


@method("tasks.task.complete", scope=SCOPE)
def complete(call: Call, given: GetArguments) -> dict[str, Any]:
    """Complete a task."""
    return _answer(operations.complete(call, task=_found(call, given.taskId)))


@method("tasks.task.start", scope=SCOPE)
def start(call: Call, given: GetArguments) -> dict[str, Any]:
    """Begin the work on a task."""
    return _answer(operations.start(call, task=_found(call, given.taskId)))


@method("tasks.task.pause", scope=SCOPE)
def pause(call: Call, given: GetArguments) -> dict[str, Any]:
    """Let a task wait to be begun again."""
    return _answer(operations.resume(call, task=_found(call, given.taskId)))


@method("tasks.task.defer", scope=SCOPE)
def defer(call: Call, given: GetArguments) -> dict[str, Any]:
    """Put a task off."""
    return _answer(operations.defer(call, task=_found(call, given.taskId)))


@method("tasks.task.renew", scope=SCOPE)
def renew(call: Call, given: GetArguments) -> dict[str, Any]:
    """Open a completed task again; one that was put off is taken up."""
    task = _found(call, given.taskId)
    if task.is_closed:
        return _answer(operations.reopen(call, task=task, anew=True))
    return _answer(operations.resume(call, task=task))


@method("tasks.task.approve", scope=SCOPE)
def approve(call: Call, given: GetArguments) -> dict[str, Any]:
    """Accept the work that was handed in."""
    return _answer(operations.accept(call, task=_found(call, given.taskId)))


@method("tasks.task.disapprove", scope=SCOPE)
def disapprove(call: Call, given: ReturnArguments) -> dict[str, Any]:
    """Send back the work that was handed in, with a comment if one is given."""
    comment = given.comment.strip() or gettext("The work is sent back")
    return _answer(operations.send_back(call, task=_found(call, given.taskId), comment=comment))


@method("tasks.task.delegate", scope=SCOPE)
def delegate(call: Call, given: DelegateArguments) -> dict[str, Any]:
    """Make somebody else responsible."""
    task = _found(call, given.taskId)
    return _answer(operations.change(call, task=task, fields={"responsible": given.userId}))


@method("tasks.task.delete", scope=SCOPE)
def delete(call: Call, given: GetArguments) -> dict[str, bool]:
    """Remove a task for good."""
    operations.remove(call, task=_found(call, given.taskId))
    return {"task": True}


def _found(call: Call, id: int) -> Task:
    try:
        return queries.found(call.by, id=id)
    except Missing as missing:
        raise WireError("0", missing.sentence()) from None


def _lead(call: Call, task: Task, status: str) -> None:
    if status == task.status:
        return
    if task.is_closed:
        operations.reopen(call, task=task)
    elif status != rules.AWAITING or task.needs_control:
        LEADING[status](call, task=task)


# The operation that leads to a status.
LEADING: Mapping[str, Callable[..., Task]] = {
    rules.NEW: operations.resume,
    rules.IN_PROGRESS: operations.start,
    rules.AWAITING: operations.complete,
    rules.DEFERRED: operations.defer,
    rules.DONE: operations.complete,
}


def _hang(call: Call, task: Task, fields: dict[str, Any]) -> None:
    if ids := forms.file_ids(_told(fields, "UF_TASK_WEBDAV_FILES")):
        attachments.hang(call, task=task, ids=ids)


def _told(fields: dict[str, Any], wanted: str) -> Any:
    return next((raw for name, raw in fields.items() if str(name).upper() == wanted), None)


def _answer(task: Task, *, select: list[str] | None = None) -> dict[str, Any]:
    people = company.by_id(forms.everybody([task]))
    return {"task": forms.shown(task, people=people, select=select or ())}
