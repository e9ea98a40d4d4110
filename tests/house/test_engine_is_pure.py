"""What neither import contracts nor ruff can see in the engine: built-ins that touch the world."""

import ast

from tests.house.tree import SOURCE, parsed, python_files, shown

WORLDLY = {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}


def worldly(tree: ast.AST) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORLDLY
    }


def test_the_engine_touches_nothing() -> None:
    assert worldly(ast.parse("print(open('x'))")) == {"print", "open"}
    assert not worldly(ast.parse("scope.open()"))
    found = {shown(path): worldly(parsed(path)) for path in python_files(SOURCE / "engine") if worldly(parsed(path))}
    assert not found, "return an effect and let the shell act"
