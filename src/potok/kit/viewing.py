"""For whom what is read now is shown: a door that shows records says so, and rights per field follow by themselves.

Without it the system reads, and sees everything; so do reactions, which keep what they read instead of showing it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_viewer: ContextVar[int | None] = ContextVar("viewer", default=None)


def viewer() -> int | None:
    """The person for whom things are read now; None is the system."""
    return _viewer.get()


@contextmanager
def shown_to(person: int | None) -> Iterator[None]:
    """Read for a person inside; None reads for the system, whoever looks outside."""
    token = _viewer.set(person)
    try:
        yield
    finally:
        _viewer.reset(token)
