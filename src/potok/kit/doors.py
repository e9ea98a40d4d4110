"""How a door opens: who asks and when is settled once, in one transaction, and told to every operation as a `Call`."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError

from potok.kit import clock, ids, passing
from potok.kit.calls import Call, Cause
from potok.kit.errors import NO_ROOM
from potok.kit.events import gathered


@contextmanager
def opened(by: int | None, *, door: str, key: str = "") -> Iterator[Call]:
    """Open a transaction for one ask; it commits when the block ends and is undone whole when it raises.

    Refused with a sentence where the server has no room for what was to be written.
    """
    try:
        with gathered():
            yield Call(by=by, at=clock.now(), key=key or ids.new_key(), cause=Cause(door))
    except (DatabaseError, psycopg.Error) as failure:
        if passing.is_full(failure):
            raise NO_ROOM() from failure
        raise
