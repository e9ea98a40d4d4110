"""Conditions: a formula, or rows joined by `all` and `any`. Rows become a formula; what was written is kept."""

from __future__ import annotations

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
LEFT = {"field": "Document", "variable": "Variable", "parameter": "Template", "constant": "Constant"}
JOINED = {"all": " and ", "any": " or "}


class Wrong(Exception):  # noqa: N818 -- it says what happened, as the engine's other words do
    """Carries the complaint out of a nested condition."""

    def __init__(self, path: Path, complaint: Problem) -> None:
        super().__init__(str(complaint))
        self.path = path
        self.complaint = complaint


def formula(plain: Plain, *, path: Path = ()) -> str:
    """Give the formula a condition stands for, without a leading `=`; raises `Wrong` with the place within."""
    if isinstance(plain, str) and plain.strip():
        return plain.strip().removeprefix("=").strip()
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, dict):
        joined = [key for key in JOINED if key in plain]
        if joined and len(plain) == 1:
            return JOINED[joined[0]].join(f"({part})" for part in _parts(plain[joined[0]], path=(*path, joined[0])))
        if not joined:
            return _row(plain, path=path)
    raise Wrong(path, NOT_A_CONDITION.at())


def _parts(plain: Plain, *, path: Path) -> Iterator[str]:
    if not isinstance(plain, list) or not plain:
        raise Wrong(path, NOT_A_CONDITION.at())
    for index, part in enumerate(plain):
        yield formula(part, path=(*path, index))


def _row(plain: dict[str, Plain], *, path: Path) -> str:
    left = [(key, name) for key, name in plain.items() if key in LEFT]
    operator = plain.get("operator", "equal")
    if operator not in OPERATORS:
        raise Wrong((*path, "operator"), UNKNOWN_OPERATOR.at(operator=operator, known=", ".join(OPERATORS)))
    wanted = {"operator"} if operator in WITHOUT_VALUE else {"operator", "value"}
    named = left[0][0] if left else "formula"
    if len(left) > 1 or set(plain) - {named} - wanted or named not in plain:
        raise Wrong(path, NOT_A_CONDITION.at())
    first = f"({plain['formula']})" if named == "formula" else f"{{={LEFT[named]}:{plain[named]}}}"
    return OPERATORS[operator].format(left=first, right=_operand(plain.get("value")))


def _operand(plain: Plain) -> str:
    """Write a value, or several, as a formula writes them."""
    if isinstance(plain, list):
        return ", ".join(map(_operand, plain))
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
