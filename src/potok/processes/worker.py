"""The worker: claims a batch, carries all of it to its next wait, keeps it, commits. There is no recovery procedure: a
crash is a rollback, and a fresh worker does what every worker does.

A failure falls back on its own instance. One that fails after it acted is undone and lives again alone; an error
without a name undoes all, halves the batch and repeats, down to the culprit.
"""

import gc
import logging
import random
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection

from potok.engine.run import Status
from potok.kit import clock
from potok.kit.events import current, gathered, savepoint
from potok.kit.loops import loop
from potok.processes import claiming, facts, keeping, outside, partitions, published, waking
from potok.processes.life import Life
from potok.processes.net import Net, is_loss, is_passing
from potok.processes.rounds import Hands, patient, real, rounds
from potok.processes.turn import Claimed, Failure, Turn

BATCH_MAX = 200
BATCH_SECONDS = 0.5  # small batches pay the same round trips for fewer instances
BATCH_MIN = 50
IDLE_SECONDS = 1.0
ATTEMPTS_MAX = 5  # sent back so often, an instance is carried alone and may wait
LOCK_MILLISECONDS = 200
# Statements over sets go past Django, so psycopg's own errors come through too.
LOST = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
log = logging.getLogger(__name__)


class Pace:
    """How many instances a batch takes, so that it lasts no longer than people may wait for a record in it."""

    def __init__(self) -> None:
        self.size = BATCH_MAX

    def lasted(self, seconds: float, *, for_instances: int) -> None:
        """Learn from a batch."""
        if for_instances:
            fitting = int(for_instances * BATCH_SECONDS / max(seconds, 0.001))
            self.size = min(BATCH_MAX, max(BATCH_MIN, fitting, self.size // 2))


@loop("engine")
def run(stop: threading.Event) -> None:
    """Serve instances until told to stop; the batch in hand is finished first."""
    pace = Pace()
    settle_in()
    with waking.listening() as bell:
        while not stop.is_set():
            try:
                if not serve(pace):
                    partitions.make_ahead()
                    bell.wait(_rest())
            except LOST:
                # The server went away or is starting; nothing is lost, a rollback is what a crash would be.
                log.warning("The engine lost its database connection and looks for it again.")
                connection.close()
                stop.wait(IDLE_SECONDS)


def settle_in() -> None:
    """Let the collector leave alone what is loaded, and come less often: a batch makes much that is short-lived."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def serve(pace: Pace) -> int:
    """Carry one batch of the size that the pace allows; answers how many instances it took."""
    begun = time.monotonic()
    done = batch(limit=pace.size)
    pace.lasted(time.monotonic() - begun, for_instances=done)
    return done


def batch(*, limit: int = BATCH_MAX, only: Sequence[int] = (), hands: Hands = real) -> int:
    """Claim up to `limit` instances, carry them to their next wait and commit; answers how many there were."""
    with gathered():
        claimed = claiming.claim(limit=limit, only=only)
        if claimed:
            with outside.remembered():
                carry(claimed, hands=hands)
    return len(claimed)


def run_until_idle(*, limit: int = BATCH_MAX, batches: int = 10_000) -> int:
    """Serve until nothing is due; answers how many batches it took. For tests, demos and the command line."""
    for count in range(batches):
        if not batch(limit=limit):
            return count
    return batches


def advance_now(instances: Sequence[int]) -> None:
    """Carry these instances at once if nobody else does, so that a person sees what comes next in his answer."""
    batch(limit=len(instances), only=instances)


def carry(claimed: Sequence[Claimed], *, hands: Hands = real) -> None:
    """Carry instances to their next wait and keep them, each as if it were alone."""
    patience = [one for one in claimed if one.attempts >= ATTEMPTS_MAX]
    together = [one for one in claimed if one.attempts < ATTEMPTS_MAX]
    if together:
        _together(together, hands=hands)
    for one in patience:
        _alone(one, hands=hands, waits=True)


def _together(claimed: Sequence[Claimed], *, hands: Hands) -> None:
    lives = _lives(claimed)
    spoilt: set[int] = set()
    try:
        with savepoint():
            ended = rounds({life.claimed.id: life.live() for life in lives}, hands=hands)
            spoilt = {id for id, end in ended.items() if isinstance(end, Exception)}
            if spoilt:
                raise _Parted
            _keep([ended[life.claimed.id] for life in lives])
    except Exception as failure:
        if is_loss(failure):
            raise
        _part(claimed, spoilt, hands=hands)


class _Parted(Exception):  # noqa: N818
    """Undoes the batch, because some of its lives have to be lived alone."""


def _part(claimed: Sequence[Claimed], spoilt: set[int], *, hands: Hands) -> None:
    """Carry the sound ones together and the spoilt ones alone; without a name for the culprit, halve and repeat."""
    if spoilt:
        sound = [one for one in claimed if one.id not in spoilt]
        shares = [sound, *([one] for one in claimed if one.id in spoilt)]
    else:
        half = len(claimed) // 2
        shares = [list(claimed[:half]), list(claimed[half:])]
    for share in filter(None, shares):
        if len(share) == 1:
            _alone(share[0], hands=hands)
        else:
            _together(share, hands=hands)


def _alone(claimed: Claimed, *, hands: Hands, waits: bool = False) -> None:
    """Carry one instance with a net under each of its blocks; what fails even so becomes an incident."""
    try:
        with savepoint():
            if waits:
                _allow_waiting()
            life = _lives([claimed], net=Net())[0]
            ended = rounds({claimed.id: life.live()}, hands=patient(hands))[claimed.id]
            if isinstance(ended, Exception):
                raise ended
            _keep([ended])
    except Exception as failure:
        if is_loss(failure):
            raise
        with savepoint():
            _keep([_sent_back(claimed) if is_passing(failure) else _given_up(claimed, failure)])


def _allow_waiting() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_MILLISECONDS}ms"])


def _keep(turns: Sequence[Turn]) -> None:
    keeping.keep(turns)
    # Reactions run here, inside the savepoint, so that one that fails can be traced to its instance.
    current().settle()


def _lives(claimed: Sequence[Claimed], *, net: Net | None = None) -> list[Life]:
    constants = facts.constants({one.definition for one in claimed})
    return [
        Life(one, published.version(one.version), constants.get(one.definition, {}), _pause(one), net)
        for one in claimed
    ]


def _pause(claimed: Claimed) -> timedelta:
    # Chance parts those who met: two workers that want the same records must not meet again in step.
    return timedelta(seconds=random.uniform(0.02, 0.1) * 2 ** min(claimed.attempts, 6))  # noqa: S311


def _sent_back(claimed: Claimed) -> Turn:
    turn = Turn(claimed, state=claimed.state, status=int(Status.RUNNING))
    turn.ready.append((claimed.at + _pause(claimed), claimed.attempts + 1))
    turn.handled = [wake for wake in claimed.wakes if wake.queue == "ready"]
    return turn


def _given_up(claimed: Claimed, failure: Exception) -> Turn:
    """Nothing of the activation is kept; the events that led to it are done with, and an operator is asked."""
    log.error("Instance %s could not be advanced", claimed.id, exc_info=failure)
    turn = Turn(claimed, state=claimed.state, status=int(Status.STUCK), handled=list(claimed.wakes))
    turn.failures.append(Failure(None, "", "processes.defect", _described(failure)))
    return turn


def _described(failure: Exception) -> dict[str, Any]:
    return {"kind": type(failure).__name__}


def _rest() -> float:
    due = claiming.next_due()
    return IDLE_SECONDS if due is None else min(IDLE_SECONDS, max((due - clock.now()).total_seconds(), 0.01))
