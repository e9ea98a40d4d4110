"""The ratchet: what is larger than it should be stands on a list with its reason, and the list shrinks."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import CLIENT, SOURCE, TESTS, parsed, python_files, shown, templates

FUNCTION_LINES, MODULE_LINES, TEMPLATE_LINES, ISLAND_LINES, BLOCK_LINES = 70, 500, 150, 200, 300
PARAMETERS = 6
LARGE_ON_PURPOSE: dict[str, str] = {
    "client/islands/board.ts": "one element: what is dragged and what is moved by keys are the same cards",
    "client/islands/picker.ts": "one element: a field, its list, and what is chosen in it",
    "tests/simulation/store.py:_ear": "the columns of a statement of the product, in their order",
    "tests/simulation/store.py:_instance": "the columns of a statement of the product, in their order",
}


def long_functions(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
        ):
            yield node.name


def with_words_in_place(tree: ast.AST) -> Iterator[str]:
    """Functions that take more than a handful without naming it at the call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            in_place = [arg.arg for arg in [*node.args.posonlyargs, *node.args.args] if arg.arg not in {"self", "cls"}]
            if len(in_place) > PARAMETERS:
                yield node.name


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def large() -> set[str]:
    code = [*python_files(SOURCE), *python_files(TESTS)]
    found = {shown(path) for path in code if lines(path) > MODULE_LINES}
    found |= {f"{shown(path)}:{name}" for path in code for name in long_functions(parsed(path))}
    found |= {f"{shown(path)}:{name}" for path in code for name in with_words_in_place(parsed(path))}
    found |= {shown(path) for path in templates() if lines(path) > TEMPLATE_LINES}
    found |= {shown(path) for path in CLIENT.glob("islands/*.ts") if lines(path) > ISLAND_LINES}
    blocks = {block.parent for block in SOURCE.glob("blocks/*/block.py")}
    return found | {shown(block) for block in blocks if sum(map(lines, block.glob("*.py"))) > BLOCK_LINES}


def test_a_long_function_is_seen() -> None:
    assert list(long_functions(ast.parse("def f():\n" + "    x = 1\n" * 71))) == ["f"]
    assert not list(long_functions(ast.parse("def f():\n    return 1\n")))


def test_what_is_large_has_a_reason() -> None:
    assert large() == LARGE_ON_PURPOSE.keys(), "split it by idea, or give the reason in LARGE_ON_PURPOSE"
