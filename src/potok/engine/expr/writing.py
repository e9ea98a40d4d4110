"""From formula to text, with no more brackets than needed."""

from decimal import Decimal

from potok.engine.values import Value

from .expression import Expression, Template
from .node import Call, Literal, Local, Node, Reference, Unary

# How tightly each operator binds, as in formula.lark.
_LEVELS = (("or",), ("and",), ("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_BINDS = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
_PERCENT, _SIGNED, _ATOM = 7, 8, 9


def write(formula: Expression | Template) -> str:
    """Write a formula so that `read` (for a template, `read_text`) gives it back."""
    if isinstance(formula, Expression):
        return _written(formula.root)
    if formula.sole and not isinstance(formula.sole.root, Reference):
        return f"={_written(formula.sole.root)}"
    return "".join(part if isinstance(part, str) else _inserted(part.root) for part in formula.parts)


def _inserted(root: Node) -> str:
    return str(root) if isinstance(root, Reference) else f"{{{{={_written(root)}}}}}"


def _written(node: Node, at_least: int = 0) -> str:
    text, level = _parts(node)
    return text if level >= at_least else f"({text})"


def _parts(node: Node) -> tuple[str, int]:
    match node:
        case Literal(value=value):
            return _literal(value), _ATOM
        case Reference() | Local():
            return str(node), _ATOM
        case Call(function="and" | "or" as joiner, arguments=(left, right)):
            return _binary(joiner, left, right), _BINDS[joiner]
        case Call(function=name, arguments=arguments):
            return f"{name}({', '.join(_written(argument) for argument in arguments)})", _ATOM
        case Unary(operator="%", operand=operand):
            return f"{_written(operand, _PERCENT)}%", _PERCENT
        case Unary(operator=sign, operand=operand):
            return f"{sign}{_written(operand, _SIGNED)}", _SIGNED
        case _:
            return _binary(node.operator, node.left, node.right), _BINDS[node.operator]


def _binary(operator: str, left: Node, right: Node) -> str:
    level = _BINDS[operator]
    # Comparisons do not chain; ^ joins to the right, all others to the left.
    left_level = level + (operator in ("=", "<>", "<", ">", "<=", ">=", "^"))
    right_level = level + (operator != "^")
    return f"{_written(left, left_level)} {operator} {_written(right, right_level)}"


def _literal(value: Value) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case str():
            doubled = value.replace('"', '""')
            return f'"{doubled}"'
        case _:
            return str(value)
