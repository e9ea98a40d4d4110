"""What is found before anything runs."""

import pytest

from potok.engine import expr
from potok.engine.problems import all_codes
from potok.engine.values import ANY, DATE, DURATION, MOMENT, MONEY, NUMBER, PERSON, TEXT, YES_NO, Type, many
from tests.engine.expr.world import TYPES, complaints, formula, template, types


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("1 + 2", NUMBER),
        ("-{=Document:amount}", MONEY),
        ("{=Document:amount} * 2", MONEY),
        ("{=Document:amount} / {=Document:amount}", NUMBER),
        ("{=Document:day} - {=System:Date}", NUMBER),
        ("{=Variable:anything} + 1", NUMBER),
        ("{=Variable:anything} - {=Variable:anything}", ANY),
        ("-{=Variable:anything}", ANY),
        ("5%", NUMBER),
        ("1 & {=Document:day}", TEXT),
        ("1 = 2", YES_NO),
        ("{=Document:responsible}", PERSON),
        ("{=Document:responsible > printable}", TEXT),
        ("{=Document:day > d.m.Y}", TEXT),
        ("{=Document:due > user}", TEXT),
        ("{=Variable:documents > int}", many(NUMBER)),
        ("if(true, 1, 2)", NUMBER),
        ("if(true, 1, empty)", NUMBER),
        ('if(true, 1, "a")', ANY),
        ("merge({=Variable:people}, {=Document:responsible})", many(PERSON)),
        ("merge({=Variable:people}, 1)", many(ANY)),
        ("firstvalue({=Variable:people})", PERSON),
        ('dateadd({=System:Date}, "2 days")', DATE),
        ('dateadd({=System:Date}, "2 hours")', MOMENT),
        ('dateadd({=System:Now}, "2 days")', MOMENT),
        ('dateadd("2024-01-10", "2 days")', DATE),
        ("dateadd({=System:Date}, {=Document:title})", ANY),
        ("{=System:Eol}", TEXT),
    ],
)
def test_tells_the_type(text: str, type_: Type) -> None:
    assert expr.check(formula(text), types) == (type_, [])


def test_the_type_of_a_text_is_that_of_its_only_formula() -> None:
    assert expr.check(template("{=Variable:people}"), types) == (many(PERSON), [])
    assert expr.check(template("{=Variable:people}!"), types) == (TEXT, [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{=Document:stagee}", ["expr.misspelt_name"]),
        ("{=Whatever:x}", ["expr.unknown_name"]),
        ("{=System:Dat}", ["expr.misspelt_name"]),
        ("{=Document:stage > d.m.Y}", ["expr.unknown_modifier"]),
        ("{=Document:day > sideways}", ["expr.unknown_modifier"]),
        ("dateadddd(1)", ["expr.misspelt_function"]),
        ("xyzzy(1)", ["expr.unknown_function"]),
        ("abs()", ["expr.wrong_count"]),
        ("abs(1, 2)", ["expr.wrong_count"]),
        ("and()", ["expr.wrong_count"]),
        ('dateadd("soon", "1 day")', ["expr.wrong_argument"]),
        ("abs({=Document:title})", ["expr.wrong_argument"]),
        ('dateadd({=Document:day}, "2 fortnights")', ["time.wrong_interval"]),
        ("if({=Variable:count}, 1)", ["expr.wrong_argument"]),
        ("max({=Variable:people})", ["expr.wrong_argument"]),
        ("-{=Document:title}", ["expr.wrong_sign"]),
        ("-{=Variable:numbers}", ["expr.wrong_sign"]),
        ("{=Document:title} + 1", ["expr.wrong_operand"]),
        ("{=Document:amount} + 1", ["expr.wrong_operand"]),
        ("{=Variable:numbers} + 1", ["expr.wrong_operand"]),
        ("{=Document:day} + 1", ["expr.wrong_operand"]),
        ("{=Document:responsible} > 1", ["expr.wrong_operand"]),
        ("{=Variable:numbers} > 1", ["expr.wrong_operand"]),
        ('{=Document:day} = "soon"', ["expr.wrong_operand"]),
        ("{=Document:responsible} = {=Document:title}", ["expr.wrong_operand"]),
        ("{=Nowhere:nothing} + abs({=Document:title})", ["expr.unknown_name", "expr.wrong_argument"]),
        ("abs({=Document:title}) & xyzzy()", ["expr.wrong_argument", "expr.unknown_function"]),
        ("{=Nowhere:nothing} + 1 & abs({=Nowhere:nothing})", ["expr.unknown_name", "expr.unknown_name"]),
    ],
)  # fmt: skip
def test_finds_each_mistake_once(text: str, codes: list[str]) -> None:
    assert complaints(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        '{=Document:day} > "2024-01-01"',
        '"2024-01-01" = {=Document:due}',
        "{=Document:amount} > 1000",
        "{=Document:due} >= {=System:Date}",
        '{=Variable:count} = "5"',
        '"5" + 1',
        "{=Variable:people} = {=Document:responsible}",
        "{=Document:responsible} = empty",
        '{=Document:stage} <> "NEW"',
        '{=Variable:done} = "yes"',
    ],
)
def test_what_a_person_would_understand_is_let_through(text: str) -> None:
    assert complaints(text) == []


def test_the_hint_guesses_what_was_meant() -> None:
    _type, (problem,) = expr.check(formula("{=Document:titel}"), types, known=list(TYPES))
    assert "Did you mean {=Document:title}?" in str(problem)
    assert problem.place.span == (0, 17)


def test_a_condition_gives_yes_or_no() -> None:
    assert expr.check_condition(formula("{=Variable:count} > 1"), types) == []
    assert [it.code for it in expr.check_condition(formula("{=Variable:count}"), types)] == ["expr.not_a_condition"]
    assert [it.code for it in expr.check_condition(formula("{=Variable:x}"), types)] == ["expr.unknown_name"]


def test_durations_add_up() -> None:
    added = expr.check(formula("{=A:b} + {=A:b}"), lambda _reference: DURATION)
    assert added == (DURATION, [])


def test_every_complaint_of_the_language_is_well_formed() -> None:
    ours = {code: declared for code, declared in all_codes().items() if code.startswith(("expr.", "time."))}
    for code, declared in ours.items():
        assert declared.message.endswith("."), code
        assert declared.hint.endswith((".", "?")), code
