"""How an idle worker learns that there is work: a notification after the commit, and a look now and then as the net.

Inside business transactions NOTIFY takes a lock that all commits queue for, so it is sent after them, and not more
often than every 20 ms: a worker that is awake looks again by itself.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, transaction

CHANNEL = "potok_engine"
PAUSE_SECONDS = 0.02
# A notification commits like anything else; nobody may wait for the disk on its account.
NOTIFY = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, '')"


class _Last:
    rung = 0.0


def after_commit() -> None:
    """Wake a worker once the open transaction has committed."""
    transaction.on_commit(ring, robust=True)


def ring() -> None:
    """Wake a worker now."""
    now = time.monotonic()
    if now - _Last.rung >= PAUSE_SECONDS:
        _Last.rung = now
        with connection.cursor() as cursor:
            cursor.execute(NOTIFY, [CHANNEL])


class Bell:
    """The worker's ear, on a connection of its own."""

    def __init__(self, raw: "psycopg.Connection[tuple[object, ...]]") -> None:
        self.raw = raw

    def wait(self, seconds: float) -> None:
        """Return when it rings, or when the time is over."""
        for _ in self.raw.notifies(timeout=max(seconds, 0), stop_after=1):
            pass


@contextmanager
def listening() -> Iterator[Bell]:
    """Open the ear."""
    words = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        words.pop(name, None)
    with psycopg.connect(**words, autocommit=True) as raw:
        raw.execute(f"LISTEN {CHANNEL}")
        yield Bell(raw)
