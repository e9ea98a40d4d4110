"""Who takes a whole worker down is found: after a death the next worker goes carefully for some minutes, one instance
at a time, and counts each attempt before it makes it.

A worker on duty has a row, and holds the advisory lock of its number on the connection of its bell: a process that dies
loses the lock and leaves the row. Attempts are counted on that connection too, so that no death takes a count back.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg

from potok.kit import sets

Raw = psycopg.Connection[tuple[object, ...]]
LOCKS = 70_011  # the class of our advisory locks
CAREFUL_SECONDS = 180.0
DEATHS_MAX = 3  # the first of them is the one that made us careful, and is not counted
BEGIN = """INSERT INTO processes_shift (server_started_at) VALUES (pg_postmaster_start_time())
    RETURNING id, pg_advisory_lock(%s, id::int)"""
END = "DELETE FROM processes_shift WHERE id = %s"
DEAD = """DELETE FROM processes_shift WHERE pg_try_advisory_xact_lock(%s, id::int)
    RETURNING server_started_at = pg_postmaster_start_time()"""
COUNT = """INSERT INTO processes_attempt (instance_id, count) VALUES (%s, 1)
    ON CONFLICT (instance_id) DO UPDATE SET count = processes_attempt.count + 1 RETURNING count"""
SURVIVED = "DELETE FROM processes_attempt WHERE instance_id = %b::bigint"
log = logging.getLogger(__name__)


@dataclass
class Caution:
    """How carefully this worker goes; `until` is a moment of the process's own clock."""

    raw: Raw
    until: float = 0.0

    def is_on(self) -> bool:
        """Tell whether to take one instance at a time, and to count."""
        return time.monotonic() < self.until

    def is_deadly(self, instance: int) -> bool:
        """Count an attempt that is about to be made; tells whether it had better not be."""
        row = self.raw.execute(COUNT, [instance]).fetchone()
        return row is not None and int(str(row[0])) >= DEATHS_MAX

    @contextmanager
    def surviving(self, instance: int) -> Iterator[None]:
        """Forget the count if the block is come through alive: with what it did, or at once if it raises."""
        try:
            yield
            sets.execute(SURVIVED, (), instance)
        except Exception:
            with suppress(psycopg.Error):
                self.raw.execute(SURVIVED, [instance], binary=True)
            raise


@contextmanager
def on_duty(raw: Raw) -> Iterator[Caution]:
    """Be known as a worker while the block lasts; careful, if another one died without a word."""
    died = [row for row in raw.execute(DEAD, [LOCKS]) if row[0]]
    number = (raw.execute(BEGIN, [LOCKS]).fetchone() or (0,))[0]
    if died:
        log.warning("A worker died. The engine takes one instance at a time for %s seconds.", int(CAREFUL_SECONDS))
    yield Caution(raw, until=time.monotonic() + CAREFUL_SECONDS if died else 0.0)
    # Not in a `finally`: what raises here is the death that the next worker has to know of.
    with suppress(psycopg.Error):
        raw.execute(END, [number])
