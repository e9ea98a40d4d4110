"""Every formula ends soon: however large it is written, and however large the values are that it meets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest

from potok.engine import expr
from potok.engine.expr import Failure, Reference
from potok.engine.problems import Problems
from potok.engine.values import Value
from tests.engine.expr.world import context, formula, look

# Far more than any of these takes, and far less than what is not bounded.
SECONDS = 20.0
MANY = tuple(range(10_000))
TEXTS = tuple(f"text {number}" for number in MANY)
LARGE = "слово " * 160_000
VALUES: dict[str, Value] = {
    "many": MANY,
    "backwards": MANY[::-1],
    "mixed": (*MANY[:-1], "last"),
    "mixed_too": ("last", *MANY[:-1]),
    "texts": TEXTS,
    "large": LARGE,
    "days": tuple(date(2026, 1, 1) + timedelta(days=number) for number in range(1_000)),
    "deep": "[" * 900 + "]" * 900,
    "deeper": "[" * 400_000,
    "names": '{"a":' * 9_000 + "1" + "}" * 9_000,
    "wide": "[" + ",".join(["[" + ",".join(["1"] * 90) + "]"] * 9_000) + "]",
}


@contextmanager
def soon() -> Iterator[None]:
    begun = perf_counter()
    yield
    assert perf_counter() - begun < SECONDS


def sight(reference: Reference) -> Value:
    return VALUES[reference.name] if reference.source == "Large" else look(reference)


def outcome(text: str) -> Value | str:
    try:
        return expr.evaluate(formula(text), sight, context)
    except Failure as failure:
        return failure.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1+" * 500_000 + "1", "expr.too_long"),
        ("(" * 4_900 + "1" + ")" * 4_900, None),
        ("-" * 9_000 + "1", "expr.too_deep"),
        ("if(" * 3_000 + "1", "expr.unfinished"),
        ("f(" * 2_400 + "1" + ")" * 2_400, "expr.too_deep"),
        ('"' * 9_999, "expr.unclosed_text"),
        ("filter({=A:b}, x, " * 500 + "x" + ")" * 500, "expr.too_deep"),
    ],
)
def test_a_large_formula_is_read_or_complained_of_at_once(text: str, code: str | None) -> None:
    with soon():
        read = expr.read(text)
    assert (read[0].code if isinstance(read, Problems) else None) == code


def test_a_large_text_is_read_at_once() -> None:
    with soon():
        assert isinstance(expr.read_text("{{=1+1}} " * 1_000), expr.Template)
        assert isinstance(expr.read_text('{"a": {"b": 1}} ' * 50_000), expr.Template)
        for piece in ("{", "{=", "{{=1+1}} ", "{=A:b}"):
            found = expr.read_text(piece * (900_000 // len(piece)))
            assert isinstance(found, Problems)
            assert found[0].code == "expr.too_many_insertions"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("count(filter({=Large:many}, n, n > 4999))", 5000),
        ("count(filter({=Large:many}, n, count(filter({=Large:many}, m, m > n)) > 1))", "expr.too_much_work"),
        ("count(map({=Large:many}, n, {=Large:many}))", "expr.too_much_work"),
        ("count(map({=Large:many}, n, merge(n, n)))", "expr.result_too_long"),
        ('count(filter({=Large:many}, n, contains({=Large:large}, "нет")))', "expr.too_much_work"),
        ('count(map({=Large:many}, n, replace({=Large:large}, "с", "т")))', "expr.too_much_work"),
        ("count(sort({=Large:many}, n, -n))", 10_000),
        ("count(sort({=Large:days}))", 1_000),
        ("count(unique({=Large:many}))", 10_000),
        ("{=Large:many} = {=Large:backwards}", True),
        ("{=Large:mixed} = {=Large:mixed_too}", "expr.too_much_work"),
        ("contains({=Large:mixed}, {=Large:mixed_too})", "expr.too_much_work"),
        ("contains({=Large:many}, {=Large:backwards})", True),
        ('count(filter({=Large:many}, n, {=Large:mixed} = "last"))', "expr.too_much_work"),
        (r'matches({=Large:large}, "(\w+\s*)+!")', False),
        (r'count(extractall({=Large:large}, "\w"))', "expr.result_too_long"),
        (r'strlen(replacepattern({=Large:large}, "о", "оооо"))', "expr.result_too_long"),
        ('jsonvalue({=Large:deep}, "[0]")', "expr.wrong_json"),
        ("jsonvalue({=Large:deeper})", "expr.wrong_json"),
        ('jsonvalue({=Large:names}, "a")', "expr.wrong_json"),
        ('count(jsonvalue({=Large:wide}, "[*][*]"))', "expr.result_too_long"),
        ("count(filter({=Large:days}, day, isworkday(day)))", 676),
        ("declinename({=Large:large}, 'genitive')", LARGE),
        ("decline({=Large:large}, 'genitive')", LARGE),
        ("strlen(translit({=Large:large}))", 960_000),
        ("count(shuffle({=Large:many}))", 10_000),
        ("dateadd({=System:Date}, {=Large:large})", "time.wrong_interval"),
        ("workdateadd({=System:Now}, '999999999999h')", "time.no_working_time"),
        ("tonumber({=Large:large})", None),
        ("2 ^ 999 ^ 2", "expr.number_too_large"),
    ],
)
def test_large_values_give_an_answer_or_a_failure_soon(text: str, value: Value) -> None:
    with soon():
        found = outcome(text)
    assert found == value


def test_items_of_lists_do_not_look_anything_up_one_by_one() -> None:
    asked: list[object] = []

    def watched(reference: Reference) -> Value:
        asked.append(getattr(reference, "value", None))
        return look(reference)

    expr.evaluate(formula("filter({=Variable:companies}, firm, firm.staff > 5)"), watched, replace(context))
    assert isinstance(asked[1], tuple)
