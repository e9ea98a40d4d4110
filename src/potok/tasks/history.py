"""The history of a task: a line for each thing that happened to it, written in the transaction of the event."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_datetime

from potok.kit.events import reacts_to
from potok.kit.words import _
from potok.people import public as company
from potok.tasks import events, rules
from potok.tasks.models import Happened, Stage, Task

ADDED, CHANGED = "added", "changed"
# What is said about whoever did it: «Anna gave the task».
WORDS = {
    ADDED: _("gave the task"),
    CHANGED: _("changed"),
    "started": _("began the work"),
    "deferred": _("put the task off"),
    "handed_in": _("handed the work in"),
    "sent_back": _("sent the work back"),
    "reopened": _("opened the task again"),
    "closed": _("completed the task"),
    "overdue": _("The deadline has passed"),
    "due": _("The task begins"),
    "comment_changed": _("corrected a comment"),
    "comment_removed": _("took a comment back"),
}
FIELDS = {
    "title": _("Title"),
    "description": _("Description"),
    "priority": _("Priority"),
    "responsible": _("Responsible"),
    "controller": _("Controller"),
    "observers": _("Observers"),
    "accomplices": _("Helpers"),
    "group": _("Group"),
    "stage": _("Column"),
    "parent": _("Part of"),
    "begins_at": _("Begins"),
    "deadline": _("Deadline"),
    "planned_minutes": _("Planned time"),
    "needs_control": _("To be accepted"),
    "records": _("About"),
}
EVENTS = {
    events.TaskAdded: ADDED,
    events.TaskStarted: "started",
    events.TaskDeferred: "deferred",
    events.TaskHandedIn: "handed_in",
    events.TaskSentBack: "sent_back",
    events.TaskReopened: "reopened",
    events.TaskOverdue: "overdue",
    events.TaskDue: "due",
}


def write(what: str) -> Callable[[Sequence[Any]], None]:
    """A reaction that writes one line for each event."""
    return lambda happened: _keep(_line(one, what) for one in happened)


for _happening, _what in EVENTS.items():
    reacts_to(_happening)(write(_what))


@reacts_to(events.TaskClosed)
def closed(happened: Sequence[events.TaskClosed]) -> None:
    """Write down who completed what; a task that was removed has no history any more."""
    _keep(_line(one, "closed") for one in happened if not one.removed)


@reacts_to(events.TaskChanged)
def changed(happened: Sequence[events.TaskChanged]) -> None:
    """Write a line for each field that was changed, with the values as they stood."""
    _keep(
        _line(one, CHANGED, field=name, was=_plain(one.was[name]), now=_plain(now))
        for one in happened
        for name, now in one.now.items()
    )


@reacts_to(events.CommentChanged)
def corrected(happened: Sequence[events.CommentChanged]) -> None:
    """Write down what a comment said before it was corrected."""
    _keep(_line(one, "comment_changed", was=one.was, now=one.now) for one in happened)


@reacts_to(events.CommentRemoved)
def taken_back(happened: Sequence[events.CommentRemoved]) -> None:
    """Write down what was said before it was taken back."""
    _keep(_line(one, "comment_removed", was=one.was) for one in happened)


def of(task: Task, *, most: int = 200) -> list[Happened]:
    """What happened to a task, the latest first."""
    return list(Happened.objects.filter(task=task).select_related("by").order_by("-at", "-pk")[:most])


def people_in(lines: Iterable[Happened]) -> Mapping[int, Any]:
    """Those whom changed fields name, to be shown by their names."""
    named = {
        int(one)
        for line in lines
        if line.field in ("responsible", "controller", "observers", "accomplices")
        for one in f"{line.was},{line.now}".split(",")
        if one.isdecimal()
    }
    return company.by_id(named)


def shown(field: str, value: str, *, people: Mapping[int, Any]) -> Any:
    """A kept value as templates show it: names for people, moments for moments, titles for the rest."""
    if not value:
        return ""
    if field in ("responsible", "controller", "observers", "accomplices"):
        return ", ".join(str(people[int(one)]) for one in value.split(",") if one.isdecimal() and int(one) in people)
    if field in ("begins_at", "deadline"):
        return parse_datetime(value)
    if field == "stage":
        return Stage.objects.filter(pk=int(value)).values_list("title", flat=True).first() or ""
    if field == "priority":
        return rules.PRIORITIES.get(value, value)
    return value


def _plain(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, list | tuple):
        return ",".join(str(one) for one in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _line(one: Any, what: str, **more: str) -> Happened:
    call = one.call
    return Happened(task_id=one.task, at=call.at, by_id=call.author, process=call.cause.title, what=what, **more)


def _keep(lines: Iterable[Happened]) -> None:
    made = list(lines)
    there = set(Task.objects.filter(pk__in={one.task_id for one in made}).values_list("pk", flat=True))
    Happened.objects.bulk_create(one for one in made if one.task_id in there)
