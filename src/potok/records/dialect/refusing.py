"""How classic methods say no: without a code, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from potok.kit.dialects import WireError
from potok.kit.errors import Forbidden, Refused
from potok.records import catalogue


@contextmanager
def answering() -> Iterator[None]:
    """Answer with the catalogue at hand; a refusal leaves as classic methods spell it."""
    try:
        with catalogue.remembered():
            yield
    except Forbidden:
        raise WireError("", "Access denied") from None
    except Refused as refused:
        raise WireError("", refused.sentence()) from None
