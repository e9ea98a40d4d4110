"""Conditions as rows: each operator on each kind of left side, by golden cases (docs/reference/semantics.md)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from potok.engine import expr
from potok.engine.expr import Reference
from potok.engine.notation.tree import conditions
from potok.engine.problems import Problems
from potok.engine.values import Money, PersonRef, Value

KNOWN: dict[str, Value] = {
    "Document:n": 5,
    "Document:none": None,
    "Document:text": "Pump station",
    "Document:sum": Money(Decimal(100), "RUB"),
    "Document:stage": "NEW",
    "Document:on": date(2026, 11, 23),
    "Document:at": datetime(2026, 11, 23, 20, 30, tzinfo=UTC),  # 23:30 in Moscow
    "Document:noon": datetime(2026, 11, 23, 9, tzinfo=UTC),  # 12:00 in Moscow
    "Document:people": (PersonRef(1), PersonRef(2)),
    "Document:words": ("a", "b"),
    "Document:empty": (),
    "Variable:yes": True,
    "Template:limit": 5,
    "Constant:mail": "x@firm.example",
    "GlobalVar:rate": 90,
    "GlobalConst:vat": 20,
    "asked:comment": "No",
}
CONTEXT = expr.Context(at=datetime(2026, 11, 23, 9, tzinfo=UTC), zone="Europe/Moscow")


def holds(plain: Any) -> bool:
    found = expr.read(conditions.formula(plain))
    assert not isinstance(found, Problems), str(found)

    def look(reference: Reference) -> Value:
        return KNOWN[f"{reference.source}:{reference.path[0]}"]

    answer = expr.evaluate(found, look, CONTEXT)
    assert isinstance(answer, bool)
    return answer


def row(left: str, operator: str, value: Any = None) -> dict[str, Any]:
    given = {} if operator in conditions.WITHOUT_VALUE else {"value": value}
    return {"field": left, "operator": operator, **given}


YES = [
    row("n", "equal", 5), row("n", "not_equal", 6), row("n", "greater", 4), row("n", "greater_or_equal", 5),
    row("n", "less", 6), row("n", "less_or_equal", 5), row("n", "in", [4, 5]), row("n", "not_in", [1, 2]),
    row("n", "between", [5, 9]), row("n", "between", ["{=Template:limit}", "=2 * 3"]), row("n", "not_empty"),
    # Empty is equal to empty only; it is neither more nor less than anything, and in no range.
    row("none", "equal"), row("none", "equal", ""), row("none", "not_equal", 5), row("none", "empty"),
    row("empty", "empty"), row("none", "not_in", [1]), row("none", "not_contains", "x"),
    row("text", "contains", "pump"), row("text", "not_contains", "tube"), row("text", "equal", "Pump station"),
    row("sum", "greater", 99), row("stage", "in", ["NEW", "PAID"]), row("stage", "equal", "NEW"),
    row("on", "equal", "2026-11-23"), row("on", "between", ["2026-11-01", "2026-11-30"]), row("at", "greater", "2026-11-23 23:00"),  # noqa: E501
    # Of several values one is enough to be equal or to be in a list; each of those asked for has to be contained.
    row("words", "equal", "a"), row("words", "in", ["b", "z"]), row("words", "contains", "a"),
    row("words", "not_contains", "c"), row("words", "not_in", ["c"]), row("words", "not_empty"),
    # A time of day goes by the clock of the zone, over midnight too, and includes both ends.
    row("at", "between", ["20:00", "08:00"]), row("at", "between", ["23:30", "23:31"]),
    row("noon", "between", ["09:00", "18:00"]), row("noon", "between", ["12:00", "12:00"]),
    # Every other left side.
    {"variable": "yes", "value": True}, {"parameter": "limit", "operator": "less", "value": 6},
    {"constant": "mail", "operator": "contains", "value": "@"}, {"result": "asked.comment", "value": "No"},
    {"global_variable": "rate", "value": 90}, {"global_constant": "vat", "operator": "greater", "value": 18},
    {"formula": "{=Document:n} * 2", "value": 10},
]  # fmt: skip
NO = [
    row("n", "equal", 6), row("n", "in", [1]), row("n", "between", [6, 9]), row("n", "empty"),
    row("none", "greater", 1), row("none", "less", 1), row("none", "between", [0, 9]), row("none", "in", [1]),
    row("none", "contains", "x"), row("none", "between", ["20:00", "08:00"]), row("none", "not_empty"),
    row("words", "not_equal", "a"), row("words", "contains", "c"), row("words", "in", ["c"]),
    row("noon", "between", ["20:00", "08:00"]), row("at", "between", ["08:00", "20:00"]),
    row("text", "equal", "pump station"),
]  # fmt: skip


@pytest.mark.parametrize("plain", YES, ids=str)
def test_a_row_that_holds(plain: dict[str, Any]) -> None:
    assert holds(plain)


@pytest.mark.parametrize("plain", NO, ids=str)
def test_a_row_that_does_not(plain: dict[str, Any]) -> None:
    assert not holds(plain)


T, F = {"formula": "1", "value": 1}, {"formula": "1", "value": 2}


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ({"all": [T, T]}, True), ({"all": [T, F]}, False), ({"any": [F, T]}, True), ({"any": [F, F]}, False),
        ({"any": [T, {"all": [T, F]}]}, True), ({"all": [F, {"any": [T, T]}]}, False),
        # Rows joined one by one are taken from top to bottom: ((true or true) and false), not true or (true and false).
        ([T, {**T, "join": "or"}, {**F, "join": "and"}], False), ([F, {**F, "join": "and"}, {**T, "join": "or"}], True),
        ([T, T], True), ([T, F], False), ([T], True), (True, True), ("=1 = 2", False),
    ],
)  # fmt: skip
def test_rows_are_joined(plain: Any, expected: bool) -> None:
    assert holds(plain) is expected


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ({}, ()), ({"all": []}, ("all",)), ([], ()), ({"field": "n", "variable": "n", "value": 1}, ()),
        ({"field": "n", "operator": "like", "value": 1}, ("operator",)), ([{**T, "join": "or"}], (0,)),
        ([T, {**T, "join": "xor"}], (1,)), ({"result": "asked", "value": 1}, ("result",)),
        ({"any": [T, {"field": "n", "operator": "between", "value": 3}]}, ("any", 1, "value")),
    ],
)  # fmt: skip
def test_what_is_no_condition_is_told_with_its_place(plain: Any, path: tuple[str | int, ...]) -> None:
    with pytest.raises(conditions.Wrong) as wrong:
        conditions.formula(plain)
    assert wrong.value.path == path
