"""The loop that watches the clock for tasks: what begins, what is late, what repeats.

Each is marked and done in one transaction, so it happens once however many of these loops run; a crash is a rollback,
and what is due is still due.
"""

import logging

from potok.kit import clock, ids, sets
from potok.kit.calls import CLOCK, Call, Cause
from potok.kit.events import announce, gathered, savepoint
from potok.kit.loops import OUTAGE, rounds
from potok.tasks import rules, templating
from potok.tasks.events import TaskDue, TaskOverdue
from potok.tasks.models import Task, Template

BATCH = 200
TAKE = """SELECT id FROM tasks_task WHERE wakes_at <= (SELECT potok_now()) ORDER BY wakes_at, id
          LIMIT %b FOR NO KEY UPDATE SKIP LOCKED"""
TAKE_TEMPLATE = """SELECT id FROM tasks_template WHERE next_at <= (SELECT potok_now()) ORDER BY next_at, id
                   LIMIT %b FOR NO KEY UPDATE SKIP LOCKED"""
PUT_OFF = """UPDATE tasks_template SET next_at = potok_now() + interval '10 minutes' WHERE id = %b"""
log = logging.getLogger(__name__)


@rounds("tasks", rest_seconds=2.0)
def serve() -> int:
    """Tell what began and what is late, give what repeats; answers how much there was."""
    with gathered():
        told = _tell()
    with gathered():
        return told + _repeat()


def _tell() -> int:
    taken = sets.ids(TAKE, (), BATCH)
    call = Call(None, clock.now(), ids.new_key(), Cause(CLOCK))
    for task in Task.objects.filter(pk__in=taken).order_by("pk"):
        was = task.wakes_at
        assert was is not None
        # Both moments may have passed while nobody watched.
        if task.begins_at is not None and was <= task.begins_at <= call.at:
            announce(TaskDue(call=call, task=task.pk))
        if task.deadline is not None and was <= task.deadline <= call.at:
            announce(TaskOverdue(call=call, task=task.pk))
        following = rules.next_wake(status=task.status, begins_at=task.begins_at, deadline=task.deadline, after=call.at)
        Task.objects.filter(pk=task.pk).update(wakes_at=following)
    return len(taken)


def _repeat() -> int:
    taken = sorted(sets.ids(TAKE_TEMPLATE, (), BATCH))
    for template in Template.objects.filter(pk__in=taken).order_by("pk"):
        call = Call(None, clock.now(), ids.new_key(), Cause(CLOCK, title=template.title))
        try:
            with savepoint():
                templating.give_due(call, template)
        except OUTAGE:
            raise
        except Exception:
            log.exception("The task of template %s could not be given", template.pk)
            sets.execute(PUT_OFF, (), template.pk)
    return len(taken)
