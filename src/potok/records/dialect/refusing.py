"""How classic methods say no: without a code, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from potok.kit import viewing
from potok.kit.calls import Call
from potok.kit.dialects import WireError
from potok.kit.errors import Forbidden, Refused


@contextmanager
def answering(call: Call) -> Iterator[None]:
    """Answer as the caller may see things; a refusal leaves as classic methods spell it."""
    try:
        with viewing.shown_to(call.by):
            yield
    except Forbidden:
        raise WireError("", "Access denied") from None
    except Refused as refused:
        raise WireError("", refused.sentence()) from None
