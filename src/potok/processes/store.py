"""The narrow port between the shell and its storage: PostgreSQL in the product, memory in a simulation.

Everything that a worker does to instances goes through it; what blocks ask for goes through the hands (see `rounds`).
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from potok.engine.values import Value
from potok.processes.net import Net
from potok.processes.published import Published
from potok.processes.turn import Claimed, Turn


@dataclass(frozen=True, slots=True)
class Followed:
    """What an instance follows: its version, and the constants that administrators have set."""

    version: Published
    constants: Mapping[str, Value]


class Store(Protocol):
    """Where instances are claimed and kept."""

    def transaction(self) -> AbstractContextManager[object]:
        """Open a transaction: it commits when the block ends, with all reactions told, and is undone when it raises."""
        ...

    def savepoint(self) -> AbstractContextManager[object]:
        """Undo what follows, and only that, if it raises."""
        ...

    def since_claim(self) -> AbstractContextManager[object]:
        """Undo all that was done since the claim of this transaction, and only that, if it raises."""
        ...

    def remembered(self) -> AbstractContextManager[object]:
        """Ask once, for all that happens inside, what administrators have declared."""
        ...

    def claim(self, *, limit: int, only: Sequence[int] = ()) -> Sequence[Claimed]:
        """Lock up to `limit` instances that have something to do and whom nobody else holds, one of each record; with
        `only`, those of them. Never waits. One whom another served between the look and the lock has no wakes."""
        ...

    def followed(self, claimed: Sequence[Claimed]) -> Sequence[Followed]:
        """Tell what these instances follow, in their order."""
        ...

    def keep(self, turns: Sequence[Turn]) -> None:
        """Keep all turns, remove the wakes that they handled, and let others react to what was announced."""
        ...

    def net(self) -> Net:
        """Make a net for a life that lives alone."""
        ...

    def allow_waiting(self) -> None:
        """Let statements of this savepoint wait for the locks of others, for a moment."""
        ...

    def is_outage(self, failure: BaseException) -> bool:
        """Tell whether the storage itself failed: the transaction is gone, and no instance is to blame."""
        ...

    def ring(self) -> None:
        """Wake a worker that rests."""
        ...

    def rest(self, *, at_most: float) -> float:
        """Answer for how many seconds nothing falls due."""
        ...
