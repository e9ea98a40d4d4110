"""Comparing values: what is equal, what comes first, and which types may be compared at all."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Any

from potok.engine.values import (
    ANY,
    DATE,
    MOMENT,
    Money,
    Type,
    Value,
    WrongType,
    coerce,
    is_empty,
    on_clock,
    title,
    type_of,
)

from . import complaints
from .expression import Failure

PAIRS_MAX = 200_000
ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge}

_TEXTS = ("text", "choice", "email", "phone", "url")
_FAMILY = {"number": "number", "money": "number", "date": "day", "moment": "day"} | dict.fromkeys(_TEXTS, "text")
_ORDERED = frozenset({"number", "day", "text", "any"})


def family(of: Type) -> str:
    """Name the kinds that compare with each other: numbers with money, dates with moments, texts with texts."""
    return _FAMILY.get(of.kind, of.kind)


def comparable(left: Type, right: Type, *, ordered: bool) -> bool:
    """Tell whether two types compare; only single numbers, days and texts have an order."""
    first, second = family(left), family(right)
    if ordered and (left.multiple or right.multiple or first not in _ORDERED or second not in _ORDERED):
        return False
    return first == second or ANY.kind in (first, second)


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """Tell whether two values are equal.

    Empty equals empty only. A list equals one value if it has such an item, and a list if they hold the same items
    in any order. A text equals what it would be read as; a date and a moment are equal on the same day of the zone.
    """
    if is_empty(left) or is_empty(right):
        return is_empty(left) and is_empty(right)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return has_all(left, right, zone) and has_all(right, left, zone)
    if isinstance(left, tuple):
        return has(left, right, zone)
    if isinstance(right, tuple):
        return has(right, left, zone)
    try:
        left, right = _aligned(left, right, zone)
    except WrongType:
        return False
    # Python holds True equal to 1.
    return family(type_of(left)) == family(type_of(right)) and left == right


def has_all(items: tuple[Value, ...], wanted: tuple[Value, ...], zone: tzinfo) -> bool:
    """Tell whether a list has an item equal to each of the wanted values."""
    if len({type(item) for item in (*items, *wanted)}) <= 1:
        # Of one kind, equal is equal: no need to look at every pair.
        return set(wanted) <= set(items)
    if len(items) * len(wanted) > PAIRS_MAX:
        raise Failure(complaints.TOO_MUCH_WORK.at())
    return all(has(items, item, zone) for item in wanted)


def has(items: tuple[Value, ...], wanted: Value, zone: tzinfo) -> bool:
    """Tell whether a list has an item equal to the wanted value."""
    return any(equal(item, wanted, zone) for item in items)


def ordered(operator: str, left: Value, right: Value, zone: tzinfo) -> bool:
    """Compare by order; with an empty side the answer is no, whatever the operator."""
    if is_empty(left) or is_empty(right):
        return False
    try:
        first, second = _aligned(left, right, zone)
    except WrongType:
        raise _incomparable(operator, left, right) from None
    if not comparable(type_of(first), type_of(second), ordered=True):
        raise _incomparable(operator, left, right)
    if isinstance(first, Money) and isinstance(second, Money):
        return ORDERS[operator](first.amount, in_currency(second, first.currency))
    return ORDERS[operator](first, second)


def in_currency(money: Money, currency: str) -> Decimal:
    """Give the amount, provided it is in that currency."""
    if money.currency != currency:
        raise Failure(complaints.MIXED_CURRENCIES.at(one=currency, other=money.currency))
    return money.amount


def _incomparable(operator: str, left: Value, right: Value) -> Failure:
    types = {"left": title(type_of(left)), "right": title(type_of(right))}
    return Failure(complaints.WRONG_OPERAND.at(operator=operator, **types))


def _aligned(left: Value, right: Value, zone: tzinfo) -> tuple[Value, Value]:
    """Bring both sides to one kind; raise `WrongType` if a text cannot be read as the other side is."""
    if isinstance(left, str) and not isinstance(right, str):
        left = _read_as(right, left, zone)
    elif isinstance(right, str) and not isinstance(left, str):
        right = _read_as(left, right, zone)
    if isinstance(left, Money) != isinstance(right, Money):
        left, right = (it.amount if isinstance(it, Money) else it for it in (left, right))
    if isinstance(left, datetime) != isinstance(right, datetime):
        left, right = (on_clock(it, zone).date() if isinstance(it, datetime) else it for it in (left, right))
    return left, right


def _read_as(pattern: Value, text: str, zone: tzinfo) -> Value:
    wanted = named_by(text) if isinstance(pattern, datetime) else type_of(pattern)
    found = _read(text, wanted, zone)
    if isinstance(found, WrongType):
        raise found.with_traceback(None)
    return found


@lru_cache(maxsize=1_000)
def _read(text: str, wanted: Type, zone: tzinfo) -> Value | WrongType:
    """Read a text; one text is often compared with the items of a list."""
    try:
        return coerce(text, wanted, zone=zone)
    except WrongType as wrong:
        return wrong


def named_by(text: str) -> Type:
    """Tell whether a text that names a day means the day itself or a moment: by the hour it gives or does not."""
    return MOMENT if ":" in text else DATE
