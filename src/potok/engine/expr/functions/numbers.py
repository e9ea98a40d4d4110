"""Reckoning and rounding."""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal
from typing import TypeAlias

from potok.engine.expr.arithmetic import divided, minus, plus, rounded
from potok.engine.expr.comparison import in_currency, ordered
from potok.engine.expr.expression import Context
from potok.engine.problems import _
from potok.engine.values import ANY, DATE, MOMENT, MONEY, NUMBER, TEXT, Money, Type, Value, WrongType, coerce

from .declared import Arguments, function, may, needs, rest

Number: TypeAlias = int | Decimal


def _as_given(arguments: Arguments) -> Type:
    """An amount of money stays one; anything else is a number."""
    kind = arguments[0][1].kind
    return MONEY if kind == MONEY.kind else ANY if kind == ANY.kind else NUMBER


def _applied(given: Number | Money, work: Callable[[Number], Number]) -> Number | Money:
    return Money(Decimal(work(given.amount)), given.currency) if isinstance(given, Money) else work(given)


@function("abs", _("The number or amount without its sign."), needs("number", NUMBER, MONEY), gives=_as_given)
def absolute(given: Number | Money) -> Number | Money:
    return _applied(given, lambda it: minus(0, it) if it < 0 else it)


@function("ceil", _("The number or amount rounded up to a whole one."), needs("number", NUMBER, MONEY), gives=_as_given)
def ceiling(given: Number | Money) -> Number | Money:
    return _applied(given, lambda it: rounded(it, 0, rounding=ROUND_CEILING))


@function("floor", _("The number or amount rounded down to a whole one."), needs("number", NUMBER, MONEY),
          gives=_as_given)  # fmt: skip
def floor(given: Number | Money) -> Number | Money:
    return _applied(given, lambda it: rounded(it, 0, rounding=ROUND_FLOOR))


@function(
    "round",
    _("The number or amount rounded to so many decimal places, a half away from zero."),
    needs("number", NUMBER, MONEY),
    may("places", NUMBER),
    gives=_as_given,
)
def round_half(given: Number | Money, places: Number = 0) -> Number | Money:
    return _applied(given, lambda it: rounded(it, int(places)))


@function(
    "intval",
    _("The whole number a text begins with or a number holds; 0 if there is none."),
    needs("value", ANY),
    gives=NUMBER,
)
def whole(value: Value) -> Number:
    match value:
        case bool():
            return int(value)
        case int() | Decimal():
            return rounded(value, 0, rounding=ROUND_DOWN)
        case Money():
            return rounded(value.amount, 0, rounding=ROUND_DOWN)
        case str() if begins := re.match(r"\s*([+-]?[0-9]{1,34})", value):
            return int(begins[1])
        case _:
            return 0


@function("tonumber", _("Reads a text as a number; empty if it is none."), needs("text", TEXT), gives=NUMBER)
def to_number(text: str) -> Value:
    try:
        return coerce(text, NUMBER)
    except WrongType:
        return None


def _alike(arguments: Arguments) -> Type:
    """All of one kind give that kind; numbers and amounts together give a number."""
    kinds = {type_.kind for node, type_ in arguments if getattr(node, "value", node) is not None}
    return Type(kinds.pop()) if len(kinds) == 1 else NUMBER if kinds <= {"number", "money"} else ANY


def _added(arguments: Arguments) -> Type:
    found = _alike(arguments)
    return found if found in (MONEY, ANY) else NUMBER


@function("max", _("The largest of the numbers or amounts, or the latest of the dates."),
          rest("number", NUMBER, MONEY, MOMENT, DATE), gives=_alike, takes_empty=True, context=True)  # fmt: skip
def largest(context: Context, *given: Value) -> Value:
    return _outermost(given, ">", context)


@function("min", _("The smallest of the numbers or amounts, or the earliest of the dates."),
          rest("number", NUMBER, MONEY, MOMENT, DATE), gives=_alike, takes_empty=True, context=True)  # fmt: skip
def smallest(context: Context, *given: Value) -> Value:
    return _outermost(given, "<", context)


def _outermost(given: tuple[Value, ...], operator: str, context: Context) -> Value:
    items = _items(given)
    found = items[0] if items else None
    for item in items[1:]:
        found = item if ordered(operator, item, found, context.clock) else found
    return found.amount if isinstance(found, Money) and _mixed(items) else found


@function("sum", _("The numbers or amounts added up; empty ones count as nothing."), rest("number", NUMBER, MONEY),
          gives=_added, takes_empty=True)  # fmt: skip
def total(*given: Value) -> Number | Money:
    items = _items(given)
    mixed = _mixed(items)
    result: Number = 0
    currency = ""
    for item in items:
        if isinstance(item, Money):
            currency = currency or item.currency
            result = plus(result, item.amount if mixed else in_currency(item, currency))
        elif isinstance(item, int | Decimal):
            result = plus(result, item)
    return Money(Decimal(result), currency) if currency and not mixed else result


@function("avg", _("The mean of the numbers or amounts; empty ones do not count."), rest("number", NUMBER, MONEY),
          gives=_added, takes_empty=True)  # fmt: skip
def mean(*given: Value) -> Number | Money | None:
    count = len(_items(given))
    return _applied(total(*given), lambda it: divided(it, count)) if count else None


def _items(given: tuple[Value, ...]) -> list[Value]:
    items = (item for value in given for item in (value if isinstance(value, tuple) else (value,)))
    return [item for item in items if isinstance(item, int | Decimal | Money | date) and not isinstance(item, bool)]


def _mixed(items: list[Value]) -> bool:
    """Amounts among bare numbers count by their numbers."""
    return any(isinstance(item, Money) for item in items) and not all(isinstance(item, Money) for item in items)


@function(
    "numberformat",
    _("The number as text: decimal places, the decimal sign and the sign between thousands."),
    needs("number", NUMBER),
    may("places", NUMBER),
    may("point", TEXT),
    may("thousands", TEXT),
    gives=TEXT,
)
def number_format(given: Number, places: Number = 0, point: str = ".", thousands: str = ",") -> str:
    shown = max(0, min(int(places), 34))
    text = f"{rounded(given, shown):,.{shown}f}"
    whole_part, _point, fraction = text.partition(".")
    return whole_part.replace(",", thousands) + (point + fraction if fraction else "")
