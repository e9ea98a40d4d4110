"""Forms of the wire that every dialect shares: filters with prefixes, orders, yes and no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from potok.kit.dialects import WireError

# Longest prefix first: `!=%` before `!=` before `!`.
PREFIXES = {
    "!=%": "not_like", "!%=": "not_like", "!%": "not_contains", "!@": "not_in", "!=": "not_equal", ">=": "at_least",
    "<=": "at_most", "=%": "like", "%=": "like", "!": "not_equal", "=": "equal", ">": "greater", "<": "less",
    "@": "in", "%": "contains",
}  # fmt: skip
LISTS = {"equal": "in", "not_equal": "not_in"}
YES = {"y", "1", "true", "yes"}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a filter: a foreign field name, an operator's word, a value as it came.

    An `equal` to nothing is `empty`, its negation `filled`; a list of values turns `equal` into `in`.
    """

    field: str
    operator: str
    value: Any


def read_filter(given: Any) -> list[Term]:
    """Read `{">=ID": 5, "%TITLE": "a"}` into terms that all hold; names come back in capitals."""
    if not isinstance(given, Mapping):
        raise WireError("", "Parameter 'filter' must be array.")
    return [_term(str(key), value) for key, value in given.items()]


def _term(key: str, value: Any) -> Term:
    prefix = next((prefix for prefix in PREFIXES if key.startswith(prefix)), "")
    operator = PREFIXES.get(prefix, "equal")
    field = key[len(prefix) :].upper()
    if isinstance(value, list | tuple):
        return Term(field, LISTS.get(operator, operator), list(value))
    if operator in LISTS and _is_nothing(value):
        return Term(field, "empty" if operator == "equal" else "filled", None)
    return Term(field, operator, [value] if operator in ("in", "not_in") else value)


def _is_nothing(value: Any) -> bool:
    # By identity: 0 equals False, and it is a value.
    return value is None or value is False or value in ("", "null")


def read_order(given: Any) -> list[tuple[str, bool]]:
    """Read `{"ID": "DESC"}` into pairs of a name in capitals and whether it goes down."""
    if not isinstance(given, Mapping):
        raise WireError("", "Parameter 'order' must be array.")
    return [(str(field).upper(), str(way).upper().startswith("DESC")) for field, way in given.items()]


def is_yes(value: Any) -> bool:
    """Read a yes or no in any of the spellings that clients send."""
    return value is True or str(value).strip().lower() in YES


def yes_or_no(value: object) -> str:
    """Write a yes or no as classic methods do."""
    return "Y" if value else "N"
