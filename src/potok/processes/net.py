"""Under a life that lives alone: whatever its block does wrong is undone up to that block, and no further.

Here it is also decided what a failure of the database means: passing, an outage, or the fault of who asked.
"""

from typing import Protocol

import psycopg
from django.db import DatabaseError, InterfaceError, connection, transaction

from potok.kit import passing
from potok.kit.events import current

# A full disk, no memory, too many connections; a server that shuts down, starts, or only reads; a broken disk.
OUTAGE = ("53", "57P", "58")
READ_ONLY = "25006"


class Busy(Exception):  # noqa: N818
    """Somebody holds a record that a life must look at under its lock: undone whole, it is lived again later."""


def is_passing(failure: BaseException) -> bool:
    """Tell whether the same thing may well succeed when it is tried again."""
    return isinstance(failure, Busy) or passing.is_passing(failure)


def is_outage(failure: BaseException) -> bool:
    """Tell whether the server itself failed: no instance is to blame, and the transaction is lost."""
    if isinstance(failure, InterfaceError | psycopg.InterfaceError):
        return True
    state = _state(failure)
    if state.startswith(OUTAGE) or state == READ_ONLY:
        return True
    raw = connection.connection
    return isinstance(failure, DatabaseError | psycopg.Error) and (raw is None or raw.closed)


def _state(failure: BaseException) -> str:
    # Statements over sets go past Django, so psycopg's own errors come through too.
    cause = failure.__cause__ if isinstance(failure, DatabaseError) else failure
    return (cause.sqlstate or "") if isinstance(cause, psycopg.Error) else ""


class Net(Protocol):
    """Hangs under the block that is performed now."""

    def hang(self) -> None:
        """Hang it under the next block."""
        ...

    def catch(self, failure: Exception) -> None:
        """Undo what the block did; an outage cannot be caught and is raised again."""
        ...

    def passes(self, failure: Exception) -> bool:
        """Tell whether the failure will pass by itself."""
        ...


class SavepointNet:
    """A net of savepoints of the database."""

    def __init__(self) -> None:
        self._savepoint: str | None = None
        self._mark = (0, 0, 0)

    def hang(self) -> None:
        self._mark = current().mark()
        self._savepoint = transaction.savepoint()

    def catch(self, failure: Exception) -> None:
        if is_outage(failure) or self._savepoint is None:
            raise failure
        transaction.savepoint_rollback(self._savepoint)
        current().undo(self._mark)

    def passes(self, failure: Exception) -> bool:
        return is_passing(failure)
