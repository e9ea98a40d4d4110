"""The checklist of a task: lines that are ticked off one by one."""

from django.db.models import Max

from potok.kit import events
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.tasks import access, rules
from potok.tasks.models import Item, Task


@operation("tasks.checklist.add", needs="")
def add(call: Call, *, task: Task, text: str) -> Item:
    """Put a line at the end of the checklist."""
    rules.check_work(access.standing(task, by=call.by))
    last = Item.objects.filter(task=task).aggregate(last=Max("place"))["last"]
    item = Item.objects.create(task=task, text=rules.tidy_item(text), place=0 if last is None else last + 1)
    events.touch("task", task.pk)
    return item


@operation("tasks.checklist.tick", needs="")
def tick(call: Call, *, task: Task, item: int, done: bool = True) -> Item:
    """Tick a line off, or take the tick away. Ticking twice changes nothing."""
    rules.check_work(access.standing(task, by=call.by))
    line = _line(task, item)
    if (line.done_at is not None) != done:
        line.done_at, line.done_by_id = (call.at, call.author) if done else (None, None)
        line.save(update_fields=["done_at", "done_by"])
        events.touch("task", task.pk)
    return line


@operation("tasks.checklist.rename", needs="")
def rename(call: Call, *, task: Task, item: int, text: str) -> Item:
    """Say a line in other words."""
    rules.check_work(access.standing(task, by=call.by))
    line = _line(task, item)
    line.text = rules.tidy_item(text)
    line.save(update_fields=["text"])
    events.touch("task", task.pk)
    return line


@operation("tasks.checklist.remove", needs="")
def remove(call: Call, *, task: Task, item: int) -> None:
    """Take a line out of the checklist."""
    rules.check_work(access.standing(task, by=call.by))
    _line(task, item).delete()
    events.touch("task", task.pk)


def _line(task: Task, item: int) -> Item:
    line = Item.objects.filter(task=task, pk=item).first()
    if line is None:
        raise rules.UNKNOWN_ITEM(id=item)
    return line
