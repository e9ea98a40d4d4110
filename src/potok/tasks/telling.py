"""What people are told about tasks: each in his own language, with the reason why it came."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from potok.kit.calls import Call, Cause
from potok.notify.public import notices
from potok.people import public as company
from potok.people.public import Person
from potok.tasks import formatting
from potok.tasks.models import Task
from potok.ui import words

KIND, MENTION = "task", "mention"
QUOTE_LENGTH_MAX = 140
Words = Callable[[Task, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is to be told what about a task. `words(task, who did it)` gives the text and why it came."""

    call: Call
    task: Task
    to: tuple[int, ...]
    words: Words
    kind: str = KIND


def tell(tellings: Iterable[Telling]) -> None:
    """Send what is to be told; a telling to nobody is none."""
    due = [one for one in tellings if one.to]
    if not due:
        return
    people = company.by_id({person for one in due for person in (*one.to, one.call.author) if person is not None})
    notices.send.many(
        [(one.call.by_system(), _notice(one, people[to], people)) for one in due for to in one.to if to in people]
    )


def _notice(one: Telling, to: Person, people: dict[int, Person]) -> dict[str, Any]:
    author = people.get(one.call.author or 0)
    with translation.override(to.language):
        text, why = one.words(one.task, str(author) if author else _process(one.call.cause))
    return {"to": to.pk, "text": text, "why": why, "kind": one.kind, "url": address(one.task)}


def _process(cause: Cause) -> str:
    return _("Process “%(title)s”") % {"title": words.inside(cause.title)} if cause.title else _("A process")


def address(task: Task) -> str:
    """Where a task is looked at."""
    return reverse("tasks:card", args=[task.pk])


def _named(task: Task, who: str) -> dict[str, str]:
    return {"who": who, "title": words.inside(task.title)}


def given(task: Task, who: str) -> tuple[str, str]:
    return _("%(who)s: task “%(title)s”") % _named(task, who), _("You are responsible for the task.")


def helps(task: Task, who: str) -> tuple[str, str]:
    return _("%(who)s: task “%(title)s”") % _named(task, who), _("You help with the task.")


def late(task: Task, who: str) -> tuple[str, str]:
    return _("The task “%(title)s” is late") % _named(task, who), _("You take part in the task.")


def handed_in(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s handed in the task “%(title)s”") % _named(task, who)
    return text, _("You accept the work.")


def sent_back(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s sent the task “%(title)s” back") % _named(task, who)
    return text, _("The work was not accepted. The comment says why.")


def watched(task: Task, who: str) -> tuple[str, str]:
    return _("%(who)s: task “%(title)s”") % _named(task, who), _("You observe the task.")


def started(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s began the task “%(title)s”") % _named(task, who)
    return text, _("You gave or observe the task.")


def completed(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s completed the task “%(title)s”") % _named(task, who)
    return text, _("You gave or observe the task.")


def again(task: Task, who: str) -> tuple[str, str]:
    text = _("%(who)s opened the task “%(title)s” again") % _named(task, who)
    return text, _("You are responsible for the task.")


def says(text: str) -> Words:
    return lambda task, who: (
        _("%(who)s in the task “%(title)s”: %(text)s") % {**_named(task, who), "text": _quote(text)},
        _("You take part in the task."),
    )


def calls(text: str) -> Words:
    return lambda task, who: (
        _("%(who)s mentioned you in the task “%(title)s”: %(text)s") % {**_named(task, who), "text": _quote(text)},
        _("You were mentioned in a comment."),
    )


def _quote(text: str) -> str:
    line = " ".join(formatting.plain(text).split())
    return line if len(line) <= QUOTE_LENGTH_MAX else f"{line[:QUOTE_LENGTH_MAX]}…"
