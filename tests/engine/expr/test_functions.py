"""Every function, by example: `CASES` has at least one of each."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from potok.engine import expr
from potok.engine.expr import Call, all_functions
from potok.engine.expr.node import walk
from potok.engine.values import PersonRef, Value, fits, type_of
from tests.engine.expr.world import formula, types, worked_out

D = Decimal
TODAY = date(2026, 11, 21)

LOGIC: list[tuple[str, Value]] = [
    ('if(5 = 5, "text1", "text2")', "text1"),
    ("if({=Variable:no_number} = 3, 1)", None),
    ("if(true, 1, 1 / 0)", 1),
    ("and({=Variable:count} > 1, {=Variable:count} < 9)", True),
    ("and(false, 1 / 0 = 1)", False),
    ("or({=Variable:count} > 9, {=Variable:done})", True),
    ("or(false, empty)", False),
    ("not(true)", False),
    ("not(empty)", True),
    ("not {=Variable:done} or {=Variable:done} and true", True),
    ('empty("")', True),
    ("empty({=Variable:documents})", False),
    ("empty({=Document:nobody})", True),
    ('ifempty({=Document:nobody}, "", "нет")', "нет"),
    ("ifempty(1, 1 / 0)", 1),
    ("ifempty(empty)", None),
    ('contains({=Document:title}, "СТАВ")', True),
    ('contains({=Variable:documents}, "акт")', True),
    ('contains({=Variable:documents}, "ак")', False),
    ("contains({=Variable:numbers}, merge(7, 3))", True),
    ('contains("", "a")', False),
    ('contains("a", "")', False),
    ('in({=Document:stage}, "NEW", "PAID")', True),
    ("in(3, {=Variable:numbers})", True),
    ("in(4, {=Variable:numbers}, 5)", False),
    ("between({=Variable:count}, 1, 5)", True),
    ('between({=Document:day}, "2024-02-01", "2024-12-31")', False),
    ("between(empty, 1, 5)", False),
]
NUMBERS: list[tuple[str, Value]] = [
    ("abs(-5)", 5),
    ("abs(2.5)", D("2.5")),
    ("ceil(1.1)", 2),
    ("ceil(-1.2)", -1),
    ("floor(1.9)", 1),
    ("floor(-1.2)", -2),
    ("round(2.345, 2)", D("2.35")),
    ("round(-2.5)", -3),
    ("round(1255, -1)", 1260),
    ("round(5, 1000)", 5),
    ("round(5, -1000)", 0),
    ("round({=Variable:no_number}, 1)", None),
    ('intval("12 pcs")', 12),
    ('intval("pcs")', 0),
    ("intval(-1.9)", -1),
    ("intval({=Document:amount})", 1000),
    ("intval(true)", 1),
    ("intval({=Document:day})", 0),
    ('tonumber("1 234,5")', D("1234.5")),
    ('tonumber("many")', None),
    ("max(1, 7, 3)", 7),
    ("max({=Variable:numbers}, 9)", 9),
    ("max({=Variable:no_number})", None),
    ("min(1, 7)", 1),
    ("sum({=Variable:numbers}, {=Document:amount}, empty)", D("1011.5")),
    ('numberformat(1234.5, 2, ",", " ")', "1 234,50"),
    ("numberformat(1234.5)", "1,235"),
    ("numberformat(1234.5, 1, empty)", "1,234.5"),
    ('numberformat(1234.5, empty, ",")', None),
    ("numberformat(0.5, 1000)", "0.5" + "0" * 33),
]
TEXTS: list[tuple[str, Value]] = [
    ('strlen("abc")', 3),
    ("strlen(empty)", 0),
    ('strpos("abc", "b")', 1),
    ('strpos("abcb", "b", 2)', 3),
    ('strpos("abc", "x")', None),
    ('substr("abcdef", 0, 3)', "abc"),
    ('substr("abcdef", -2)', "ef"),
    ('substr("abcdef", -99, 2)', "ab"),
    ('substr("abcdef", 1, -1)', "bcde"),
    ('strtolower("ДА")', "да"),
    ('strtoupper("да")', "ДА"),
    ('ucfirst("петр i")', "Петр i"),
    ('ucwords("анна мария")', "Анна Мария"),
    ('trim("  a ")', "a"),
    ('trim("--a-", "-")', "a"),
    ('ltrim(" a ")', "a "),
    ('rtrim(" a ")', " a"),
    ('replace("a-b-c", "-", "")', "abc"),
    ('replace("abc", "", "x")', "abc"),
    ('replace("abc", "b", empty)', "ac"),
    ('urlencode("a b/ё")', "a+b%2F%D1%91"),
    ("totext({=Variable:people})", "Анна Ким, Борис Лавров"),
]
DATES: list[tuple[str, Value]] = [
    ('dateadd("2024-01-10", "-2d")', date(2024, 1, 8)),
    ('dateadd("2024-01-10 10:00", "2 days 3 minutes")', datetime(2024, 1, 12, 7, 3, tzinfo=UTC)),
    ('dateadd("2024-01-10", 1 & "y 10h")', datetime(2025, 1, 10, 7, 0, tzinfo=UTC)),
    ('Dateadd({=System:Date}, "2 days")', date(2026, 11, 23)),
    ('dateadd({=Document:day}, "1 month")', date(2024, 2, 29)),
    ('dateadd({=Document:due}, {=Variable:count} & "h")', datetime(2026, 3, 1, 12, 0, tzinfo=UTC)),
    ('dateadd({=Document:no_day}, "1 day")', None),
    ('datediff("2024-01-10", "2024-03-01", "%R%a: %m month, %d days")', "+51: 1 month, 20 days"),
    ('datediff("2024-03-01 12:00", "2024-02-28 11:58:30", "%r%D %H:%I:%S 100%%")', "-02 00:01:30 100%"),
    ('date("d.m.Y H:i", {=Document:due})', "01.03.2026 10:00"),
    ('date("D, j M y")', "Sat, 21 Nov 26"),
    (r'date("\d\a\y j; N w z t L; g:i a, G h A", "2024-02-09 15:05")', "day 9; 5 5 39 29 1; 3:05 pm, 15 03 PM"),
    ('date("W n s l", "2024-02-09 05:05:07")', "06 2 07 Friday"),
    ('date("a A g", "2024-02-09 00:05")', "am AM 12"),
    ('locdate("j F Y, l", {=System:Date})', "21 ноября 2026, суббота"),
    ('locdate("f", {=System:Date})', "ноябрь"),
    ("settime({=System:Date}, 18)", datetime(2026, 11, 21, 15, 0, tzinfo=UTC)),
    ('settime("2024-01-10 10:00", 9, 30, 15)', datetime(2024, 1, 10, 6, 30, 15, tzinfo=UTC)),
    ('strtotime("1970-01-02 03:00")', 86400),
    ('todate("10.01.2024")', date(2024, 1, 10)),
    ("todate({=System:Now})", TODAY),
    ('todate("soon")', None),
    ('tomoment("10.01.2024 3:00")', datetime(2024, 1, 10, tzinfo=UTC)),
]
LISTS: list[tuple[str, Value]] = [
    ('implode(";", merge(explode(",", "a,b"), "c"))', "a;b;c"),
    ('implode(", ", {=Variable:people})', "Анна Ким, Борис Лавров"),
    ("implode(empty, empty)", ""),
    ('explode(",", "a,,b")', ("a", "", "b")),
    ('explode(",", "")', ()),
    ('explode("", "a,b")', ("a,b",)),
    ("merge({=Variable:numbers}, 1, empty)", (1, 7, 3, 1)),
    ("firstvalue({=Variable:people})", PersonRef(3)),
    ("firstvalue(5)", 5),
    ("firstvalue(empty)", None),
    ("swirl({=Variable:numbers})", (7, 3, 1)),
    ("swirl(empty)", ()),
    ("count({=Variable:documents})", 2),
    ("count({=Document:nobody})", 0),
]
CASES = LOGIC + NUMBERS + TEXTS + DATES + LISTS


@pytest.mark.parametrize(("text", "value"), CASES, ids=[case[0] for case in CASES])
def test_gives(text: str, value: Value) -> None:
    result = worked_out(text)
    assert (result, type(result)) == (value, type(value))


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_is_of_the_type_that_checking_foretold(text: str) -> None:
    type_, problems = expr.check(formula(text), types)
    assert not problems
    result = worked_out(text)
    assert result is None or fits(type_of(result), type_)


def test_every_function_has_a_case_and_says_what_it_is_good_for() -> None:
    nodes = (node for text, _value in CASES for node, _depth in walk(formula(text).root))
    assert {node.function for node in nodes if isinstance(node, Call)} == set(all_functions())
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
    ],
)
def test_fails_with(text: str, code: str) -> None:
    with pytest.raises(expr.Failure) as failure:
        worked_out(text)
    assert failure.value.code == code
    assert failure.value.problem.place.span is not None
