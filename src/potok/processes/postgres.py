"""The store of the product: PostgreSQL, through the connection of this thread."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from django.db import connection

from potok.kit import sets
from potok.kit.events import current, gathered, savepoint
from potok.processes import claiming, keeping, net, outside, partitions, published, waking
from potok.processes.net import Net, SavepointNet
from potok.processes.store import Followed
from potok.processes.turn import Claimed, Turn

SAVEPOINT = "potok_claimed"  # stands behind a claim: no round trip of its own
LOCK_MILLISECONDS = 200


class Postgres:
    """See `store.Store`; claiming and keeping are in modules of their own."""

    def transaction(self) -> AbstractContextManager[object]:
        return gathered()

    def remembered(self) -> AbstractContextManager[object]:
        return outside.remembered()

    def savepoint(self) -> AbstractContextManager[object]:
        return savepoint()

    def claim(self, *, limit: int, only: Sequence[int] = ()) -> list[Claimed]:
        return claiming.claim(limit=limit, only=only, savepoint=SAVEPOINT)

    @contextmanager
    def since_claim(self) -> Iterator[None]:
        mark, promised = current().mark(), len(connection.run_on_commit)
        try:
            yield
        except Exception as failure:
            current().undo(mark)
            del connection.run_on_commit[promised:]
            if not self.is_outage(failure):
                sets.execute(f"ROLLBACK TO SAVEPOINT {SAVEPOINT}")
            raise

    def followed(self, claimed: Sequence[Claimed]) -> list[Followed]:
        return [Followed(published.version(one.version), one.constants) for one in claimed]

    def keep(self, turns: Sequence[Turn]) -> None:
        keeping.keep(turns)
        # Reactions run here, inside the savepoint, so that one that fails can be traced to its instance.
        current().settle()

    def net(self) -> Net:
        return SavepointNet()

    def allow_waiting(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_MILLISECONDS}ms"])

    def is_outage(self, failure: BaseException) -> bool:
        return net.is_outage(failure)

    def ring(self) -> None:
        waking.ring()

    def rest(self, *, at_most: float) -> float:
        partitions.make_ahead()
        return claiming.rest(at_most=at_most)


POSTGRES = Postgres()
