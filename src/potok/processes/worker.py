"""The worker: claims a batch, carries all of it to its next wait, keeps it, commits. There is no recovery procedure: a
crash is a rollback, and a fresh worker does what every worker does.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Sequence

import psycopg
from django.db import InterfaceError, OperationalError, connection

from potok.kit.loops import loop
from potok.processes import caution, floors, waking
from potok.processes.carrying import Carrier, quarantined
from potok.processes.caution import DEATHS_MAX, Caution
from potok.processes.postgres import POSTGRES
from potok.processes.rounds import Hands, real
from potok.processes.store import Store
from potok.processes.turn import Claimed

BATCH_MAX = 200
BATCH_SECONDS = 0.5  # small batches pay the same round trips for fewer instances
BATCH_MIN = 50
IDLE_SECONDS = 1.0
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
    settle_in()
    with waking.listening() as bell, caution.on_duty(bell.raw) as care:
        while not stop.is_set():
            try:
                work(stop.is_set, bell=bell.wait, care=care)
            except Exception as failure:
                if not isinstance(failure, LOST) and not POSTGRES.is_outage(failure):
                    raise
                # The server went away, is starting or has no room. Nothing is lost: it was rolled back, as by a crash.
                log.warning("The engine lost its database and looks for it again: %s", failure)
                connection.close()
                stop.wait(IDLE_SECONDS)


def settle_in() -> None:
    """Prepare this process to serve on: claims begin where the last one found somebody; the collector leaves alone what
    is loaded, and comes less often, for a batch makes much that is short-lived."""
    floors.FLOORS.are_kept = True
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def work(
    stopped: Callable[[], bool],
    *,
    bell: Callable[[float], None],
    store: Store = POSTGRES,
    hands: Hands = real,
    care: Caution | None = None,
) -> None:
    """Serve batch after batch; when nothing is due, rest until the bell rings or something falls due."""
    pace = Pace()
    while not stopped():
        if care is not None and care.is_on():
            done = carefully(care, store=store, hands=hands)
        else:
            done = serve(pace, store=store, hands=hands)
        if not done:
            bell(store.rest(at_most=IDLE_SECONDS))


def serve(pace: Pace, *, store: Store = POSTGRES, hands: Hands = real) -> int:
    """Carry one batch of the size that the pace allows; answers how many instances it took."""
    begun = time.monotonic()
    done = batch(limit=pace.size, store=store, hands=hands)
    pace.lasted(time.monotonic() - begun, for_instances=done)
    return done


def carefully(care: Caution, *, store: Store = POSTGRES, hands: Hands = real) -> int:
    """Carry one instance, counting before that it was tried; answers how many it took. One that workers died over is
    left alone, and an operator is asked."""
    with store.transaction():
        claimed = store.claim(limit=1)
        for one in _woken(claimed):
            deadly = care.is_deadly(one.id)
            with care.surviving(one.id), store.remembered():
                if deadly:
                    store.keep([quarantined(one, deaths=DEATHS_MAX)])
                else:
                    Carrier(store, hands).carry([one])
    return len(claimed)


def batch(*, limit: int = BATCH_MAX, only: Sequence[int] = (), hands: Hands = real, store: Store = POSTGRES) -> int:
    """Claim up to `limit` instances, carry them to their next wait and commit; answers how many there were."""
    with store.transaction():
        claimed = store.claim(limit=limit, only=only)
        if woken := _woken(claimed):
            with store.remembered():
                Carrier(store, hands).carry(woken)
    # Those who woke in vain count: while they were locked here, others passed over what came in, and now rest.
    return len(woken if only else claimed)


def _woken(claimed: Sequence[Claimed]) -> list[Claimed]:
    return [one for one in claimed if one.wakes]


def run_until_idle(*, limit: int = BATCH_MAX, batches: int = 10_000) -> int:
    """Serve until nothing is due; answers how many batches it took. For tests, demos and the command line."""
    for count in range(batches):
        if not batch(limit=limit):
            return count
    return batches


def advance_now(instances: Sequence[int], *, store: Store = POSTGRES, hands: Hands = real) -> None:
    """Carry these instances at once if nobody else does, so that a person sees what comes next in his answer."""
    batch(limit=len(instances), only=instances, store=store, hands=hands)
    # What came in while we held them was passed over by the workers, who have gone back to sleep.
    store.ring()
