"""Choosing and asking: if, and, or, not, empty, contains, in, between."""

from collections.abc import Callable

from potok.engine.expr.comparison import equal, has_all, ordered
from potok.engine.expr.expression import Context
from potok.engine.problems import _
from potok.engine.values import ANY, YES_NO, Type, Value, is_empty

from .declared import Arguments, function, may, needs, rest


def one_type(arguments: Arguments) -> Type:
    """Name the type that all arguments share; any, if they differ. A bare `empty` has no say."""
    types = {type_ for node, type_ in arguments if getattr(node, "value", node) is not None}
    return types.pop() if len(types) == 1 else ANY


def _branches(arguments: Arguments) -> Type:
    return one_type(arguments[1:])


@function(
    "if",
    _("Gives the second value where the condition holds, otherwise the third or nothing."),
    needs("condition", YES_NO),
    needs("then", ANY),
    may("otherwise", ANY),
    gives=_branches,
    lazy=True,
)
def choose(
    condition: Callable[[], Value], then: Callable[[], Value], otherwise: Callable[[], Value] = lambda: None
) -> Value:
    return then() if condition() else otherwise()


@function("and", _("Yes if all conditions hold."), rest("condition", YES_NO), gives=YES_NO, lazy=True)
def all_hold(*conditions: Callable[[], Value]) -> bool:
    return all(_holds(condition()) for condition in conditions)


@function("or", _("Yes if at least one condition holds."), rest("condition", YES_NO), gives=YES_NO, lazy=True)
def one_holds(*conditions: Callable[[], Value]) -> bool:
    return any(_holds(condition()) for condition in conditions)


def _holds(answer: Value) -> bool:
    return all(item is True for item in answer) if isinstance(answer, tuple) else answer is True


@function("not", _("Yes if the condition does not hold."), needs("condition", YES_NO), gives=YES_NO, takes_empty=True)
def does_not_hold(condition: bool | None) -> bool:
    return not condition


@function("empty", _("Yes if there is no value."), needs("value", ANY), gives=YES_NO, takes_empty=True)
def empty(value: Value) -> bool:
    return is_empty(value)


@function(
    "ifempty",
    _("Gives the first of the values that is not empty."),
    rest("value", ANY),
    gives=one_type,
    lazy=True,
)
def if_empty(*values: Callable[[], Value]) -> Value:
    return next((value for value in (ask() for ask in values) if not is_empty(value)), None)


@function(
    "contains",
    _("Yes if a text contains another in any letter case, or a list has the item."),
    needs("whole", ANY),
    needs("part", ANY),
    gives=YES_NO,
    takes_empty=True,
    context=True,
)
def contains(context: Context, whole: Value, part: Value) -> bool:
    if is_empty(whole) or is_empty(part):
        return False
    parts = part if isinstance(part, tuple) else (part,)
    if isinstance(whole, tuple):
        return has_all(whole, parts, context.clock)
    text = context.text(whole).casefold()
    return all(context.text(item).casefold() in text for item in parts)


@function(
    "in",
    _("Yes if the value is one of those that follow."),
    needs("value", ANY),
    rest("choice", ANY),
    gives=YES_NO,
    takes_empty=True,
    context=True,
)
def is_one_of(context: Context, value: Value, *choices: Value) -> bool:
    return any(equal(value, choice, context.clock) for choice in choices)


@function(
    "between",
    _("Yes if the value lies between two others or equals one of them."),
    needs("value", ANY),
    needs("from", ANY),
    needs("to", ANY),
    gives=YES_NO,
    takes_empty=True,
    context=True,
)
def is_between(context: Context, value: Value, low: Value, high: Value) -> bool:
    return ordered(">=", value, low, context.clock) and ordered("<=", value, high, context.clock)
