"""Reckoning and rounding."""

import re
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal
from typing import TypeAlias

from potok.engine.expr.arithmetic import minus, plus, rounded
from potok.engine.problems import _
from potok.engine.values import ANY, NUMBER, TEXT, Money, Value, WrongType, coerce

from .declared import function, may, needs, rest

Number: TypeAlias = int | Decimal


@function("abs", _("The number without its sign."), needs("number", NUMBER), gives=NUMBER)
def absolute(given: Number) -> Number:
    return minus(0, given) if given < 0 else given


@function("ceil", _("The number rounded up to a whole one."), needs("number", NUMBER), gives=NUMBER)
def ceiling(given: Number) -> Number:
    return rounded(given, 0, rounding=ROUND_CEILING)


@function("floor", _("The number rounded down to a whole one."), needs("number", NUMBER), gives=NUMBER)
def floor(given: Number) -> Number:
    return rounded(given, 0, rounding=ROUND_FLOOR)


@function(
    "round",
    _("The number rounded to so many decimal places, a half away from zero."),
    needs("number", NUMBER),
    may("places", NUMBER),
    gives=NUMBER,
)
def round_half(given: Number, places: Number = 0) -> Number:
    return rounded(given, int(places))


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


@function("max", _("The largest of the numbers."), rest("number", NUMBER), gives=NUMBER, takes_empty=True)
def largest(*given: Value) -> Number | None:
    return max(_numbers(given), default=None)


@function("min", _("The smallest of the numbers."), rest("number", NUMBER), gives=NUMBER, takes_empty=True)
def smallest(*given: Value) -> Number | None:
    return min(_numbers(given), default=None)


@function("sum", _("The numbers added up; empty ones count as nothing."), rest("number", NUMBER), gives=NUMBER,
          takes_empty=True)  # fmt: skip
def total(*given: Value) -> Number:
    result: Number = 0
    for number in _numbers(given):
        result = plus(result, number)
    return result


def _numbers(given: tuple[Value, ...]) -> list[Number]:
    items = (item for value in given for item in (value if isinstance(value, tuple) else (value,)))
    return [item for item in items if isinstance(item, int | Decimal)]


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
