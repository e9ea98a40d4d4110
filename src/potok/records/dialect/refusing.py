"""How classic methods say no: without a code, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from potok.kit import viewing
from potok.kit.calls import Call
from potok.kit.dialects import WireError
from potok.kit.errors import Forbidden, Refused
from potok.records import catalogue


@contextmanager
def answering(call: Call) -> Iterator[None]:
    """Answer with the catalogue at hand, as the caller may see it; a refusal leaves as classic methods spell it."""
    try:
        with viewing.shown_to(call.by), catalogue.remembered():
            yield
    except Forbidden:
        raise WireError("", "Access denied") from None
    except Refused as refused:
        raise WireError("", refused.sentence()) from None
