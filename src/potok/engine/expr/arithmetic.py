"""Reckoning with numbers and money: exact in 34 digits, and never longer than that."""

from collections.abc import Callable
from datetime import date
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    InvalidOperation,
    Overflow,
    localcontext,
)
from typing import Any, TypeAlias

from potok.engine.values import DURATION, MONEY, NUMBER, Duration, Money, Type, number

from . import complaints
from .comparison import in_currency
from .expression import Failure
from .limits import DIGITS_MAX

Number: TypeAlias = int | Decimal

# A context of our own: the thread's belongs to whoever calls the engine.
_EXACT = Context(
    prec=DIGITS_MAX,
    rounding=ROUND_HALF_UP,
    Emax=DIGITS_MAX - 1,
    Emin=-DIGITS_MAX,
    traps=[InvalidOperation, Overflow],
)
# Long enough for the longest number with the most decimal places.
_WIDE = Context(prec=3 * DIGITS_MAX)
_EXPONENT_MAX = 1_000


def reckon(work: Callable[..., Decimal], *numbers: Number) -> Number:
    """Apply a calculation to numbers, turning what cannot be reckoned into a `Failure`."""
    with localcontext(_EXACT):
        try:
            return number(+work(*map(Decimal, numbers)))
        except (InvalidOperation, Overflow):
            raise Failure(complaints.NUMBER_TOO_LARGE.at(most=DIGITS_MAX)) from None


def plus(left: Number, right: Number) -> Number:
    """Add."""
    return reckon(lambda a, b: a + b, left, right)


def minus(left: Number, right: Number) -> Number:
    """Subtract."""
    return reckon(lambda a, b: a - b, left, right)


def times(left: Number, right: Number) -> Number:
    """Multiply."""
    return reckon(lambda a, b: a * b, left, right)


def divided(left: Number, right: Number) -> Number:
    """Divide."""
    if right == 0:
        raise Failure(complaints.DIVIDED_BY_ZERO.at())
    return reckon(lambda a, b: a / b, left, right)


def power(left: Number, right: Number) -> Number:
    """Raise to a power; beyond a thousand the result is too large or nothing, and would only take time."""
    # Python answers a negative power of zero with infinity.
    if left == 0 and right < 0:
        raise Failure(complaints.DIVIDED_BY_ZERO.at())
    if not -_EXPONENT_MAX <= right <= _EXPONENT_MAX:
        raise Failure(complaints.NUMBER_TOO_LARGE.at(most=DIGITS_MAX))
    return reckon(lambda a, b: a**b, left, right)


def rounded(given: Number, places: int, *, rounding: str = ROUND_HALF_UP) -> Number:
    """Round to a number of decimal places, negative ones to tens and hundreds."""
    step = Decimal(1).scaleb(-max(-DIGITS_MAX, min(places, DIGITS_MAX)))
    return reckon(lambda it: it.quantize(step, rounding, _WIDE), given)


def _money(amount: Number, currency: str) -> Money:
    return Money(Decimal(amount), currency)


def _durations(left: Duration, right: Duration, *, sign: int) -> Duration:
    return Duration(
        left.months + sign * right.months, left.days + sign * right.days, left.seconds + sign * right.seconds
    )


def _days(left: date, right: date) -> int:
    return (left - right).days


# (operator, left, right): (result, how). What is not here is an error when the formula is checked.
OPERATIONS: dict[tuple[str, str, str], tuple[Type, Callable[[Any, Any], Any]]] = {
    ("+", "number", "number"): (NUMBER, plus),
    ("-", "number", "number"): (NUMBER, minus),
    ("*", "number", "number"): (NUMBER, times),
    ("/", "number", "number"): (NUMBER, divided),
    ("^", "number", "number"): (NUMBER, power),
    ("+", "money", "money"): (MONEY, lambda a, b: _money(plus(a.amount, in_currency(b, a.currency)), a.currency)),
    ("-", "money", "money"): (MONEY, lambda a, b: _money(minus(a.amount, in_currency(b, a.currency)), a.currency)),
    ("*", "money", "number"): (MONEY, lambda a, b: _money(times(a.amount, b), a.currency)),
    ("*", "number", "money"): (MONEY, lambda a, b: _money(times(a, b.amount), b.currency)),
    ("/", "money", "number"): (MONEY, lambda a, b: _money(divided(a.amount, b), a.currency)),
    ("/", "money", "money"): (NUMBER, lambda a, b: divided(a.amount, in_currency(b, a.currency))),
    ("-", "date", "date"): (NUMBER, _days),
    ("+", "duration", "duration"): (DURATION, lambda a, b: _durations(a, b, sign=1)),
    ("-", "duration", "duration"): (DURATION, lambda a, b: _durations(a, b, sign=-1)),
}
SIGNS: dict[tuple[str, str], tuple[Type, Callable[[Any], Any]]] = {
    ("-", "number"): (NUMBER, lambda a: minus(0, a)),
    ("-", "money"): (MONEY, lambda a: _money(minus(0, a.amount), a.currency)),
    ("-", "duration"): (DURATION, lambda a: _durations(Duration(), a, sign=-1)),
    ("%", "number"): (NUMBER, lambda a: divided(a, 100)),
}
