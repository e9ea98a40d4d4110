"""Processes that run on tasks: what happens with a task starts, moves and ends them as changes of a record do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from potok.engine import values
from potok.engine.graph import On
from potok.engine.values import RecordRef, Value, record
from potok.kit.calls import Call
from potok.kit.events import reacts_to
from potok.processes import following, triggers
from potok.processes.models import Instance
from potok.processes.subjects import Subject, subjects
from potok.processes.watching import Change
from potok.records import public as records
from potok.tasks import public as tasks
from potok.tasks.events import CommentAdded, TaskAdded, TaskChanged, TaskMoved, TaskOverdue, TaskRemoved
from potok.tasks.public import TASK, Task, facts

OFFERS = {
    "task_completed": (_("The task is completed"), {"became": {"field": facts.STATUS, "value": "done"}}),
    "task_moved": (_("The status of the task changes"), {"changed": {"field": facts.STATUS}}),
    "task_overdue": (_("The deadline of the task has passed"), {"became": {"field": facts.OVERDUE, "value": True}}),
    "task_commented": (_("Somebody comments on the task"), {"changed": {"field": facts.COMMENTS}}),
}
LEADING = {
    "in_progress": tasks.start,
    "deferred": tasks.defer,
    "new": tasks.resume,
    "done": tasks.complete,
}


def register() -> None:
    """Let processes run on tasks; once, at start-up."""
    subjects.add(
        TASK,
        Subject(
            title=_("Task"),
            icon="circle-check-big",
            path="tasks",
            fields=_fields,
            read=_read,
            rows=Task.objects.all,
            seen=tasks.visible_to,
            make=_make,
            change=_change,
            offers=OFFERS,
        ),
    )


@reacts_to(TaskAdded)
def added(happened: Sequence[TaskAdded]) -> None:
    """Start what begins when a task is given."""
    if _is_watched():
        held = _read({one.task for one in happened})
        _follow((one.call, _new(one.task, held[one.task])) for one in happened if one.task in held)


@reacts_to(TaskChanged)
def changed(happened: Sequence[TaskChanged]) -> None:
    """Start and move what watches the fields of a task."""
    held = facts.read({one.task for one in happened if "group" in one.now})
    _follow((one.call, _changed(one, held.get(one.task, {}))) for one in happened)


@reacts_to(TaskMoved)
def moved(happened: Sequence[TaskMoved]) -> None:
    """Start and move what watches the status of a task."""
    _follow((one.call, _one(one.task, facts.STATUS, one.was, one.now)) for one in happened)


@reacts_to(TaskOverdue)
def overdue(happened: Sequence[TaskOverdue]) -> None:
    """Start and move what watches whether a task is late."""
    _follow((one.call, _one(one.task, facts.OVERDUE, False, True)) for one in happened)


@reacts_to(CommentAdded)
def commented(happened: Sequence[CommentAdded]) -> None:
    """Start and move what watches what is said about a task."""
    _follow((one.call, _said(one)) for one in happened)


@reacts_to(TaskRemoved)
def removed(happened: Sequence[TaskRemoved]) -> None:
    """End what runs on the task, and start what begins when one is removed."""
    gone = [RecordRef(TASK, one.task) for one in happened]
    living = Instance.objects.filter(record_type=TASK, record_id__in=[ref.id for ref in gone], ended_at=None)
    following.end(gone, living=list(living.values_list("pk", flat=True)))
    _follow((one.call, Change(TASK, one.task, {}, one.was, On.DELETED)) for one in happened)


def _follow(happened: Iterable[tuple[Call, Change]]) -> None:
    # A change names the definition that made it, so that none starts itself.
    following.follow([(call, replace(one, cause_definition=call.cause.definition)) for call, one in happened])


def _is_watched() -> bool:
    """Tell whether it is worth reading what new tasks hold."""
    return bool(triggers.of_types({TASK}))


def _new(task: int, held: Mapping[str, Value]) -> Change:
    filled = {name: values.encode(value) for name, value in held.items() if not values.is_empty(value)}
    return Change(TASK, task, {}, filled, On.CREATED)


def _one(task: int, field: str, was: Value, now: Value) -> Change:
    return Change(TASK, task, {field: values.encode(was)}, {field: values.encode(now)})


def _changed(one: TaskChanged, held: Mapping[str, Value]) -> Change:
    was, now = _plain(one.was), _plain(one.now)
    if "group" in now:
        now["group"] = held.get("group")
    return Change(TASK, one.task, _encoded(was), _encoded(now))


def _plain(given: Mapping[str, Any]) -> dict[str, Value]:
    """The columns of a task as its fields, and what it is about by the type of each record."""
    found = {name: facts.held(name, value) for name, value in given.items() if name in facts.FACTS}
    return {**found, **_about(given["records"])} if "records" in given else found


def _said(one: CommentAdded) -> Change:
    now = facts.read([one.task]).get(one.task, {})
    count = now.get(facts.COMMENTS)
    was = {facts.COMMENTS: count - 1 if isinstance(count, int) else None}
    return Change(TASK, one.task, _encoded(was), _encoded({name: now.get(name) for name in facts.OF_COMMENTS}))


def _encoded(given: Mapping[str, Value]) -> dict[str, Any]:
    return {name: values.encode(value) for name, value in given.items()}


# The records that a task is about stand under the names of their types: `{=Document:deal.title}`.


def _types() -> Iterator[tuple[str, records.RecordType]]:
    for name, record_type in records.record_types.all().items():
        if not record_type.is_designed:
            yield name.rpartition(".")[2], record_type


def _fields() -> Mapping[str, Any]:
    linked = {
        name: facts.Fact(name, record_type.title, record(record_type.name))
        for name, record_type in _types()
        if name not in facts.FACTS
    }
    return {**facts.FACTS, **linked}


def _read(ids: Iterable[int]) -> dict[int, dict[str, Value]]:
    wanted = list(ids)
    found = facts.read(wanted)
    for task, about in Task.objects.filter(pk__in=wanted).values_list("pk", "records"):
        found[task] |= _about(about)
    return found


def _about(spelled: Sequence[str]) -> dict[str, Value]:
    """The first record of each type."""
    first: dict[str, Value] = {name: None for name, _type in _types()}
    for one in reversed(spelled):
        type, _colon, number = one.rpartition(":")
        first[type.rpartition(".")[2]] = RecordRef(type, int(number))
    return {name: first[name] for name, _type in _types()}


# The sample of a trial.


def _make(call: Call, given: Mapping[str, Value]) -> int:
    person = call.author or 0
    held = {name: _raw(value) for name, value in given.items() if name in WRITTEN}
    whole = {"title": gettext("Sample"), "responsible": person, **held}
    return int(tasks.add(call, creator=whole["responsible"], **whole).pk)


def _change(call: Call, task: int, given: Mapping[str, Value]) -> None:
    row = tasks.found(None, id=task)
    fields = {name: _raw(value) for name, value in given.items() if name in WRITTEN}
    if fields:
        tasks.change(call, task=row, fields=fields)
    status = given.get(facts.STATUS)
    if isinstance(status, str) and status in LEADING:
        LEADING[status](call, task=row)


WRITTEN = frozenset(name for name, fact in facts.FACTS.items() if not fact.read_only) - {facts.STATUS}


def _raw(value: Value) -> Any:
    """A value as the operations of tasks take it: people by their numbers."""
    if isinstance(value, tuple):
        return [_raw(one) for one in value]
    return value.id if isinstance(value, values.PersonRef) else value
