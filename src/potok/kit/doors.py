"""How a door opens: who asks and when is settled once, in one transaction, and told to every operation as a `Call`."""

from collections.abc import Iterator
from contextlib import contextmanager

from potok.kit import clock, ids
from potok.kit.calls import Call, Cause
from potok.kit.events import gathered


@contextmanager
def opened(by: int | None, *, door: str, key: str = "") -> Iterator[Call]:
    """Open a transaction for one ask; it commits when the block ends and is undone whole when it raises."""
    with gathered():
        yield Call(by=by, at=clock.now(), key=key or ids.new_key(), cause=Cause(door))
