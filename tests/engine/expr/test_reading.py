"""From text to formula and back."""

import pytest

from potok.engine import expr
from potok.engine.expr import Binary, Call, Literal, Reference, Unary
from potok.engine.problems import Problems
from tests.engine.expr.world import formula, template

ONE, TWO, THREE = Literal(1), Literal(2), Literal(3)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("-1 ^ 2", Binary("^", Unary("-", ONE), TWO)),
        ("1 ^ 2 ^ 3", Binary("^", ONE, Binary("^", TWO, THREE))),
        ("1 - 2 - 3", Binary("-", Binary("-", ONE, TWO), THREE)),
        ("1 + 2 * 3%", Binary("+", ONE, Binary("*", TWO, Unary("%", THREE)))),
        ("1 & 2 + 3", Binary("&", ONE, Binary("+", TWO, THREE))),
        ("1 = 2 & 3", Binary("=", ONE, Binary("&", TWO, THREE))),
        ("1 or 2 and not 1 = 2", Call("or", (ONE, Call("and", (TWO, Call("not", (Binary("=", ONE, TWO),))))))),
        ("not(true) = false", Binary("=", Call("not", (Literal(True),)), Literal(False))),
        ("(1)", ONE),
        ("+1", ONE),
        ("IF(1; 2, 3)", Call("if", (ONE, TWO, THREE))),
        ("now()", Call("now", ())),
        ("Empty", Literal(None)),
        ("'it''s'", Literal("it's")),
        ('"say ""yes"""', Literal('say "yes"')),
        ("0.50", Literal(expr.read("0.5").root.value)),  # type: ignore[union-attr]
        ("{=Document:company.title}", Reference("Document", ("company", "title"))),
        ("{= Variable : Сумма }", Reference("Variable", ("Сумма",))),
        ("{=A19429_10315:GetUser}", Reference("A19429_10315", ("GetUser",))),
        ("{=Document:due > user, d.m.Y}", Reference("Document", ("due",), ("user", "d.m.Y"))),
        ("{=Variable:Employee_printable}", Reference("Variable", ("Employee",), ("printable",))),
    ],
)  # fmt: skip
def test_reads(text: str, root: expr.Node) -> None:
    assert formula(text).root == root


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        ("", "expr.unfinished", (0, 0)),
        ("1 +", "expr.unfinished", (3, 3)),
        ("max(1, 2", "expr.unfinished", (8, 8)),
        ("1 2", "expr.unexpected", (2, 3)),
        ("1 = 2 = 3", "expr.unexpected", (6, 7)),
        ("@", "expr.unexpected", (0, 1)),
        ('1 & "abc', "expr.unclosed_text", (4, 5)),
        ("1 == 2", "expr.foreign_operator", (3, 4)),
        ("1 != 2", "expr.foreign_operator", (2, 3)),
        ("true && true", "expr.foreign_operator", (6, 7)),
        ("{=Document}", "expr.wrong_reference", (0, 11)),
        ("1 + yes", "expr.unknown_word", (4, 7)),
        ("{{Ответственный}}", "expr.unknown_caption", (0, 17)),
        ("1" * 35, "expr.too_many_digits", (0, 35)),
        ("-" * 150 + "1", "expr.too_deep", (0, 151)),
        ("(" * 3000 + "1", "expr.unfinished", (3001, 3001)),
    ],
)
def test_complains_with_a_place(text: str, code: str, span: tuple[int, int]) -> None:
    found = expr.read(text)
    assert isinstance(found, Problems)
    assert [(problem.code, problem.place.span) for problem in found] == [(code, span)]
    assert str(found)


def test_a_formula_too_long_is_not_read() -> None:
    for found in (expr.read("1+" * 6000 + "1"), expr.read_text("=" + "1+" * 6000), expr.read_text("x" * 1_000_001)):
        assert isinstance(found, Problems)
        assert [problem.code for problem in found] == ["expr.too_long"]


def test_brackets_as_deep_as_one_likes_are_no_depth() -> None:
    assert formula("(" * 3000 + "1" + ")" * 3000).root == ONE


def test_a_friendly_name_stands_for_a_reference() -> None:
    read = expr.read_text("Кто: {{Ответственный}}", names={"Ответственный": "Document:responsible > printable"})
    assert read == template("Кто: {=Document:responsible > printable}")


def test_all_words_unknown_are_told_at_once() -> None:
    found = expr.read("yes & no")
    assert isinstance(found, Problems)
    assert [problem.fields["word"] for problem in found] == ["yes", "no"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("просто текст", ("просто текст",)),
        ("{ и } {и}", ("{ и } {и}",)),
        ("=1", (formula("1"),)),
        ("{=A:b}", (formula("{=A:b}"),)),
        ("{{=1}}", (formula("1"),)),
        (" =1", (" =1",)),
        ('До {{="}}" & {=A:b}}}!', ("До ", formula('"}}" & {=A:b}'), "!")),
        ("{=A:b}{=C:d}", (formula("{=A:b}"), formula("{=C:d}"))),
    ],
)
def test_a_text_falls_into_pieces(text: str, parts: tuple[object, ...]) -> None:
    assert template(text).parts == parts


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("=1 +", [("expr.unfinished", (4, 4))]),
        ("Срок {{=1 +}} {=A}", [("expr.unfinished", (11, 11)), ("expr.wrong_reference", (14, 18))]),
        ("{=A} {{=", [("expr.wrong_reference", (0, 4)), ("expr.unclosed_insertion", (5, 8))]),
    ],
)  # fmt: skip
def test_every_insertion_that_is_wrong_is_told_with_its_place(text: str, spans: list[object]) -> None:
    found = expr.read_text(text)
    assert isinstance(found, Problems)
    assert [(problem.code, problem.place.span) for problem in found] == spans


def test_many_quotation_marks_take_no_time() -> None:
    # With a pattern that goes back and tries again, these would take longer than the universe has.
    assert isinstance(expr.read_text("{{=" + '"' * 999 + "}}"), Problems)


def test_references_are_told_once_and_bare() -> None:
    read = template("{=A:b > printable} {{={=A:b} & {=C:d} & {=System:Date}}}")
    assert read.references == (Reference("A", ("b",)), Reference("C", ("d",)))
    assert read.sole is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+(2*3)", "=1 + 2 * 3"),
        ("(1+2)*3", "(1+2)*3"),
        ("=-(1+2)%", "=-(1 + 2)%"),
        ("=(1-(2-3))", "=1 - (2 - 3)"),
        ("=(2^3)^2", "=(2 ^ 3) ^ 2"),
        ("=(1=2)=false", "=(1 = 2) = false"),
        ("={=A:b>printable}", "{=A:b > printable}"),
        ("{{= max( 1;empty ) }} шт.", "{{=max(1, empty)}} шт."),
        ("=TRUE AND(not 1=2)", "=true and not(1 = 2)"),
        ("='a\"b' & 0.50", '="a""b" & 0.5'),
    ],
)
def test_writes_with_no_more_brackets_than_needed(text: str, written: str) -> None:
    assert expr.write(template(text)) == written
