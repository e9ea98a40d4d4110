"""What may be done to a task. Adding is a set operation: two hundred instances may ask at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from potok.engine.values import RecordRef
from potok.kit import events, sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.operations import operation
from potok.tasks import access, rules
from potok.tasks.events import TaskAdded, TaskChanged, TaskClosed, TaskReopened, TaskStarted
from potok.tasks.models import Item, Task, spelled
from potok.tasks.rules import Draft

IDS = "SELECT nextval(pg_get_serial_sequence('tasks_task', 'id')) FROM generate_series(1, %b::int)"
ADD = """INSERT INTO tasks_task (id, title, description, status, priority, responsible_id, creator_id, controller_id,
                                 observers, group_id, deadline, records, instance, created_at, changed_at)
         SELECT d.id, d.title, d.description, 'new', d.priority, d.responsible, d.creator, d.controller,
                d.observers::bigint[], d.grouped, d.deadline, d.records::text[], d.instance, d.at, d.at
         FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::text[], %b::bigint[], %b::bigint[], %b::bigint[],
                     %b::text[], %b::bigint[], %b::timestamptz[], %b::text[], %b::bigint[], %b::timestamptz[])
              d(id, title, description, priority, responsible, creator, controller,
                observers, grouped, deadline, records, instance, at)"""
ADD_ITEMS = """INSERT INTO tasks_checklist_item (task_id, text, place)
               SELECT * FROM unnest(%b::bigint[], %b::text[], %b::int[])"""


def _row(id: int, call: Call, draft: Draft) -> tuple[Any, ...]:
    return (
        id, draft.title, draft.description, draft.priority, draft.responsible, draft.creator, draft.controller,
        _array(draft.observers), draft.group, draft.deadline, _array(draft.records), call.cause.instance, call.at,
    )  # fmt: skip


def _array(values: Sequence[int | str]) -> str:
    """An array inside a column of arrays travels as text; record types and ids need no quotes."""
    return "{" + ",".join(str(one) for one in values) + "}"


def keep_drafts(rows: Sequence[tuple[Call, Draft]]) -> list[Task | Refused]:
    known = access.known(draft for _, draft in rows)
    kept = [(call, draft) for call, draft in rows if known.has(draft)]
    numbers = [row[0] for row in sets.execute(IDS, (), len(kept))]
    numbered = [(number, call, draft) for number, (call, draft) in zip(numbers, kept, strict=True)]
    if numbered:
        sets.execute(ADD, [_row(*one) for one in numbered])
    items = [(number, text, place) for number, _, draft in numbered for place, text in enumerate(draft.checklist)]
    if items:
        sets.execute(ADD_ITEMS, items)
    made = iter([_added(*one) for one in numbered])
    return [next(made) if known.has(draft) else rules.UNKNOWN_PEOPLE() for _, draft in rows]


def _added(id: int, call: Call, draft: Draft) -> Task:
    events.announce(
        TaskAdded(
            call=call,
            task=id,
            title=draft.title,
            responsible=draft.responsible,
            creator=draft.creator,
            controller=draft.controller,
            observers=draft.observers,
            deadline=draft.deadline,
            records=draft.records,
        )
    )
    _touch(id, draft.records)
    return Task(
        pk=id,
        title=draft.title,
        description=draft.description,
        priority=draft.priority,
        responsible_id=draft.responsible,
        creator_id=draft.creator,
        controller_id=draft.controller,
        observers=list(draft.observers),
        group_id=draft.group,
        deadline=draft.deadline,
        records=list(draft.records),
        instance=call.cause.instance,
        created_at=call.at,
        changed_at=call.at,
    )


def _touch(task: int, records: Sequence[str]) -> None:
    """Tell the screens that show the task, and the cards of the records that it is about."""
    events.touch("task", task)
    for one in records:
        name, _, number = one.rpartition(":")
        events.touch(name, int(number))


@operation("tasks.task.add", needs="", many=keep_drafts)
def add(
    call: Call,
    *,
    title: str,
    responsible: int,
    creator: int | None = None,
    description: str = "",
    controller: int | None = None,
    observers: Sequence[int] = (),
    group: int | None = None,
    deadline: datetime | None = None,
    priority: str = rules.NORMAL,
    records: Sequence[RecordRef] = (),
    checklist: Sequence[str] = (),
) -> Draft:
    """Give somebody a task. Without a creator, whoever asks gives it."""
    author = creator if creator is not None else call.author
    if author is None:
        raise rules.NO_CREATOR(place="creator")
    # A process gives tasks in the name of whom its author named: who published it answers for that.
    if call.by not in (None, author) and call.cause.instance is None:
        raise rules.NOT_IN_ANOTHERS_NAME(place="creator")
    return Draft(
        title=rules.tidy_title(title),
        responsible=responsible,
        creator=author,
        description=rules.tidy_text(description),
        controller=controller,
        observers=rules.once(observers),
        group=group,
        deadline=deadline,
        priority=rules.tidy_priority(priority),
        records=tuple(spelled(one) for one in records),
        checklist=tuple(rules.tidy_item(one) for one in checklist),
    )


# The fields that may be changed, and how each is made tidy.
TIDY: dict[str, Callable[[str], str]] = {
    "title": rules.tidy_title,
    "description": rules.tidy_text,
    "priority": rules.tidy_priority,
}
PEOPLE = {"responsible": "responsible_id", "controller": "controller_id", "group": "group_id"}
CHANGEABLE = (
    "title",
    "description",
    "priority",
    "responsible",
    "controller",
    "observers",
    "group",
    "deadline",
    "records",
)


@operation("tasks.task.change", needs="")
def change(call: Call, *, task: Task, fields: dict[str, Any]) -> Task:
    """Change fields of a task, those in `CHANGEABLE`.

    People and groups are ids, records are references. A field that keeps its value is no change.
    """
    rules.check_change(access.standing(task, by=call.by))
    now = {name: _tidied(name, value) for name, value in fields.items()}
    was = {name: _value(task, name) for name in now}
    now = {name: value for name, value in now.items() if value != was[name]}
    if not now:
        return task
    access.check_people(now)
    columns = {PEOPLE.get(name, name): value for name, value in now.items()}
    Task.objects.filter(pk=task.pk).update(**columns, changed_at=call.at)
    for column, value in columns.items():
        setattr(task, column, value)
    events.announce(TaskChanged(call=call, task=task.pk, was={name: was[name] for name in now}, now=now))
    _touch(task.pk, task.records)
    return task


def _tidied(name: str, value: Any) -> Any:
    if name not in CHANGEABLE:
        raise rules.UNKNOWN_FIELD(place=name, field=name)
    if name == "observers":
        return list(rules.once(value))
    if name == "records":
        return [spelled(one) for one in value]
    return TIDY[name](value) if name in TIDY else value


def _value(task: Task, name: str) -> Any:
    return getattr(task, PEOPLE.get(name, name))


@operation("tasks.task.start", needs="")
def start(call: Call, *, task: Task) -> Task:
    """Say that the work on a task has begun."""
    rules.check_start(access.standing(task, by=call.by), status=task.status)
    moved = Task.objects.filter(pk=task.pk, status=rules.NEW).update(
        status=rules.IN_PROGRESS, started_at=call.at, changed_at=call.at
    )
    if not moved:
        raise rules.STARTED_ALREADY()
    task.status, task.started_at = rules.IN_PROGRESS, call.at
    events.announce(TaskStarted(call=call, task=task.pk, by=call.author))
    _touch(task.pk, task.records)
    return task


@operation("tasks.task.complete", needs="")
def complete(call: Call, *, task: Task) -> Task:
    """Complete a task: by its responsible person, its creator or its controller. Of two who try at once, one does."""
    rules.check_close(access.standing(task, by=call.by), status=task.status)
    moved = (
        Task.objects.filter(pk=task.pk)
        .exclude(status=rules.DONE)
        .update(status=rules.DONE, closed_at=call.at, closed_by=call.author, changed_at=call.at)
    )
    if not moved:
        raise rules.CLOSED_ALREADY()
    task.status, task.closed_at, task.closed_by_id = rules.DONE, call.at, call.author
    events.announce(TaskClosed(call=call, task=task.pk, by=call.author))
    _touch(task.pk, task.records)
    return task


@operation("tasks.task.reopen", needs="")
def reopen(call: Call, *, task: Task) -> Task:
    """Open a completed task again. A process that waited for it has gone on and does not come back."""
    rules.check_reopen(access.standing(task, by=call.by), status=task.status)
    moved = Task.objects.filter(pk=task.pk, status=rules.DONE).update(
        status=rules.IN_PROGRESS, closed_at=None, closed_by=None, changed_at=call.at
    )
    if not moved:
        raise rules.NOT_CLOSED()
    task.status, task.closed_at, task.closed_by_id = rules.IN_PROGRESS, None, None
    events.announce(TaskReopened(call=call, task=task.pk, by=call.author))
    _touch(task.pk, task.records)
    return task


@operation("tasks.task.remove", needs="")
def remove(call: Call, *, task: Task) -> None:
    """Remove a task for good, with its comments and checklist. What waits for it goes on."""
    rules.check_change(access.standing(task, by=call.by))
    was_open = not task.is_closed
    Item.objects.filter(task=task.pk).delete()
    task.comments.all().delete()
    removed, _ = Task.objects.filter(pk=task.pk).delete()
    if not removed:
        raise rules.UNKNOWN_TASK(id=task.pk)
    if was_open:
        events.announce(TaskClosed(call=call, task=task.pk, by=call.author, removed=True))
    _touch(task.pk, task.records)
