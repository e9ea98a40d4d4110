"""Conditions: a formula, or rows joined by `all` and `any`. Rows become a formula; what was written is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from potok.engine.notation.tree.source import Path, Plain
from potok.engine.problems import Problem, _, problem

NOT_A_CONDITION = problem(
    "tree.condition",
    _("This is no condition."),
    hint=_("Write a formula, or rows such as {{field: stage, operator: equal, value: PAID}}, joined by all or any."),
)
UNKNOWN_OPERATOR = problem("tree.operator", _("“{operator}” compares nothing."), hint=_("Choose one of: {known}."))
NOT_A_RANGE = problem("tree.range", _("“between” needs two values."), hint=_("Write value: [from, to]."))

OPERATORS: dict[str, str] = {
    "equal": "{left} = {right}",
    "not_equal": "{left} <> {right}",
    "greater": "{left} > {right}",
    "greater_or_equal": "{left} >= {right}",
    "less": "{left} < {right}",
    "less_or_equal": "{left} <= {right}",
    "in": "in({left}, {right})",
    "not_in": "not(in({left}, {right}))",
    "contains": "contains({left}, {right})",
    "not_contains": "not(contains({left}, {right}))",
    "empty": "empty({left})",
    "not_empty": "not(empty({left}))",
    "between": "between({left}, {right})",
}
WITHOUT_VALUE = frozenset({"empty", "not_empty"})
LEFT = {
    "field": "Document",
    "variable": "Variable",
    "parameter": "Template",
    "constant": "Constant",
    "global_variable": "GlobalVar",
    "global_constant": "GlobalConst",
}
# What is compared by its whole reference: `result: approve.comment`, or by the formula it is.
RESULT, FORMULA, JOIN = "result", "formula", "join"
JOINED = {"all": " and ", "any": " or "}
JOINS = {"and": " and ", "or": " or "}
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


class Wrong(Exception):  # noqa: N818 -- it says what happened, as the engine's other words do
    """Carries the complaint out of a nested condition."""

    def __init__(self, path: Path, complaint: Problem) -> None:
        super().__init__(str(complaint))
        self.path = path
        self.complaint = complaint


def formula(plain: Plain, *, path: Path = (), record: str = "Document:") -> str:
    """Give the formula a condition stands for, without a leading `=`; raises `Wrong` with the place within.

    `record` is what the name of a `field` is put behind: `Document:company.` asks the fields of a linked record.
    """
    if isinstance(plain, str) and plain.strip():
        return plain.strip().removeprefix("=").strip()
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, list) and plain:
        return _in_order(plain, path=path, record=record)
    if isinstance(plain, dict):
        joined = [key for key in JOINED if key in plain]
        if joined and len(plain) == 1:
            parts = _parts(plain[joined[0]], path=(*path, joined[0]), record=record)
            return JOINED[joined[0]].join(f"({part})" for part in parts)
        if not joined:
            return _row(plain, path=path, record=record)
    raise Wrong(path, NOT_A_CONDITION.at())


def _parts(plain: Plain, *, path: Path, record: str) -> Iterator[str]:
    if not isinstance(plain, list) or not plain:
        raise Wrong(path, NOT_A_CONDITION.at())
    for index, part in enumerate(plain):
        yield formula(part, path=(*path, index), record=record)


def _in_order(rows: list[Plain], *, path: Path, record: str) -> str:
    """Join rows from top to bottom, each with what came before it: `and` does not bind tighter than `or` here."""
    found = ""
    for index, row in enumerate(rows):
        if not isinstance(row, dict) or row.get(JOIN, "and") not in JOINS or (JOIN in row and not index):
            raise Wrong((*path, index), NOT_A_CONDITION.at())
        rest = {key: given for key, given in row.items() if key != JOIN}
        part = formula(rest, path=(*path, index), record=record)
        found = f"({found}){JOINS[row.get(JOIN, 'and')]}({part})" if found else part
    return found


def _row(plain: dict[str, Plain], *, path: Path, record: str) -> str:
    named = [key for key in (*LEFT, RESULT, FORMULA) if key in plain]
    operator = plain.get("operator", "equal")
    if operator not in OPERATORS:
        raise Wrong((*path, "operator"), UNKNOWN_OPERATOR.at(operator=operator, known=", ".join(OPERATORS)))
    wanted = {"operator"} if operator in WITHOUT_VALUE else {"operator", "value"}
    if len(named) != 1 or set(plain) - set(named) - wanted:
        raise Wrong(path, NOT_A_CONDITION.at())
    left, given = _left(named[0], plain[named[0]], path=path, record=record), plain.get("value")
    if operator == "between":
        return _range(left, given, path=(*path, "value"))
    return OPERATORS[operator].format(left=left, right=operand(given))


def _left(kind: str, name: Plain, *, path: Path, record: str) -> str:
    if kind == FORMULA:
        return f"({name})"
    if kind == "field":
        return f"{{={record}{name}}}"
    if kind != RESULT:
        return f"{{={LEFT[kind]}:{name}}}"
    step, dot, result = str(name).partition(".")
    if not dot:
        raise Wrong((*path, RESULT), NOT_A_CONDITION.at())
    return f"{{={step}:{result}}}"


def _range(left: str, given: Plain, *, path: Path) -> str:
    """Times of day go by the clock of the zone, and from 20:00 to 08:00 they go over midnight."""
    if not isinstance(given, list) or len(given) != 2:
        raise Wrong(path, NOT_A_RANGE.at())
    low, high = given
    if not all(isinstance(each, str) and CLOCK.fullmatch(each) for each in given):
        return OPERATORS["between"].format(left=left, right=operand(given))
    shown, joined = f'date("H:i", {left})', "and" if low <= high else "or"
    return f'not(empty({left})) and ({shown} >= "{low}" {joined} {shown} <= "{high}")'


def operand(plain: Plain) -> str:
    """Write a value, or several, as a formula writes them."""
    if isinstance(plain, list):
        return ", ".join(map(operand, plain))
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, int | Decimal):
        return f"{plain:f}" if isinstance(plain, Decimal) else str(plain)
    text = "" if plain is None else str(plain)
    if text.startswith("="):
        return f"({text[1:]})"
    if text.startswith("{=") and text.endswith("}") and text.count("{") == 1:
        return text
    return '"' + text.replace('"', '""') + '"'
