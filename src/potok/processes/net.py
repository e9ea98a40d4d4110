"""Under a life that lives alone: whatever its block does wrong is undone up to that block, and no further."""

import psycopg
from django.db import DatabaseError, OperationalError, connection, transaction

from potok.kit.events import current

# Deadlock, serialization failure, lock not available: nobody's fault, and over in a moment.
PASSING = frozenset({"40P01", "40001", "55P03"})


class Busy(Exception):  # noqa: N818
    """Somebody holds a record that a life must look at under its lock: undone whole, it is lived again later."""


def is_passing(failure: BaseException) -> bool:
    """Tell whether the same thing may well succeed when it is tried again."""
    if isinstance(failure, Busy):
        return True
    # Statements over sets go past Django, so psycopg's own errors come through too.
    cause = failure.__cause__ if isinstance(failure, DatabaseError) else failure
    return isinstance(cause, psycopg.Error) and cause.sqlstate in PASSING


def is_loss(failure: BaseException) -> bool:
    """Tell whether the connection is gone, and the transaction with it."""
    raw = connection.connection
    return isinstance(failure, OperationalError | psycopg.OperationalError) and (raw is None or raw.closed)


class Net:
    """A savepoint that hangs under the block which is performed now."""

    def __init__(self) -> None:
        self._savepoint: str | None = None
        self._mark = (0, 0, 0)

    def hang(self) -> None:
        """Hang it under the next block."""
        self._mark = current().mark()
        self._savepoint = transaction.savepoint()

    def catch(self, failure: Exception) -> None:
        """Undo what the block did. A lost connection cannot be caught."""
        if is_loss(failure) or self._savepoint is None:
            raise failure
        transaction.savepoint_rollback(self._savepoint)
        current().undo(self._mark)

    def passes(self, failure: Exception) -> bool:
        """Tell whether the failure will pass by itself."""
        return is_passing(failure)
