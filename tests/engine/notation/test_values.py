"""Conditions, literals and everything else that is a value in a definition."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from potok.engine.notation.tree import conditions, literal
from potok.engine.notation.tree.source import Plain
from potok.engine.values import (
    DATE,
    DURATION,
    FILE,
    MOMENT,
    MONEY,
    NUMBER,
    PERSON,
    Duration,
    FileRef,
    Money,
    PersonRef,
    RecordRef,
    Type,
    Value,
    WrongType,
    many,
    record,
)

ROW = {"field": "stage", "value": "PAID"}
FORMULAS: list[tuple[Plain, str]] = [
    ("={=Variable:n} > 1", "{=Variable:n} > 1"),
    (True, "true"),
    (ROW, '{=Document:stage} = "PAID"'),
    ({"variable": "n", "operator": "between", "value": [1, Decimal("2.5")]}, "between({=Variable:n}, 1, 2.5)"),
    ({"parameter": "n", "operator": "not_empty"}, "not(empty({=Template:n}))"),
    ({"constant": "n", "operator": "in", "value": [True, 'a "b"']}, 'in({=Constant:n}, true, "a ""b""")'),
    ({"formula": "1 + 1", "value": "=2"}, "(1 + 1) = (2)"),
    ({"field": "stage", "value": "{=Variable:s}"}, "{=Document:stage} = {=Variable:s}"),
    ({"field": "stage", "value": None}, '{=Document:stage} = ""'),
    ({"any": [ROW, {"all": ["true"]}]}, '({=Document:stage} = "PAID") or ((true))'),
]


@pytest.mark.parametrize(("plain", "formula"), FORMULAS)
def test_a_condition_is_a_formula(plain: Plain, formula: str) -> None:
    assert conditions.formula(plain) == formula


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ("", ()),
        ({"all": []}, ("all",)),
        ({"all": ["true"], "any": ["true"]}, ()),
        ({"all": [ROW, {"field": "a", "variable": "b", "value": 1}]}, ("all", 1)),
        ({"value": 1}, ()),
    ],
)
def test_what_is_no_condition_is_told_with_its_place(plain: Plain, path: tuple[str | int, ...]) -> None:
    with pytest.raises(conditions.Wrong) as wrong:
        conditions.formula(plain)
    assert wrong.value.path == path


VALUES: list[tuple[Plain, Type, Value]] = [
    ("user_7", PERSON, PersonRef(7)),
    (["user_7", "user_8"], many(PERSON), (PersonRef(7), PersonRef(8))),
    ("file_3", FILE, FileRef(3)),
    ("crm.deal:5", record("crm.deal"), RecordRef("crm.deal", 5)),
    ("12.50 RUB", MONEY, Money(Decimal("12.50"), "RUB")),
    ("2026-11-22", DATE, date(2026, 11, 22)),
    ("2026-11-22T10:30:00+00:00", MOMENT, datetime(2026, 11, 22, 10, 30, tzinfo=UTC)),
    ("+1 months +2 days -3 seconds", DURATION, Duration(1, 2, -3)),
    ("0 days", DURATION, Duration()),
    (7, NUMBER, 7),
]


@pytest.mark.parametrize(("plain", "type", "value"), VALUES)
def test_a_value_is_read_as_it_was_written(plain: Plain, type: Type, value: Value) -> None:
    assert literal.value(plain, type) == value
    assert literal.value(literal.plain(value), type) == value


def test_what_is_no_value_of_the_type_is_refused() -> None:
    with pytest.raises(WrongType):
        literal.value({"a": 1}, NUMBER)
    with pytest.raises(WrongType):
        literal.value("Ann", PERSON)


def test_a_moment_is_read_on_the_clock_of_the_zone() -> None:
    assert literal.value("2026-11-22 10:30", MOMENT, zone="Europe/Moscow") == datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    assert literal.value("2026-11-22 10:30", MOMENT, zone="Mars/Base") == datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
