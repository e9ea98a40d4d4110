"""What a task tells to whoever makes conditions and sentences of it: its fields as values, with their types.

`read` answers for many tasks in a fixed number of questions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from potok.engine import values
from potok.engine.values import PersonRef, Type, Value
from potok.kit import clock
from potok.tasks import rules
from potok.tasks.models import Comment, Task


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a task; one that is not `read_only` may be changed by that name."""

    name: str
    title: str | Promise
    type: Type
    options: tuple[tuple[str, str | Promise], ...] = ()
    read_only: bool = True
    required: bool = False
    hidden: bool = False


def _said(words: Mapping[str, str]) -> tuple[tuple[str, str | Promise], ...]:
    return tuple((word, _(title)) for word, title in words.items())


STATUS, OVERDUE, COMMENTS = "status", "is_overdue", "comments"
FACTS: Mapping[str, Fact] = {
    one.name: one
    for one in (
        Fact("title", _("Title"), values.TEXT, read_only=False, required=True),
        Fact(STATUS, _("Status"), values.CHOICE, _said(rules.STATUSES), read_only=False),
        Fact("priority", _("Priority"), values.CHOICE, _said(rules.PRIORITIES), read_only=False),
        Fact("responsible", _("Responsible"), values.PERSON, read_only=False),
        Fact("creator", _("Creator"), values.PERSON),
        Fact("controller", _("Controller"), values.PERSON, read_only=False),
        Fact("accomplices", _("Helpers"), values.many(values.PERSON), read_only=False),
        Fact("observers", _("Observers"), values.many(values.PERSON), read_only=False),
        Fact("group", _("Group"), values.TEXT),
        Fact("begins_at", _("Begins"), values.MOMENT, read_only=False),
        Fact("deadline", _("Deadline"), values.MOMENT, read_only=False),
        Fact(OVERDUE, _("Overdue"), values.YES_NO),
        Fact("needs_control", _("To be accepted"), values.YES_NO, read_only=False),
        Fact("description", _("Description"), values.TEXT, read_only=False),
        Fact(COMMENTS, _("Number of comments"), values.NUMBER),
        Fact("last_comment", _("Latest comment"), values.TEXT),
        Fact("commented_by", _("Author of the latest comment"), values.PERSON),
        Fact("closed_by", _("Completed by"), values.PERSON),
        Fact("closed_at", _("Completed at"), values.MOMENT),
    )
}
PLAIN = ("title", "status", "priority", "begins_at", "deadline", "needs_control", "description", "closed_at")
ONE = frozenset({"responsible", "creator", "controller", "closed_by"})
SEVERAL = frozenset({"accomplices", "observers"})
OF_COMMENTS = (COMMENTS, "last_comment", "commented_by")


def read(ids: Collection[int]) -> dict[int, dict[str, Value]]:
    """The values of these tasks, by their numbers; those that are gone are left out."""
    tasks = Task.objects.filter(pk__in=ids).select_related("group")
    said = Comment.objects.filter(task__in=ids).values_list("task").annotate(count=Count("pk"), last=Max("pk"))
    counted = {task: (count, last) for task, count, last in said}
    latest = Comment.objects.in_bulk([last for _count, last in counted.values()])
    return {task.pk: _values(task, *counted.get(task.pk, (0, None)), latest=latest) for task in tasks}


def held(name: str, column: Any) -> Value:
    """What a column of a task says, as the value that `read` gives. A group is told by its name only there."""
    if name in ONE:
        return _person(column)
    if name in SEVERAL:
        return tuple(PersonRef(one) for one in column)
    return None if name == "group" else column


def _values(task: Task, comments: int, last: int | None, *, latest: Mapping[int, Comment]) -> dict[str, Value]:
    said = latest.get(last or 0)
    return {
        **{name: getattr(task, name) for name in PLAIN},
        **{name: held(name, getattr(task, f"{name}_id")) for name in ONE},
        **{name: held(name, getattr(task, name)) for name in SEVERAL},
        "group": task.group.name if task.group else None,
        OVERDUE: _is_overdue(task),
        COMMENTS: comments,
        "last_comment": said.text if said else None,
        "commented_by": _person(said.author_id if said else None),
        "id": task.pk,
        "created_at": task.created_at,
        "changed_at": task.changed_at,
    }


def _is_overdue(task: Task) -> bool:
    return task.deadline is not None and task.status in rules.ACTIVE and task.deadline <= clock.now()


def _person(number: int | None) -> PersonRef | None:
    return PersonRef(number) if number else None
