"""Giving, changing and removing tasks. Adding is a set operation: two hundred instances may ask at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from potok.engine import values
from potok.engine.values import RecordRef
from potok.kit import events, sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.operations import operation
from potok.tasks import access, checking, facts, rules
from potok.tasks.events import TaskAdded, TaskChanged, TaskClosed, TaskRemoved
from potok.tasks.models import Comment, Item, Spent, Task, spelled
from potok.tasks.rules import Draft

IDS = "SELECT nextval(pg_get_serial_sequence('tasks_task', 'id')) FROM generate_series(1, %b::int)"
ADD = """INSERT INTO tasks_task (id, title, description, status, priority, responsible_id, creator_id, controller_id,
             observers, accomplices, parent_id, group_id, begins_at, deadline, wakes_at, planned_minutes, needs_control,
             template_id, records, instance, created_at, changed_at)
         SELECT d.id, d.title, d.description, 'new', d.priority, d.responsible, d.creator, d.controller,
                d.observers::bigint[], d.accomplices::bigint[], d.parent, d.grouped, d.begins_at, d.deadline,
                d.wakes_at, d.planned, d.controlled, d.template, d.records::text[], d.instance, d.at, d.at
         FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::text[], %b::bigint[], %b::bigint[], %b::bigint[],
                     %b::text[], %b::text[], %b::bigint[], %b::bigint[], %b::timestamptz[], %b::timestamptz[],
                     %b::timestamptz[], %b::int[], %b::bool[], %b::bigint[], %b::text[], %b::bigint[],
                     %b::timestamptz[])
              d(id, title, description, priority, responsible, creator, controller, observers, accomplices, parent,
                grouped, begins_at, deadline, wakes_at, planned, controlled, template, records, instance, at)"""
ADD_ITEMS = """INSERT INTO tasks_checklist_item (task_id, text, place)
               SELECT * FROM unnest(%b::bigint[], %b::text[], %b::int[])"""


def _row(id: int, call: Call, draft: Draft) -> tuple[Any, ...]:
    return (
        id, draft.title, draft.description, draft.priority, draft.responsible, draft.creator, draft.controller,
        _array(draft.observers), _array(draft.accomplices), draft.parent, draft.group, draft.begins_at, draft.deadline,
        _wake(call, draft), draft.planned_minutes, draft.needs_control, draft.template, _array(draft.records),
        call.cause.instance, call.at,
    )  # fmt: skip


def _wake(call: Call, draft: Draft) -> datetime | None:
    return rules.next_wake(status=rules.NEW, begins_at=draft.begins_at, deadline=draft.deadline, after=call.at)


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
    if draft.parent is not None:
        events.touch("task", draft.parent)
    touch(id, draft.records)
    return Task(
        pk=id,
        title=draft.title,
        description=draft.description,
        priority=draft.priority,
        responsible_id=draft.responsible,
        creator_id=draft.creator,
        controller_id=draft.controller,
        observers=list(draft.observers),
        accomplices=list(draft.accomplices),
        parent_id=draft.parent,
        group_id=draft.group,
        begins_at=draft.begins_at,
        deadline=draft.deadline,
        wakes_at=_wake(call, draft),
        planned_minutes=draft.planned_minutes,
        needs_control=draft.needs_control,
        template_id=draft.template,
        records=list(draft.records),
        instance=call.cause.instance,
        created_at=call.at,
        changed_at=call.at,
    )


def touch(task: int, records: Sequence[str]) -> None:
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
    accomplices: Sequence[int] = (),
    parent: int | None = None,
    begins_at: datetime | None = None,
    needs_control: bool = False,
    planned_minutes: int | None = None,
    template: int | None = None,
) -> Draft:
    """Give somebody a task. Without a creator, whoever asks gives it; before `begins_at` it waits for nobody."""
    author = creator if creator is not None else call.author
    if author is None:
        raise rules.NO_CREATOR(place="creator")
    # A process gives tasks in the name of whom its author named: who published it answers for that.
    if call.by not in (None, author) and call.cause.instance is None:
        raise rules.NOT_IN_ANOTHERS_NAME(place="creator")
    rules.check_stretch(begins_at, deadline)
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
        accomplices=rules.once(accomplices, but=[responsible]),
        parent=parent,
        begins_at=begins_at,
        needs_control=needs_control,
        planned_minutes=rules.tidy_plan(planned_minutes),
        template=template,
    )


# The fields that may be changed, and how each is made tidy.
TIDY: dict[str, Callable[[Any], Any]] = {
    "title": rules.tidy_title,
    "description": rules.tidy_text,
    "priority": rules.tidy_priority,
    "planned_minutes": rules.tidy_plan,
    "observers": lambda people: list(rules.once(people)),
    "accomplices": lambda people: list(rules.once(people)),
    "records": lambda refs: [spelled(one) for one in refs],
    "needs_control": bool,
}
COLUMNS = {name: f"{name}_id" for name in ("responsible", "controller", "group", "parent", "stage")}
CHANGEABLE = (*TIDY, *COLUMNS, "begins_at", "deadline")


@operation("tasks.task.change", needs="")
def change(call: Call, *, task: Task, fields: dict[str, Any]) -> Task:
    """Change fields of a task, those in `CHANGEABLE`.

    People, groups, columns and tasks are ids, records are references. A field that keeps its value is no change.
    """
    rules.check_change(access.standing(task, by=call.by))
    now = {name: _tidied(name, value) for name, value in fields.items()}
    was = {name: _value(task, name) for name in now}
    now = {name: value for name, value in now.items() if value != was[name]}
    if not now:
        return task
    checking.check(task, now)
    write(call, task, now)
    events.announce(TaskChanged(call=call, task=task.pk, was={name: was[name] for name in now}, now=now))
    touch(task.pk, task.records)
    return task


def write(call: Call, task: Task, now: dict[str, Any]) -> None:
    """Write fields of a task, and with them when it next has something to tell."""
    columns = {COLUMNS.get(name, name): value for name, value in now.items()}
    if "group" in now and "stage" not in now:
        columns["stage_id"] = None  # columns belong to the board of one group
    for column, value in columns.items():
        setattr(task, column, value)
    task.changed_at = call.at
    task.wakes_at = rules.next_wake(status=task.status, begins_at=task.begins_at, deadline=task.deadline, after=call.at)
    Task.objects.filter(pk=task.pk).update(**columns, changed_at=task.changed_at, wakes_at=task.wakes_at)


def _tidied(name: str, value: Any) -> Any:
    if name not in CHANGEABLE:
        raise rules.UNKNOWN_FIELD(place=name, field=name)
    return TIDY[name](value) if name in TIDY else value


def _value(task: Task, name: str) -> Any:
    return getattr(task, COLUMNS.get(name, name))


@operation("tasks.task.remove", needs="")
def remove(call: Call, *, task: Task) -> None:
    """Remove a task for good, with its comments, checklist and times. What waits for it goes on."""
    rules.check_change(access.standing(task, by=call.by))
    was_open, was = not task.is_closed, facts.read([task.pk]).get(task.pk, {})
    for beside in (Item, Comment, Spent):
        beside.objects.filter(task=task.pk).delete()
    removed, _ = Task.objects.filter(pk=task.pk).delete()
    if not removed:
        raise rules.UNKNOWN_TASK(id=task.pk)
    if was_open:
        events.announce(TaskClosed(call=call, task=task.pk, by=call.author, removed=True))
    held = {name: values.encode(value) for name, value in was.items()}
    events.announce(TaskRemoved(call=call, task=task.pk, was=held))
    touch(task.pk, task.records)
