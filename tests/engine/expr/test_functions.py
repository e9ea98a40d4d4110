"""Every function, by example: `golden.yaml` has at least one of each, and the reference shows them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from potok.engine import expr
from potok.engine.expr import all_functions
from potok.engine.values import decode, fits, type_of
from tests.engine.expr.world import context, fields, formula, types, worked_out

GOLDEN: dict[str, list[tuple[str, Any]]] = yaml.safe_load(Path(__file__).with_name("golden.yaml").read_text("utf-8"))
CASES = [(text, value) for cases in GOLDEN.values() for text, value in cases]


@pytest.mark.parametrize(("text", "value"), CASES, ids=[case[0] for case in CASES])
def test_gives(text: str, value: Any) -> None:
    context.chance.turn(0)  # Others have drawn before.
    result, wanted = worked_out(text), decode(value)
    assert (result, type(result)) == (wanted, type(wanted))


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_is_of_the_type_that_checking_foretold(text: str) -> None:
    type_, problems = expr.check(formula(text), types, fields=fields)
    assert not problems
    result = worked_out(text)
    assert result is None or fits(type_of(result), type_)


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_reads_back_as_it_is_written(text: str) -> None:
    assert formula(expr.write(formula(text))) == formula(text)


def test_every_function_has_a_case_and_says_what_it_is_good_for() -> None:
    assert GOLDEN.keys() == all_functions().keys()
    assert all(any(f"{name}(" in text.lower() for text, _value in cases) for name, cases in GOLDEN.items())
    assert all(function.about.endswith(".") for function in all_functions().values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('dateadd({=System:Date}, "soon")', "time.wrong_interval"),
        ('dateadd({=System:Date}, "99999 years")', "expr.out_of_calendar"),
        ("settime({=System:Date}, 25)", "expr.wrong_value"),
        ("strtotime({=Variable:done})", "expr.wrong_value"),
        ("nothing(1)", "expr.unknown_function"),
        ("abs()", "expr.wrong_count"),
        ("abs(1, 2)", "expr.wrong_count"),
        ('workdateadd({=System:Date}, "1 month")', "time.not_worked"),
        ('workdateadd({=System:Date}, "2 w")', "time.not_worked"),
        ('workdateadd({=System:Date}, "soon")', "time.wrong_interval"),
        ("addworkdays({=System:Date}, 100000)", "time.no_working_time"),
        ('addworkdays("9999-12-30", 5)', "time.no_working_time"),
        ("rand(6, 1)", "expr.wrong_value"),
        ("randstring(1001)", "expr.result_too_long"),
        ('split("abc", 0)', "expr.wrong_value"),
        ('matches("a", "(a")', "expr.wrong_pattern"),
        (r'extract("aa", "(a)\1")', "expr.wrong_pattern"),
        ('jsonvalue("{", "a")', "expr.wrong_json"),
        ('jsonvalue("[1e99]")', "expr.number_too_large"),
        ('jsonvalue("[NaN]")', "expr.wrong_json"),
        ('jsonvalue("{}", "a..b")', "expr.wrong_path"),
        ('convert(1, "km", "parrots")', "expr.wrong_unit"),
        ('convert(1, "km", "kg")', "expr.other_measure"),
        ('money(1, "rub")', "expr.wrong_currency"),
        ('exchange({=Document:amount}, "USD", 0)', "expr.wrong_value"),
        ('sum(money(1, "RUB"), money(1, "USD"))', "expr.mixed_currencies"),
        ('sort(merge(money(1, "RUB"), money(1, "USD")))', "expr.mixed_currencies"),
        ("sort(merge(1, {=System:Date}))", "expr.wrong_operand"),
        ("sort({=Variable:people})", "expr.wrong_operand"),
        ("suminwords(1000000000000000)", "expr.number_too_large"),
        ('declinename("Анна", "whose")', "expr.wrong_word"),
        ('numberinwords(1, "x")', "expr.wrong_word"),
        ('numberinwords(1, "m", "tlh")', "expr.wrong_word"),
    ],
)
def test_fails_with(text: str, code: str) -> None:
    with pytest.raises(expr.Failure) as failure:
        worked_out(text)
    assert failure.value.code == code
    assert str(failure.value)
    assert failure.value.problem.place.span is not None
