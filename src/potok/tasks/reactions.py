"""What follows when something happened to a task: the inbox rows of those whose turn it is, notices to the others.

Each reaction is given all events of its kind at once and asks the database a fixed number of times. It looks at the
task as it is now, so doing it twice changes nothing but the words of a notice.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from potok.kit.calls import Call
from potok.kit.events import reacts_to
from potok.notify.public import waiting
from potok.tasks import rules, telling
from potok.tasks.events import (
    CommentAdded,
    CommentChanged,
    TaskAdded,
    TaskChanged,
    TaskClosed,
    TaskDeferred,
    TaskDue,
    TaskHandedIn,
    TaskOverdue,
    TaskReopened,
    TaskSentBack,
    TaskStarted,
)
from potok.tasks.models import Task
from potok.tasks.telling import KIND, MENTION, Telling

# What is changed with these, the task may wait for others now, or at another time.
MOVING = {"responsible", "accomplices", "controller", "begins_at"}


def key(task: int) -> str:
    """The key of a task's rows in the inbox."""
    return f"task:{task}"


@reacts_to(TaskAdded)
def ask(happened: Sequence[TaskAdded]) -> None:
    """Put new tasks into the inboxes of those who do them; tell them and the observers."""
    tasks = _tasks(happened)
    _put(happened, tasks)
    tellings = []
    for one in happened:
        task = tasks.get(one.task)
        if task is not None:
            # Those who do what is given for later are told when it begins.
            tellings += [] if _is_ahead(task, one.call) else _to_workers(one.call, task)
            others = rules.once([task.controller_id, *task.observers], but=[one.call.author, *task.parties().workers()])
            tellings.append(Telling(one.call, task, others, telling.watched))
    telling.tell(tellings)


@reacts_to(TaskChanged)
def follow(happened: Sequence[TaskChanged]) -> None:
    """Move the inbox rows to those who do the work now; keep their words and deadlines true."""
    tasks = _tasks(happened)
    _take_away(one for one in happened if one.now.keys() & MOVING)
    _put(happened, tasks)
    telling.tell(
        Telling(one.call, tasks[one.task], to, words)
        for one in happened
        if one.task in tasks and tasks[one.task].status in rules.ACTIVE
        for to, words in _newcomers(one)
    )


@reacts_to(TaskDue)
def begin(happened: Sequence[TaskDue]) -> None:
    """Tell those who do the work that a task given for later begins."""
    tasks = _tasks(happened)
    telling.tell(each for one in happened if one.task in tasks for each in _to_workers(one.call, tasks[one.task]))


@reacts_to(TaskOverdue)
def warn(happened: Sequence[TaskOverdue]) -> None:
    """Tell those who do the work, and whoever gave it, that it is late."""
    _tell(happened, lambda task: task.parties().all(), telling.late)


@reacts_to(TaskStarted)
def tell_started(happened: Sequence[TaskStarted]) -> None:
    """Tell whoever gave the task that the work began; what was put off waits again."""
    _put(happened, _tasks(happened))
    _tell(happened, _givers, telling.started)


@reacts_to(TaskDeferred)
def lay_aside(happened: Sequence[TaskDeferred]) -> None:
    """Take what was put off out of the inboxes."""
    _take_away(happened)


@reacts_to(TaskHandedIn)
def submit(happened: Sequence[TaskHandedIn]) -> None:
    """Let the work wait for whoever accepts it, and for nobody else."""
    _take_away(happened)
    _put(happened, _tasks(happened))
    _tell(happened, lambda task: [task.parties().judge()], telling.handed_in)


@reacts_to(TaskSentBack)
def give_back(happened: Sequence[TaskSentBack]) -> None:
    """Let work that was not accepted wait for those who do it, and tell them so."""
    _take_away(happened)
    _put(happened, _tasks(happened))
    _tell(happened, lambda task: task.parties().workers(), telling.sent_back)


@reacts_to(TaskClosed)
def let_go(happened: Sequence[TaskClosed]) -> None:
    """Take closed tasks out of the inboxes; tell those who gave and who observe them."""
    _take_away(happened)
    _tell(happened, _givers, telling.completed)


@reacts_to(TaskReopened)
def ask_again(happened: Sequence[TaskReopened]) -> None:
    """Put tasks that were opened again back into the inboxes."""
    _put(happened, _tasks(happened))
    _tell(happened, lambda task: [task.responsible_id], telling.again)


@reacts_to(CommentAdded)
def tell_comment(happened: Sequence[CommentAdded]) -> None:
    """Tell the people of the task what was said; those who were called by name are told so."""
    tasks = _tasks(happened)
    tellings = []
    for one in happened:
        task = tasks.get(one.task)
        if task is not None:
            called = rules.once(one.mentioned, but=[one.author])
            tellings.append(Telling(one.call, task, called, telling.calls(one.text), kind=MENTION))
            others = rules.once(task.parties().all(), but=[one.author, *called])
            tellings.append(Telling(one.call, task, others, telling.says(one.text)))
    telling.tell(tellings)


@reacts_to(CommentChanged)
def tell_called(happened: Sequence[CommentChanged]) -> None:
    """Tell those whom a corrected comment calls by name, and did not before."""
    tasks = _tasks(happened)
    telling.tell(
        Telling(one.call, tasks[one.task], rules.once(one.mentioned, but=[one.call.author]), telling.calls(one.now),
                kind=MENTION)
        for one in happened
        if one.task in tasks
    )  # fmt: skip


def _tasks(happened: Sequence[Any]) -> dict[int, Task]:
    return Task.objects.in_bulk({one.task for one in happened})


def _tell(happened: Sequence[Any], to: Callable[[Task], Iterable[int | None]], words: telling.Words) -> None:
    """Tell some people of each task, whoever did it left out."""
    tasks = _tasks(happened)
    found = [(one.call, tasks[one.task]) for one in happened if one.task in tasks]
    telling.tell(Telling(call, task, rules.once(to(task), but=[call.author]), words) for call, task in found)


def _givers(task: Task) -> Iterable[int | None]:
    return [task.creator_id, task.controller_id, *task.observers]


def _to_workers(call: Call, task: Task) -> list[Telling]:
    to = rules.once([task.responsible_id], but=[call.author])
    helpers = rules.once(task.accomplices, but=[call.author, task.responsible_id])
    return [Telling(call, task, to, telling.given), Telling(call, task, helpers, telling.helps)]


def _newcomers(one: TaskChanged) -> list[tuple[tuple[int, ...], telling.Words]]:
    """Those whom a change made responsible or helpers."""
    author = one.call.author
    helpers = rules.once(one.now.get("accomplices", ()), but=[author, *one.was.get("accomplices", ())])
    return [(rules.once([one.now.get("responsible")], but=[author]), telling.given), (helpers, telling.helps)]


def _is_ahead(task: Task, call: Call) -> bool:
    return task.begins_at is not None and task.begins_at > call.at


def _take_away(happened: Iterable[Any]) -> None:
    waiting.close.many([(one.call.by_system(), {"key": key(one.task)}) for one in happened])


def _put(happened: Sequence[Any], tasks: dict[int, Task]) -> None:
    """Let open tasks wait for those whose turn it is."""
    asked = [(one.call, tasks[one.task]) for one in happened if one.task in tasks]
    rows = {(task.pk, person): (call, task) for call, task in asked for person in _waited_for(task)}
    if rows:
        waiting.open_.many(
            [(call.by_system(), _waiting(task, person, call)) for (_, person), (call, task) in rows.items()]
        )


def _waited_for(task: Task) -> tuple[int, ...]:
    if task.status in rules.ACTIVE:
        return task.parties().workers()
    return (task.parties().judge(),) if task.status == rules.AWAITING else ()


def _waiting(task: Task, person: int, call: Call) -> dict[str, Any]:
    record = task.refs()[0] if task.records else None
    return {
        "person": person,
        "key": key(task.pk),
        "kind": KIND,
        "title": task.title,
        "url": telling.address(task),
        "record_type": record.type if record else "",
        "record_id": record.id if record else None,
        "due_at": task.deadline,
        "from_at": task.begins_at if task.status == rules.NEW and _is_ahead(task, call) else None,
    }
