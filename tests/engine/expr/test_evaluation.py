"""Operators, references and what can go wrong when the values are there."""

from datetime import date
from decimal import Decimal

import pytest

from potok.engine import expr
from potok.engine.expr import Context, Reference
from potok.engine.values import Duration, Money, PersonRef, Value
from tests.engine.expr.world import context, formula, look, template, worked_out

D = Decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6^2 + 10/2", 41),
        ('"Reply:" & (1+3)', "Reply:4"),
        ("10% * 50", 5),
        ("-2 ^ 2", 4),
        ("0.1 + 0.2", D("0.3")),
        ("1 / 3", D("0." + "3" * 34)),
        ("2 / 3", D("0." + "6" * 33 + "7")),
        ('"5" + 1', 6),
        ('-"5"', -5),
        ("{=Variable:anything} * 2", 24),
        ("empty + 1", None),
        ("-empty", None),
        ('empty & "a"', "a"),
        ("{=Document:amount} * 2", Money(D(2001), "RUB")),
        ("2 * {=Document:amount} - {=Document:amount} + {=Document:amount} / 2", Money(D("1500.75"), "RUB")),
        ("{=Document:amount} / {=Document:amount}", 1),
        ("-{=Document:amount}", Money(D("-1000.5"), "RUB")),
        ('todate("2024-03-01") - todate("2024-02-01")', 29),
        ("{=Document:responsible} & {=Document:nobody}", "Анна Ким"),
        ("{=Document:company.title}", "Лавр"),
        ("{=approve:comment}", "Нет печати"),
        ("{=System:Date}", date(2026, 11, 21)),
        ("{=System:Eol}", "\n"),
        ("{=Variable:trap}", "{=Document:title}"),
        ("{=Document:due > d.m.Y}", "01.03.2026"),
        ("{=Document:day > user}", "31.01.2024 00:00"),
        ("{=Document:due > server}", "01.03.2026 10:00"),
        ("{=Document:no_day > d.m.Y}", None),
        ("{=Variable:blank > d.m.Y}", None),
        ("{=Variable:anything > int}", 12),
        ("{=Variable:share > int}", 0),
        ("{=Variable:share > double}", D("0.25")),
        ("{=Variable:people > printable}", "Анна Ким, Борис Лавров"),
    ],
)
def test_gives(text: str, value: Value) -> None:
    assert worked_out(text) == value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("empty = empty", True),
        ('empty = ""', True),
        ("{=Document:nobody} <> empty", False),
        ("1 = empty", False),
        ("1 = 1.0", True),
        ("true = 1", False),
        ('1 = "один"', False),
        ('"a" = "A"', False),
        ("{=Document:amount} = 1000.50", True),
        ("{=Document:amount} > 1000", True),
        ("{=Variable:people} = {=Document:responsible}", True),
        ("{=Document:responsible} = {=Variable:people}", True),
        ("{=Document:responsible} = {=Document:company}", False),
        ("{=Variable:numbers} = merge(3, 7, 1)", True),
        ("{=Variable:numbers} = merge(3, 7)", False),
        ('{=Document:due} = "01.03.2026"', True),
        ('{=Document:due} = "01.03.2026 10:00"', True),
        ('{=Document:due} > "01.03.2026 9:59"', True),
        ("{=Document:due} <= todate({=Document:due})", True),
        ('"b" > "a"', True),
        ("empty < 1", False),
        ("empty >= 1", False),
        ("2 < 10", True),
        ('2 < "10"', True),
        ('"2" < 10', True),
    ],
)
def test_compares(text: str, answer: bool) -> None:
    assert worked_out(text) is answer


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 / 0", "expr.divided_by_zero"),
        ("0 / 0", "expr.divided_by_zero"),
        ("{=Document:amount} / 0", "expr.divided_by_zero"),
        ("9 ^ 999", "expr.number_too_large"),
        ("9 ^ 99999", "expr.number_too_large"),
        ("0 ^ -1", "expr.divided_by_zero"),
        ("(-1) ^ 0.5", "expr.number_too_large"),
        ("{=World:hugest}", "expr.number_too_large"),
        ('"a" + 1', "expr.wrong_value"),
        ("-{=Variable:numbers}", "expr.wrong_value"),
        ("{=Variable:numbers} + 1", "expr.wrong_operand"),
        ("{=Document:day} + 1", "expr.wrong_operand"),
        ("{=Variable:numbers} > 1", "expr.wrong_operand"),
        ("{=Document:day} > 1", "expr.wrong_operand"),
        ('{=Document:day} > "soon"', "expr.wrong_operand"),
        ("{=World:euros} + {=Document:amount}", "expr.mixed_currencies"),
        ("{=World:euros} > {=Document:amount}", "expr.mixed_currencies"),
        ("{=Document:title > int}", "expr.wrong_value"),
        ("{=Variable:numbers > bool}", "expr.wrong_value"),
        ("{=Document:title > d.m.Y}", "expr.wrong_value"),
        ("{=System:Weather}", "expr.unknown_name"),
        ("{=World:long} & {=World:long}", "expr.result_too_long"),
        ('replace({=World:long}, "x", "xx")', "expr.result_too_long"),
        ("implode({=World:long}, merge(1, 2))", "expr.result_too_long"),
        ("merge({=World:many}, 1)", "expr.result_too_long"),
        ("totext(merge({=World:long}, {=World:long}))", "expr.result_too_long"),
        ('if({=Document:title}, 1, 2)', "expr.wrong_value"),
    ],
)  # fmt: skip
def test_fails_with_a_code_and_a_place(text: str, code: str) -> None:
    with pytest.raises(expr.Failure) as failure:
        expr.evaluate(formula(text), far_out, context)
    assert failure.value.code == code
    assert failure.value.problem.place.span is not None
    assert str(failure.value)


def far_out(reference: Reference) -> Value:
    if reference.source != "World":
        return look(reference)
    things: dict[str, Value] = {
        "long": "x" * 600_000,
        "many": tuple(range(10_000)),
        "euros": Money(D(1), "EUR"),
        "hugest": 10**40,
    }
    return things[reference.name]


def test_a_text_too_long_is_given_up_before_it_is_put_together() -> None:
    with pytest.raises(expr.Failure) as failure:
        expr.render(template("{=World:long}, {=World:long}"), far_out, context)
    assert failure.value.code == "expr.result_too_long"


def test_money_of_different_currencies_is_never_equal() -> None:
    assert expr.evaluate(formula("{=World:euros} = {=Document:amount}"), far_out, context) is False


def test_what_look_raises_passes_through_untouched() -> None:
    class NotLoadedError(ArithmeticError): ...

    missing = NotLoadedError()

    def nothing_yet(_reference: Reference) -> Value:
        raise missing

    with pytest.raises(NotLoadedError) as raised:
        expr.evaluate(formula("1 + abs({=Variable:x})"), nothing_yet, context)
    assert raised.value is missing


def test_only_what_is_needed_is_looked_up() -> None:
    asked: list[Reference] = []

    def note(reference: Reference) -> Value:
        asked.append(reference)
        return True

    expr.evaluate(formula("if({=A:a > bool} or {=A:b}, {=A:c}, {=A:d})"), note, context)
    assert asked == [Reference("A", ("a",)), Reference("A", ("c",))]


def test_a_reference_alone_keeps_its_value() -> None:
    assert expr.evaluate(template("{=Variable:people}"), look, context) == (PersonRef(3), PersonRef(4))


def test_a_text_is_filled_with_what_people_read() -> None:
    text = 'Срок {{=dateadd("2024-01-10","5d")}}: {=Variable:documents}, {=Document:responsible}{=Document:nobody}.'
    filled = "Срок 15.01.2024: акт, счёт, Анна Ким."
    assert expr.render(template(text), look, context) == filled
    assert expr.evaluate(template(text), look, context) == filled
    assert expr.render(formula("1 + 1"), look, context) == "2"


def test_without_anybody_who_knows_names_values_show_plainly() -> None:
    plain = Context(at=context.at, zone="Asia/Vladivostok")
    assert (
        expr.render(template("{=Document:due}, {=Document:responsible}"), look, plain) == "01.03.2026 17:00, person 3"
    )


def test_the_time_of_who_looks_is_his_own() -> None:
    elsewhere = Context(at=context.at, zone="Europe/Moscow", user_zone="Asia/Vladivostok")
    assert expr.evaluate(formula("{=System:Now > user}"), look, elsewhere) == "21.11.2026 07:30"


def test_durations_are_reckoned_by_their_parts() -> None:
    def lasts(_reference: Reference) -> Value:
        return Duration(1, 2, 3)

    assert expr.evaluate(formula("-({=A:a} + {=A:a}) - {=A:a}"), lasts, context) == Duration(-3, -6, -9)
    assert expr.evaluate(formula('dateadd("2024-01-10", {=A:a})'), lasts, context) is not None
