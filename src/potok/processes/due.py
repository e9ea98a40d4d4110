"""The loop that starts what nobody asks for now: schedules, values that have stayed, lists of starts, those who wait.

Like the worker it has no state and no recovery: a row is locked, carried out and removed in one transaction, and what
another one holds is passed by. There may be as many of these loops as one likes.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from potok.kit import clock, sets
from potok.kit.events import gathered
from potok.kit.loops import loop
from potok.processes import outside, schedules, settling, startlists, stays
from potok.processes.net import is_outage, is_passing

IDLE_SECONDS = 1.0
SHORTEST_SECONDS = 0.05
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that fall due: who carries them out, when the next one does, and how one that cannot be is put off."""

    serve: Callable[[int], int]
    next_due: Callable[[], datetime | None]
    table: str
    batch: int
    only: str = "TRUE"

    def put_off(self) -> None:
        """Let the first row wait, so that it delays no other; whoever reads the log mends what is wrong with it."""
        first = f"SELECT id FROM {self.table} WHERE {self.only} AND due <= potok_now() ORDER BY due, id LIMIT 1"  # noqa: S608
        sets.execute(f"UPDATE {self.table} SET due = potok_now() + interval '10 minutes' WHERE id IN ({first})")  # noqa: S608


QUEUES: Sequence[Queue] = (
    Queue(settling.serve, settling.next_due, "processes_startline", settling.BATCH, only="list_id IS NULL"),
    Queue(stays.serve, stays.next_due, "processes_stay", stays.BATCH),
    Queue(schedules.serve, schedules.next_due, "processes_planned", schedules.BATCH),
    Queue(startlists.serve, settling.next_due, "processes_startline", startlists.BATCH, only="list_id IS NOT NULL"),
)


@loop("starts")
def run(stop: threading.Event) -> None:
    """Serve until told to stop."""
    while not stop.is_set():
        try:
            if not serve():
                stop.wait(_rest())
        except Exception as failure:
            if not is_outage(failure):
                raise
            log.warning("The loop of starts lost its database and looks for it again: %s", failure)
            connection.close()
            stop.wait(IDLE_SECONDS)


def serve() -> int:
    """Carry out one batch of each kind, each in a transaction of its own; answers how many rows there were."""
    return sum(_batch(queue) for queue in QUEUES)


def run_until_idle(*, batches: int = 1_000) -> int:
    """Serve until nothing is due; answers how many batches it took. For tests and demos."""
    for count in range(batches):
        if not serve():
            return count
    return batches


def _batch(queue: Queue) -> int:
    """One batch; if anything in it fails, one row; and if that fails too, it is put off."""
    for limit in (queue.batch, 1):
        try:
            with gathered(), outside.remembered():
                return queue.serve(limit)
        except Exception as failure:
            if is_outage(failure):
                raise
            if is_passing(failure):
                return 1  # Two that met: nothing of ours was kept, and we come again.
            log.exception("Rows of %s could not be carried out", queue.table)
    with gathered():
        queue.put_off()
    return 1


def _rest() -> float:
    """How long nothing falls due; busy rows are due already and wait for their pause."""
    with gathered():
        moments = [moment for queue in QUEUES if (moment := queue.next_due()) is not None]
        ahead = [(moment - clock.now()).total_seconds() for moment in moments]
    return min([IDLE_SECONDS, *(max(seconds, SHORTEST_SECONDS) for seconds in ahead)])
