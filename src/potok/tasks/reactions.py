"""What follows when something happened to a task: the inbox row of its responsible person, notices to the others.

Each reaction is given all events of its kind at once and asks the database a fixed number of times. It looks at the
task as it is now, so doing it twice changes nothing but the words of a notice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from potok.kit.calls import Call, Cause
from potok.kit.events import reacts_to
from potok.notify.public import notices, waiting
from potok.people import public as company
from potok.people.public import Person
from potok.tasks import formatting, rules
from potok.tasks.events import CommentAdded, TaskAdded, TaskChanged, TaskClosed, TaskReopened, TaskStarted
from potok.tasks.models import Task
from potok.ui import words

KIND = "task"
QUOTE_LENGTH_MAX = 140
Words = Callable[[Task, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is to be told what about a task. `words(task, who did it)` gives the text and why it came."""

    call: Call
    task: Task
    to: tuple[int, ...]
    words: Words


def key(task: int) -> str:
    """The key of a task's row in the inbox."""
    return f"task:{task}"


@reacts_to(TaskAdded)
def ask(happened: Sequence[TaskAdded]) -> None:
    """Put new tasks into the inboxes of their responsible people; tell them and the observers."""
    tasks = _tasks(happened)
    _put((one.call, tasks[one.task]) for one in happened if one.task in tasks)
    tellings = []
    for one in happened:
        task = tasks.get(one.task)
        if task is not None:
            author = one.call.author
            tellings.append(Telling(one.call, task, rules.once([task.responsible_id], but=[author]), _given))
            others = rules.once([task.controller_id, *task.observers], but=[author, task.responsible_id])
            tellings.append(Telling(one.call, task, others, _watched))
    _tell(tellings)


@reacts_to(TaskChanged)
def follow(happened: Sequence[TaskChanged]) -> None:
    """Move the inbox row to the new responsible person; keep its words and its deadline true."""
    tasks = _tasks(happened)
    gone = [(one.call, one.task, one.was["responsible"]) for one in happened if "responsible" in one.was]
    waiting.close.many([(call.by_system(), {"key": key(task), "person": was}) for call, task, was in gone])
    _put((one.call, tasks[one.task]) for one in happened if one.task in tasks and not tasks[one.task].is_closed)
    _tell(
        Telling(one.call, tasks[one.task], rules.once([one.now["responsible"]], but=[one.call.author]), _given)
        for one in happened
        if "responsible" in one.now and one.task in tasks
    )


@reacts_to(TaskStarted)
def tell_started(happened: Sequence[TaskStarted]) -> None:
    """Tell whoever gave the task that the work began."""
    tasks = _tasks(happened)
    _tell(_to_givers(one.call, tasks[one.task], _started) for one in happened if one.task in tasks)


@reacts_to(TaskClosed)
def let_go(happened: Sequence[TaskClosed]) -> None:
    """Take closed tasks out of the inboxes; tell those who gave and who observe them."""
    waiting.close.many([(one.call.by_system(), {"key": key(one.task)}) for one in happened])
    tasks = _tasks(happened)
    _tell(_to_givers(one.call, tasks[one.task], _completed) for one in happened if one.task in tasks)


@reacts_to(TaskReopened)
def ask_again(happened: Sequence[TaskReopened]) -> None:
    """Put tasks that were opened again back into the inboxes."""
    tasks = _tasks(happened)
    _put((one.call, tasks[one.task]) for one in happened if one.task in tasks)
    _tell(
        Telling(one.call, tasks[one.task], rules.once([tasks[one.task].responsible_id], but=[one.call.author]), _again)
        for one in happened
        if one.task in tasks
    )


@reacts_to(CommentAdded)
def tell_comment(happened: Sequence[CommentAdded]) -> None:
    """Tell the people of the task what was said; those who were called by name are told so."""
    tasks = _tasks(happened)
    tellings = []
    for one in happened:
        task = tasks.get(one.task)
        if task is not None:
            called = rules.once(one.mentioned, but=[one.author])
            tellings.append(Telling(one.call, task, called, _calls(one.text)))
            others = rules.once(task.parties().all(), but=[one.author, *called])
            tellings.append(Telling(one.call, task, others, _says(one.text)))
    _tell(tellings)


def _tasks(happened: Sequence[Any]) -> dict[int, Task]:
    return Task.objects.in_bulk({one.task for one in happened})


def _to_givers(call: Call, task: Task, words: Words) -> Telling:
    return Telling(
        call, task, rules.once([task.creator_id, task.controller_id, *task.observers], but=[call.author]), words
    )


def _put(asked: Iterable[tuple[Call, Task]]) -> None:
    rows = {task.pk: (call, task) for call, task in asked if not task.is_closed}
    if rows:
        waiting.open_.many([(call.by_system(), _waiting(task)) for call, task in rows.values()])


def _waiting(task: Task) -> dict[str, Any]:
    record = task.refs()[0] if task.records else None
    return {
        "person": task.responsible_id,
        "key": key(task.pk),
        "kind": KIND,
        "title": task.title,
        "url": _address(task),
        "record_type": record.type if record else "",
        "record_id": record.id if record else None,
        "due_at": task.deadline,
    }


def _tell(tellings: Iterable[Telling]) -> None:
    due = [telling for telling in tellings if telling.to]
    if not due:
        return
    people = company.by_id({person for one in due for person in (*one.to, one.call.author) if person is not None})
    notices.send.many(
        [(one.call.by_system(), _notice(one, people[to], people)) for one in due for to in one.to if to in people]
    )


def _notice(telling: Telling, to: Person, people: dict[int, Person]) -> dict[str, Any]:
    author = people.get(telling.call.author or 0)
    with translation.override(to.language):
        text, why = telling.words(telling.task, str(author) if author else _process(telling.call.cause))
    return {"to": to.pk, "text": text, "why": why, "kind": KIND, "url": _address(telling.task)}


def _process(cause: Cause) -> str:
    return _("Process “%(title)s”") % {"title": words.inside(cause.title)} if cause.title else _("A process")


def _address(task: Task) -> str:
    return reverse("tasks:card", args=[task.pk])


def _named(task: Task, who: str) -> dict[str, str]:
    return {"who": who, "title": words.inside(task.title)}


def _given(task: Task, who: str) -> tuple[str, str]:
    return _("%(who)s: task “%(title)s”") % _named(task, who), _("You are responsible for the task.")


def _watched(task: Task, who: str) -> tuple[str, str]:
    return _("%(who)s: task “%(title)s”") % _named(task, who), _("You observe the task.")


def _started(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s began the task “%(title)s”") % _named(task, who)
    return text, _("You gave or observe the task.")


def _completed(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s completed the task “%(title)s”") % _named(task, who)
    return text, _("You gave or observe the task.")


def _again(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s opened the task “%(title)s” again") % _named(task, who)
    return text, _("You are responsible for the task.")


def _says(text: str) -> Words:
    return lambda task, who: (
        _("%(who)s in the task “%(title)s”: %(text)s") % {**_named(task, who), "text": _quote(text)},
        _("You take part in the task."),
    )


def _calls(text: str) -> Words:
    return lambda task, who: (
        _("%(who)s mentioned you in the task “%(title)s”: %(text)s") % {**_named(task, who), "text": _quote(text)},
        _("You were mentioned in a comment."),
    )


def _quote(text: str) -> str:
    line = " ".join(formatting.plain(text).split())
    return line if len(line) <= QUOTE_LENGTH_MAX else f"{line[:QUOTE_LENGTH_MAX]}…"
