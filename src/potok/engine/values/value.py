"""The values that Python has no type for, and the union of all."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of calendar time. Its parts stay apart: a month has no fixed days, a day no fixed hours."""

    months: int = 0
    days: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, by its three-letter code."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person, by id."""

    id: int


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record, by its type's name and its id."""

    type: str
    id: int


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file, by id."""

    id: int


Value: TypeAlias = (
    str
    | bool
    | int
    | Decimal
    | date
    | datetime
    | Duration
    | Money
    | PersonRef
    | RecordRef
    | FileRef
    | tuple["Value", ...]
    | None
)


# Not the thread's own context, which rounds, and belongs to whoever calls the engine.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def is_empty(value: Value) -> bool:
    """Tell whether a value says nothing: nothing at all, a text without characters, a list without items."""
    return value is None or value in ("", ())


def number(given: int | Decimal) -> int | Decimal:
    """Give a number its one form: whole numbers are int, others Decimal without trailing zeros."""
    if isinstance(given, int):
        return int(given)
    if given == given.to_integral_value():
        return int(given)
    return given.normalize(_EXACT)
