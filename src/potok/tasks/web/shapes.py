"""What the templates of tasks draw: a task with the words and links that belong to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext

from potok.engine.values import RecordRef
from potok.tasks import links, rules
from potok.tasks.models import Item, Task

GLYPHS = {
    rules.NEW: "todo",
    rules.IN_PROGRESS: "run",
    rules.AWAITING: "person",
    rules.DEFERRED: "wait",
    rules.DONE: "done",
}


@dataclass(frozen=True)
class Row:
    """A line of a list. `ticked` is «2 of 5» of the checklist, `state` a word of the process language."""

    task: Task
    about: links.Link | None
    ticked: str

    @property
    def state(self) -> str:
        return state(self.task)

    @property
    def status(self) -> str:
        return gettext(rules.STATUSES[self.task.status])


def state(task: Task) -> str:
    """The glyph of a task's status."""
    return GLYPHS[task.status]


def rows(tasks: Iterable[Task], *, by: int | None) -> list[Row]:
    """The lines of a list as this person may see them, with records and checklists fetched for all at once."""
    listed = list(tasks)
    titled = links.of((ref for task in listed for ref in task.refs()[:1]), by=by)
    ticks = _ticks(listed)
    return [Row(task, _first(task, titled), ticks.get(task.pk, "")) for task in listed]


def _first(task: Task, titled: dict[RecordRef, links.Link]) -> links.Link | None:
    refs = task.refs()
    return titled.get(refs[0]) if refs else None


def _ticks(tasks: list[Task]) -> dict[int, str]:
    counted = (
        Item.objects.filter(task__in=[task.pk for task in tasks])
        .values("task")
        .annotate(all=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
        .order_by()
    )
    return {row["task"]: gettext("%(done)s of %(all)s") % row for row in counted}
