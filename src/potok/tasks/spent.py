"""Time spent on tasks: whoever works writes down his own."""

from datetime import date

from django.db.models import Sum

from potok.kit import events
from potok.kit.calls import Call
from potok.kit.errors import Forbidden, Missing, refusal
from potok.kit.operations import operation
from potok.kit.words import _
from potok.tasks import access, rules
from potok.tasks.models import Spent, Task

DAY_SECONDS = 24 * 60 * 60
SENSELESS = refusal("tasks.spent.senseless", _("Time spent is between a minute and a day. Write several days apart."))
UNKNOWN = refusal("tasks.spent.missing", _("This time is not written down any more."), family=Missing)
ANOTHERS = refusal("tasks.spent.anothers", _("This time was written down by somebody else. Ask him."), family=Forbidden)
NOBODYS = refusal("tasks.spent.nobodys", _("Time is spent by a person. Sign in to write it down."))


@operation("tasks.spent.add", needs="")
def add(call: Call, *, task: Task, seconds: int, note: str = "", on: date | None = None) -> Spent:
    """Write down one's time on a task; without a day it is today's."""
    rules.check_work(access.standing(task, by=call.by))
    if call.author is None:
        raise NOBODYS()
    row = Spent.objects.create(
        task=task,
        person_id=call.author,
        seconds=_tidied(seconds),
        note=rules.tidy_text(note, place="note"),
        on=on or call.at.date(),
        written_at=call.at,
    )
    events.touch("task", task.pk)
    return row


@operation("tasks.spent.change", needs="")
def change(call: Call, *, task: Task, entry: int, seconds: int, note: str | None = None) -> Spent:
    """Correct what was written down."""
    row = _own(call, task, entry)
    row.seconds = _tidied(seconds)
    row.note = row.note if note is None else rules.tidy_text(note, place="note")
    row.save(update_fields=["seconds", "note"])
    events.touch("task", task.pk)
    return row


@operation("tasks.spent.remove", needs="")
def remove(call: Call, *, task: Task, entry: int) -> None:
    """Take time back that was written down."""
    _own(call, task, entry).delete()
    events.touch("task", task.pk)


def whole(task: Task) -> int:
    """All seconds that were spent on a task."""
    found: int | None = Spent.objects.filter(task=task).aggregate(all=Sum("seconds"))["all"]
    return found or 0


def _own(call: Call, task: Task, entry: int) -> Spent:
    standing = access.standing(task, by=call.by)
    rules.check_part(standing)
    row = Spent.objects.filter(pk=entry, task=task).first()
    if row is None:
        raise UNKNOWN()
    if row.person_id != call.author and not standing & rules.MAY_CHANGE:
        raise ANOTHERS()
    return row


def _tidied(seconds: int) -> int:
    if not 60 <= seconds <= DAY_SECONDS:
        raise SENSELESS(place="seconds")
    return seconds
