"""What a formula is made of: a tree of six kinds of node. Spans say where in the text each stood."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from potok.engine.values import Value

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """A value from outside the formula: `{=Document:company.title}`.

    `source` is Document, Variable, Template, Constant, System … or the id of a block whose result is meant.
    `path` is what stands after the colon, parted at its dots: a field, and fields of what it links to.
    `modifiers` say how the value is turned (`> printable`); who looks values up never sees any.
    """

    source: str
    path: tuple[str, ...]
    modifiers: tuple[str, ...] = ()
    span: Span = field(default=(0, 0), compare=False)

    @property
    def name(self) -> str:
        """The path as it is written."""
        return ".".join(self.path)

    @property
    def bare(self) -> "Reference":
        """The same without modifiers."""
        return Reference(self.source, self.path, span=self.span) if self.modifiers else self

    def __str__(self) -> str:
        modifiers = f" > {', '.join(self.modifiers)}" if self.modifiers else ""
        return f"{{={self.source}:{self.name}{modifiers}}}"


@dataclass(frozen=True, slots=True)
class Bound(Reference):
    """What stands for `item.amount` when values are looked up: the path begins at a value that is known."""

    value: Value = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Local:
    """The item that a function of a list goes through, by the name given there: `filter(list, item, item.paid)`.

    `path` is what stands after the dots: a field of the item, and fields of what that links to.
    """

    name: str
    path: tuple[str, ...] = ()
    span: Span = field(default=(0, 0), compare=False)

    def __str__(self) -> str:
        return ".".join((self.name, *self.path))


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, true, false or empty, as written."""

    value: Value
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x` or `x%`."""

    operator: str
    operand: "Node"
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands with an operator between them."""

    operator: str
    left: "Node"
    right: "Node"
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to arguments; the name is kept in small letters.

    `a and b`, `a or b` and `not a` are calls too: there is one way to say each.
    """

    function: str
    arguments: tuple["Node", ...]
    span: Span = field(default=(0, 0), compare=False)


Node: TypeAlias = Reference | Local | Literal | Unary | Binary | Call


def children(node: Node) -> tuple[Node, ...]:
    """List what a node is directly made of."""
    match node:
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case _:
            return ()


def unbound(root: Node) -> list[Local]:
    """List the names that no function around them gave to an item, in the order they are written."""
    waiting: list[tuple[Node, frozenset[str]]] = [(root, frozenset())]
    found = []
    while waiting:
        node, names = waiting.pop()
        match node:
            case Local() if node.name not in names:
                found.append(node)
            case Call(arguments=(items, Local(path=()) as name, *each)) if each:
                waiting += [(one, names | {name.name}) for one in reversed(each)]
                waiting.append((items, names))
            case _:
                waiting += [(one, names) for one in reversed(children(node))]
    return found


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Go through a tree in the order it is written, with the depth of each node; deep trees do no harm."""
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(children(node)))
