"""Going through the items of a list: choosing, turning, sorting, finding."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from potok.engine.expr import complaints
from potok.engine.expr.comparison import equal, family
from potok.engine.expr.expression import Context, Failure
from potok.engine.problems import _
from potok.engine.values import ANY, NUMBER, YES_NO, Money, Type, Value, is_empty, many, on_clock, title, type_of

from .declared import Arguments, each, function, item, may, needs

Items: TypeAlias = tuple[Value, ...]
ForEach: TypeAlias = Callable[[Value], Value]


def _same(arguments: Arguments) -> Type:
    return many(arguments[0][1])


def _one(arguments: Arguments) -> Type:
    return arguments[0][1].single


def _turned(arguments: Arguments) -> Type:
    return many(arguments[2][1])


def _looked_up(arguments: Arguments) -> Type:
    found = arguments[2][1].single
    return found if len(arguments) < 4 or arguments[3][1] == found else ANY


@function(
    "filter",
    _("Those items of a list for which a condition holds."),
    needs("list", many(ANY)),
    item(),
    each("condition", YES_NO),
    gives=_same,
    takes_empty=True,
)
def chosen(items: Items, holds: ForEach) -> Items:
    return tuple(item for item in items if holds(item) is True)


@function(
    "map",
    _("A list of what a formula gives for each item; empty results are left out, lists are joined."),
    needs("list", many(ANY)),
    item(),
    each("value", ANY),
    gives=_turned,
    takes_empty=True,
)
def results(items: Items, value: ForEach) -> Items:
    given: list[Value] = []
    for one in items:
        result = value(one)
        given.extend(result if isinstance(result, tuple) else () if is_empty(result) else (result,))
    return tuple(given)


@function(
    "find",
    _("The first item of a list for which a condition holds; empty if there is none."),
    needs("list", many(ANY)),
    item(),
    each("condition", YES_NO),
    gives=_one,
    takes_empty=True,
)
def first_that(items: Items, holds: ForEach) -> Value:
    return next((item for item in items if holds(item) is True), None)


@function(
    "sort",
    _("The items in order, or in the order of what a formula gives for each; what is empty comes last."),
    needs("list", many(ANY)),
    item(required=False),
    each("key", ANY, required=False),
    gives=_same,
    takes_empty=True,
    context=True,
)
def in_order(context: Context, items: Items, key: ForEach | None = None) -> Items:
    keys = [key(item) for item in items] if key else list(items)
    places = _places(keys, context)
    return tuple(items[number] for number in sorted(range(len(items)), key=places.__getitem__))


@function("reverse", _("The list from its last item to its first."), needs("list", many(ANY)), gives=_same,
          takes_empty=True)  # fmt: skip
def reverse(items: Items) -> Items:
    return items[::-1]


@function("unique", _("The list with each item once, in the order in which they first come."), needs("list", many(ANY)),
          gives=_same, takes_empty=True)  # fmt: skip
def unique(items: Items) -> Items:
    return tuple(value for _type, value in dict.fromkeys((type_of(item), item) for item in items))


@function(
    "item",
    _("The item at a place, counted from 1, or from the end if it is negative; empty if there is none."),
    needs("list", many(ANY)),
    needs("place", NUMBER),
    gives=_one,
)
def item_at(items: Items, place: int | Decimal) -> Value:
    at = int(place)
    return items[at - 1 if at > 0 else at] if 0 < abs(at) <= len(items) else None


@function(
    "lookup",
    _("What stands in the second list where the first has the value; the fourth value, or empty, if it has not."),
    needs("value", ANY),
    needs("list", many(ANY)),
    needs("results", many(ANY)),
    may("otherwise", ANY),
    gives=_looked_up,
    takes_empty=True,
    context=True,
)
def look_up(context: Context, value: Value, items: Items, results: Items, otherwise: Value = None) -> Value:
    pairs = zip(items, results, strict=False)
    return next((result for item, result in pairs if equal(item, value, context.clock)), otherwise)


def _places(keys: list[Value], context: Context) -> list[tuple[bool, Any]]:
    """Give for each key what sorts it among the others; all of them have to be of kinds that compare."""
    given = [key for key in keys if not is_empty(key)]
    families = {family(type_of(key)) for key in given}
    currencies = {key.currency for key in given if isinstance(key, Money)}
    if len(currencies) > 1:
        one, other = sorted(currencies)[:2]
        raise Failure(complaints.MIXED_CURRENCIES.at(one=one, other=other))
    if len(families) > 1 or not families <= {"number", "day", "text", "yes_no"} or any(map(_is_list, given)):
        types = sorted({title(type_of(key)) for key in given})
        raise Failure(complaints.WRONG_OPERAND.at(operator="<", left=types[0], right=types[-1]))
    with_hours = all(isinstance(key, datetime) for key in given)
    return [(True, 0) if is_empty(key) else (False, _place(key, context, with_hours=with_hours)) for key in keys]


def _is_list(value: Value) -> bool:
    return isinstance(value, tuple)


def _place(key: Value, context: Context, *, with_hours: bool) -> Any:
    match key:
        case Money():
            return key.amount
        case datetime():
            return key if with_hours else on_clock(key, context.clock).date()
        case date() | int() | Decimal():
            return key
        case _:
            # As a dictionary has it: letter cases together, ё beside е.
            text = str(key)
            return text.casefold().replace("ё", "е"), text
