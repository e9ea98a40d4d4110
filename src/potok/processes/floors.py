"""From where on the queues are looked through.

A row that was served stays in its index until no snapshot can see it any more. While a report or a backup keeps one
open, whoever begins at the first row walks over all that was ever served. So a worker begins where its last claim found
somebody, and goes down to the bottom now and then: there lies what was committed late, or while a clock was set back.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

BOTTOM, FIRST = datetime(1, 1, 1, tzinfo=UTC), 0
# Whoever commits no later than this is found at once.
MARGIN, ROWS_MARGIN = timedelta(seconds=5), 1_000
# Where looking at the bottom takes long, it is done more seldom; nobody waits longer for it than the last of these.
LOOK_SECONDS, LOOK_SHARE, LOOK_SECONDS_MAX = 1.0, 20, 5.0


@dataclass(frozen=True, slots=True)
class Lowest:
    """What a look found: the first row of each queue, and the moment of the look. Of an empty inbox it is the row that
    came last."""

    ready: datetime | None
    timer: datetime | None
    inbox: int
    at: datetime


@dataclass(slots=True)
class Floors:
    """Where each queue begins, as this process knows. Unless they are kept, it is the bottom: whoever claims once, and
    not again a second later, had better see everything."""

    are_kept: bool = False
    ready: datetime = BOTTOM
    timer: datetime = BOTTOM
    inbox: int = FIRST
    at: datetime = BOTTOM
    look_at: float = field(default=0.0)

    def now(self) -> tuple[datetime, datetime, int]:
        """Answer from where to look: from the bottom, when it is time for that."""
        if not self.are_kept or time.monotonic() >= self.look_at:
            return BOTTOM, BOTTOM, FIRST
        return self.ready, self.timer, self.inbox

    def learn(self, found: Lowest, *, looked: tuple[datetime, datetime, int], seconds: float) -> None:
        """Learn from a look and how long it took."""
        if looked[0] == BOTTOM:
            self.look_at = time.monotonic() + min(max(LOOK_SECONDS, LOOK_SHARE * seconds), LOOK_SECONDS_MAX)
        if found.at < self.at:
            # The clock was set back: what is due now lies below.
            self.look_at = 0.0
        self.at = found.at
        margin = found.at - MARGIN
        self.ready, self.timer = min(found.ready or margin, margin), min(found.timer or margin, margin)
        self.inbox = max(found.inbox - ROWS_MARGIN, FIRST)


FLOORS = Floors()
