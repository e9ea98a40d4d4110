"""What holds for every formula whatever: it reads back as written, and it ends."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from potok.engine import expr
from potok.engine.expr import Binary, Call, Expression, Failure, Literal, Local, Node, Reference, Unary, all_functions
from potok.engine.problems import Problems, all_codes
from potok.engine.values import Value, decode, encode, fits, type_of
from tests.engine.expr.world import TYPES, VALUES, context, formula, look, types
from tests.engine.values.some import values

words = some.from_regex(r"[A-Za-zА-яё_][\w-]{0,6}", fullmatch=True).filter(
    lambda word: not word.lower().endswith("_printable")
)
known = some.sampled_from([formula(f"{{={name}}}").root for name in VALUES])
modifiers = some.lists(some.sampled_from(["printable", "int", "d.m.Y H:i", "user"]), max_size=2).map(tuple)
references = some.builds(Reference, words, some.lists(words, min_size=1, max_size=3).map(tuple), modifiers)
literals = some.builds(
    Literal,
    some.none()
    | some.booleans()
    | some.integers(0, 10**12)
    | some.decimals("0.001", 1000, places=3).filter(lambda it: it != it.to_integral_value()).map(Decimal.normalize)
    | some.text()
    | some.sampled_from(["2024-01-10", "2 days", "%a", "d.m.Y", "12"]),
)
SIGNS = ("+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">=")


def calls(name: str, nodes: some.SearchStrategy[Node]) -> some.SearchStrategy[Node]:
    function = all_functions()[name]
    arguments = some.lists(nodes, min_size=max(0, function.fewest - 1), max_size=len(function.takes) + 1).map(tuple)
    if function.goes_through:
        return some.builds(gone_through, some.just(name), nodes, nodes)
    return some.builds(Call, some.just(name), arguments)


def gone_through(name: str, items: Node, each: Node) -> Call:
    compared = Binary("&" if name == "map" else "=", Local("one"), each)
    return Call(name, (items, Local("one"), compared))


def trees(leaves: some.SearchStrategy[Node]) -> some.SearchStrategy[Node]:
    return some.recursive(
        leaves,
        lambda nodes: some.one_of(
            some.builds(Unary, some.sampled_from("-%"), nodes),
            some.builds(Binary, some.sampled_from(SIGNS), nodes, nodes),
            some.sampled_from(sorted(all_functions())).flatmap(lambda name: calls(name, nodes)),
        ),
        max_leaves=12,
    )


formulas = trees(literals | known).map(Expression)


@given(trees(literals | references).map(Expression))
def test_a_formula_reads_back_as_it_was_written(formula: Expression) -> None:
    assert expr.read(expr.write(formula)) == formula


pieces = ["{", "}", "=", "текст ", "{=A:b}", "{=", "{{=1+1}}", '{{="{=A:b}}}"}}', '"', "'", ">"]


@given(some.lists(some.sampled_from(pieces)).map("".join))
def test_a_text_reads_back_as_it_was_written(text: str) -> None:
    template = expr.read_text(text)
    if not isinstance(template, Problems):
        assert expr.read_text(expr.write(template)) == template


@given(some.text(alphabet="1+(){}=:;,\"' ab%^&<>{=not", max_size=40))
def test_any_text_is_a_formula_or_a_complaint_with_a_place(text: str) -> None:
    read = expr.read(text)
    if isinstance(read, Problems):
        assert read
        assert all(problem.place.span and str(problem) for problem in read)


def outcome(formula: Expression, values: Mapping[str, Value]) -> Value | Failure:
    try:
        return expr.evaluate(formula, lambda it: values[f"{it.source}:{it.name}"], context)
    except Failure as failure:
        return failure


@given(formulas)
def test_evaluation_ends_with_a_value_or_a_failure(formula: Expression) -> None:
    result = outcome(formula, VALUES)
    if isinstance(result, Failure):
        assert str(result)
    else:
        assert decode(encode(result)) == result
        assert len(expr.render(formula, look, context)) <= 1_000_000


@given(formulas, some.dictionaries(some.sampled_from(sorted(VALUES)), values))
def test_values_of_unforeseen_types_do_no_harm(formula: Expression, other: dict[str, Value]) -> None:
    result = outcome(formula, {**VALUES, **other})
    assert not isinstance(result, Failure) or result.code in all_codes()


@given(formulas)
def test_what_checking_lets_through_gives_what_it_foretold(formula: Expression) -> None:
    type_, problems = expr.check(formula, types, known=list(TYPES))
    assert all(str(problem) for problem in problems)
    result = outcome(formula, VALUES)
    if problems:
        return
    if isinstance(result, Failure):
        # Values may be unfit where types are right: zero, a text that is no interval, what `any` holds.
        assert result.code not in ("expr.wrong_count", "expr.unknown_function", "expr.unknown_name")
    else:
        assert result is None or fits(type_of(result), type_)
