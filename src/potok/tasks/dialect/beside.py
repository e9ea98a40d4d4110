"""What lies beside a task under Bitrix24's names: checklist, time spent, dependencies, history."""

from typing import Any

from pydantic import Field as Default

from potok.kit import lists
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, WireError, method
from potok.kit.errors import Missing
from potok.tasks import checklist, dependencies, history, linking, queries, spent
from potok.tasks.dialect import naming
from potok.tasks.models import Dependency, Happened, Item, Spent, Task

SCOPE = "task"
ENTRY_COLUMNS = {
    "ID": lists.number("pk"),
    "USER_ID": lists.number("person_id"),
    "CREATED_DATE": lists.moment("written_at"),
}
WHAT = {history.ADDED: "NEW"}
# Their names for what we call otherwise in the history.
HISTORY_FIELDS = {
    "responsible": "RESPONSIBLE_ID",
    "observers": "AUDITORS",
    "accomplices": "ACCOMPLICES",
    "group": "GROUP_ID",
    "parent": "PARENT_ID",
    "begins_at": "START_DATE_PLAN",
    "planned_minutes": "TIME_ESTIMATE",
    "needs_control": "TASK_CONTROL",
    "stage": "STAGE",
    "records": "UF_CRM_TASK",
}


class OfTask(Arguments):
    """Which task, in which order."""

    TASKID: int
    ORDER: Any = Default(default_factory=dict)
    FILTER: Any = Default(default_factory=dict)


class OneOf(Arguments):
    """One line of a task."""

    TASKID: int
    ITEMID: int


class Added(Arguments):
    """A new line of the checklist."""

    TASKID: int
    FIELDS: dict[str, Any]


class Changed(OneOf):
    """What changes in a line of the checklist."""

    FIELDS: dict[str, Any]


class TimeAdded(Arguments):
    """Time that was spent."""

    TASKID: int
    ARFIELDS: dict[str, Any]


class TimeChanged(OneOf):
    """What changes in time that was spent."""

    ARFIELDS: dict[str, Any]


class Linked(Arguments):
    """Two tasks."""

    taskIdFrom: int  # noqa: N815 (the name on the wire)
    taskIdTo: int  # noqa: N815 (the name on the wire)
    linkType: int = 2  # noqa: N815 (the name on the wire)


class Told(Arguments):
    """Whose history."""

    taskId: int  # noqa: N815 (the name on the wire)


LINE, ENTRY = ("TASKID", "ITEMID"), ("TASKID", "ARFIELDS")


@method("task.checklistitem.add", scope=SCOPE, positional=("TASKID", "FIELDS"))
def add_line(call: Call, given: Added) -> int:
    """Add a line to the checklist of a task and tell its number."""
    told = {name.upper(): raw for name, raw in given.FIELDS.items()}
    task = _task(call, given.TASKID)
    line = checklist.add(call, task=task, text=str(told.get("TITLE") or ""))
    if told.get("IS_COMPLETE") in ("Y", True, 1, "1"):
        checklist.tick(call, task=task, item=line.pk)
    return int(line.pk)


@method("task.checklistitem.getlist", scope=SCOPE, positional=("TASKID", "ORDER"))
def list_lines(call: Call, given: OfTask) -> list[dict[str, Any]]:
    """List the checklist of a task."""
    task = _task(call, given.TASKID)
    return [_line(task, one) for one in task.checklist.order_by("place", "pk")]


@method("task.checklistitem.get", scope=SCOPE, positional=LINE)
def get_line(call: Call, given: OneOf) -> dict[str, Any]:
    """Show one line of a checklist."""
    task = _task(call, given.TASKID)
    return _line(task, _one(task.checklist.filter(pk=given.ITEMID).first()))


@method("task.checklistitem.update", scope=SCOPE, positional=("TASKID", "ITEMID", "FIELDS"))
def update_line(call: Call, given: Changed) -> bool:
    """Say a line of a checklist in other words."""
    told = {name.upper(): raw for name, raw in given.FIELDS.items()}
    checklist.rename(call, task=_task(call, given.TASKID), item=given.ITEMID, text=str(told.get("TITLE") or ""))
    return True


@method("task.checklistitem.complete", scope=SCOPE, positional=LINE)
def complete_line(call: Call, given: OneOf) -> bool:
    """Tick a line off."""
    checklist.tick(call, task=_task(call, given.TASKID), item=given.ITEMID)
    return True


@method("task.checklistitem.renew", scope=SCOPE, positional=LINE)
def renew_line(call: Call, given: OneOf) -> bool:
    """Take the tick away."""
    checklist.tick(call, task=_task(call, given.TASKID), item=given.ITEMID, done=False)
    return True


@method("task.checklistitem.delete", scope=SCOPE, positional=LINE)
def delete_line(call: Call, given: OneOf) -> bool:
    """Take a line out."""
    checklist.remove(call, task=_task(call, given.TASKID), item=given.ITEMID)
    return True


@method("task.elapseditem.add", scope=SCOPE, positional=ENTRY)
def add_time(call: Call, given: TimeAdded) -> int:
    """Write down the caller's time on a task and tell the entry's number."""
    seconds, note = _time(given.ARFIELDS)
    return int(spent.add(call, task=_task(call, given.TASKID), seconds=seconds, note=note).pk)


@method("task.elapseditem.getlist", scope=SCOPE, positional=("TASKID", "ORDER", "FILTER"))
def list_times(call: Call, given: OfTask) -> list[dict[str, Any]]:
    """List the time that was spent on a task."""
    rows = Spent.objects.filter(lists.condition(ENTRY_COLUMNS, given.FILTER), task=_task(call, given.TASKID))
    return [_entry(one) for one in rows.order_by(*lists.ordering(ENTRY_COLUMNS, given.ORDER))]


@method("task.elapseditem.get", scope=SCOPE, positional=LINE)
def get_time(call: Call, given: OneOf) -> dict[str, Any]:
    """Show one entry of time."""
    return _entry(_one(Spent.objects.filter(task=_task(call, given.TASKID), pk=given.ITEMID).first()))


@method("task.elapseditem.update", scope=SCOPE, positional=("TASKID", "ITEMID", "ARFIELDS"))
def update_time(call: Call, given: TimeChanged) -> None:
    """Correct an entry of time."""
    seconds, note = _time(given.ARFIELDS)
    spent.change(call, task=_task(call, given.TASKID), entry=given.ITEMID, seconds=seconds, note=note or None)


@method("task.elapseditem.delete", scope=SCOPE, positional=LINE)
def delete_time(call: Call, given: OneOf) -> None:
    """Take an entry of time back."""
    spent.remove(call, task=_task(call, given.TASKID), entry=given.ITEMID)


@method("task.dependence.add", scope=SCOPE)
def add_dependency(call: Call, given: Linked) -> list[Any]:
    """Let one task wait for another."""
    before, after = _task(call, given.taskIdFrom), _task(call, given.taskIdTo)
    dependencies.add(call, before=before, after=after, kind=naming.link_of(str(given.linkType)))
    return []


@method("task.dependence.delete", scope=SCOPE)
def delete_dependency(call: Call, given: Linked) -> list[Any]:
    """Let a task wait no more."""
    after = _task(call, given.taskIdTo)
    found = Dependency.objects.filter(before=given.taskIdFrom, after=after).first()
    if found is None:
        raise linking.UNKNOWN()
    dependencies.remove(call, task=after, dependency=found.pk)
    return []


@method("tasks.task.history.list", scope=SCOPE)
def list_history(call: Call, given: Told) -> dict[str, Any]:
    """List what happened to a task, the oldest first."""
    return {"list": [_happened(one) for one in reversed(history.of(_task(call, given.taskId)))]}


def _task(call: Call, id: int) -> Task:
    try:
        return queries.found(call.by, id=id)
    except Missing as missing:
        raise WireError("ERROR_CORE", missing.sentence()) from None


def _one(row: Any) -> Any:
    if row is None:
        raise WireError("ERROR_CORE", spent.UNKNOWN().sentence())
    return row


def _line(task: Task, one: Item) -> dict[str, Any]:
    return {
        "ID": str(one.pk),
        "TASK_ID": str(task.pk),
        "PARENT_ID": 0,
        "CREATED_BY": str(task.creator_id),
        "TITLE": one.text,
        "SORT_INDEX": str(one.place),
        "IS_COMPLETE": "N" if one.done_at is None else "Y",
        "IS_IMPORTANT": "N",
        "TOGGLED_BY": None if one.done_by_id is None else str(one.done_by_id),
        "TOGGLED_DATE": lists.show_moment(one.done_at) or "",
        "MEMBERS": [],
        "ATTACHMENTS": [],
    }


def _time(fields: dict[str, Any]) -> tuple[int, str]:
    told = {name.upper(): raw for name, raw in fields.items()}
    try:
        return int(told.get("SECONDS") or 0), str(told.get("COMMENT_TEXT") or "")
    except ValueError:
        raise WireError(100, f"Invalid value {{{told['SECONDS']}}} to match with parameter {{SECONDS}}") from None


def _entry(one: Spent) -> dict[str, Any]:
    return {
        "ID": str(one.pk),
        "TASK_ID": str(one.task_id),
        "USER_ID": str(one.person_id),
        "COMMENT_TEXT": one.note,
        "SECONDS": str(one.seconds),
        "MINUTES": str(one.seconds // 60),
        "SOURCE": "2",
        "CREATED_DATE": lists.show_moment(one.written_at),
        "DATE_START": lists.show_moment(one.written_at),
        "DATE_STOP": lists.show_moment(one.written_at),
    }


def _happened(one: Happened) -> dict[str, Any]:
    field = HISTORY_FIELDS.get(one.field, one.field.upper()) if one.field else WHAT.get(one.what, "STATUS")
    return {
        "id": one.pk,
        "createdDate": lists.show_moment(one.at),
        "field": field,
        "value": {"from": one.was or None, "to": one.now or None},
        "user": {"id": one.by_id or 0, "name": str(one.by or "")},
    }
