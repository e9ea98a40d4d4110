"""JSON: taking a value out of it, writing one as it."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from potok.engine.expr import complaints
from potok.engine.expr.expression import Context, Failure
from potok.engine.expr.limits import DIGITS_MAX, ITEMS_MAX
from potok.engine.problems import Problems, _, problem
from potok.engine.values import ANY, TEXT, Money, Value, number

from .declared import function, may, needs

WRONG_JSON = problem("expr.wrong_json", _("The text is no JSON."), hint=_("Check where the text comes from."))
WRONG_PATH = problem(
    "expr.wrong_path",
    _("“{path}” is no path into JSON."),
    hint=_("Write names and places, for example items[0].price."),
)
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d{1,6})\]|\[\*\]")
STEPS_MAX = 50
Step = str | int | None


def read_path(path: str) -> tuple[Step, ...] | Problems:
    """Read a path: names with dots between them, [0] for an item, [*] for all items."""
    steps: list[Step] = []
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None or (at == 0 and path[0] == "."):
            return Problems([WRONG_PATH.at(path=path)])
        if len(steps) == STEPS_MAX:
            return Problems([WRONG_PATH.at(path=f"{path[:40]}…")])
        steps.append(step[1] if step[1] is not None else int(step[2]) if step[2] else None)
        at = step.end()
    return tuple(steps)


@function(
    "jsonvalue",
    _("What stands at a path such as items[0].price in a JSON text; items[*].price lists all. Empty if nothing does."),
    needs("json", TEXT),
    may("path", TEXT, reads=read_path),
    gives=ANY,
)
def json_value(text: str, path: str = "") -> Value:
    steps = read_path(path)
    if isinstance(steps, Problems):
        raise Failure(steps[0])
    try:
        return _value(_at(json.loads(text, parse_float=Decimal, parse_constant=_no_number), steps))
    except (ValueError, InvalidOperation, RecursionError):
        raise Failure(WRONG_JSON.at()) from None


@function("tojson", _("The value as JSON."), needs("value", ANY), gives=TEXT, takes_empty=True, context=True)
def to_json(context: Context, value: Value) -> str:
    return json.dumps(_plain(value, context), ensure_ascii=False, default=_digits)


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _at(found: Any, steps: tuple[Step, ...]) -> Any:
    for place, step in enumerate(steps):
        if step is None:
            items = found if isinstance(found, list) else []
            return [_at(item, steps[place + 1 :]) for item in items[: ITEMS_MAX + 1]]
        match found, step:
            case dict(), str():
                found = found.get(step)
            case list(), int() if step < len(found):
                found = found[step]
            case _:
                return None
    return found


def _value(found: Any) -> Value:
    """What formulas know as it is; what has names inside stays JSON, to be looked into further."""
    match found:
        case None | bool() | str():
            return found
        case int() | Decimal():
            if not Decimal(found).is_finite() or abs(Decimal(found).adjusted()) >= DIGITS_MAX:
                raise Failure(complaints.NUMBER_TOO_LARGE.at(most=DIGITS_MAX))
            return number(found)
        case list():
            values = (_value(item) for item in found[: ITEMS_MAX + 1])
            return tuple(value for each in values for value in (each if isinstance(each, tuple) else (each,)))
        case _:
            return json.dumps(found, ensure_ascii=False, default=_digits)


def _plain(value: Value, context: Context) -> Any:
    match value:
        case None | bool() | int() | Decimal() | str():
            return value
        case tuple():
            return [_plain(item, context) for item in value]
        case Money():
            return {"amount": value.amount, "currency": value.currency}
        case _:
            return context.text(value)


def _digits(given: Decimal) -> float | int:
    # JSON has no exact numbers of its own; those that read this have at most a double.
    return int(given) if given == given.to_integral_value() else float(given)
