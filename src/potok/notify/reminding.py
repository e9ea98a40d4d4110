"""What reminds: rows of any table with a moment in `reminds_at` and the function that tells their people.

A row is taken and its person told in one transaction, so it happens once. There is no state and no recovery: a crash is
a rollback, and what is due is still due. There may be as many loops over one table as one likes.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass

from potok.kit import clock, ids, sets
from potok.kit.calls import CLOCK, Call, Cause
from potok.kit.events import gathered
from potok.kit.loops import OUTAGE

BATCH = 200
DUE = "SELECT id FROM {table} WHERE reminds_at <= (SELECT potok_now()) ORDER BY reminds_at, id"
TAKE = f"UPDATE {{table}} SET reminds_at = NULL WHERE id IN ({DUE} LIMIT %b FOR UPDATE SKIP LOCKED) RETURNING id"  # noqa: S608
# What cannot be told delays nothing else; whoever reads the log mends what is wrong with it.
PUT_OFF = f"UPDATE {{table}} SET reminds_at = potok_now() + interval '10 minutes' WHERE id IN ({DUE} LIMIT 1)"  # noqa: S608
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reminders:
    """The rows of one table that remind; `tell` gets the ids of those whose moment has come, and who asks."""

    table: str
    tell: Callable[[Call, Collection[int]], None]

    def serve(self) -> int:
        """Remind of what is due; answers of how much. If a batch fails, of one; if that fails, ten minutes later."""
        for limit in (BATCH, 1):
            try:
                with gathered():
                    return self._remind(limit)
            except OUTAGE:
                raise
            except Exception:
                log.exception("Reminders of %s could not be sent", self.table)
        with gathered():
            sets.execute(PUT_OFF.format(table=self.table))
        return 1

    def _remind(self, limit: int) -> int:
        if taken := sets.ids(TAKE.format(table=self.table), (), limit):
            self.tell(Call(None, clock.now(), ids.new_key(), Cause(CLOCK)), taken)
        return len(taken)
