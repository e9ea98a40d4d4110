"""How a function of the language is declared, and the list of all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from potok.engine.expr.node import Node
from potok.engine.values import ANY, Type, many

Perform = TypeVar("Perform", bound=Callable[..., Any])
# What the type of a result may depend on: the arguments as written and their types.
Arguments: TypeAlias = Sequence[tuple[Node, Type]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: what it takes, the first type being the one others are turned into.

    `reads` looks at a text written in the formula itself, so that a slip in it is told before anything runs.
    `role` is `name` for the name given to an item, `each` for what is worked out anew for every item.
    """

    name: str
    types: tuple[Type, ...]
    required: bool = True
    rest: bool = False
    reads: Callable[[str], object] | None = None
    role: str = ""

    def __str__(self) -> str:
        name = f"{self.name}…" if self.rest else self.name
        return name if self.required else f"[{name}]"


def needs(name: str, *types: Type, reads: Callable[[str], object] | None = None) -> Parameter:
    """Name an argument that must be given."""
    return Parameter(name, types, reads=reads)


def may(name: str, *types: Type, reads: Callable[[str], object] | None = None) -> Parameter:
    """Name an argument that may be left out."""
    return Parameter(name, types, required=False, reads=reads)


def item(*, required: bool = True) -> Parameter:
    """Name the argument that gives each item of the list before it a name."""
    return Parameter("item", (ANY,), required, role="name")


def each(name: str, *types: Type, required: bool = True) -> Parameter:
    """Name an argument that is worked out for every item."""
    return Parameter(name, types, required, role="each")


def rest(name: str, *types: Type) -> Parameter:
    """Name an argument that may be given once or many times, singly or as lists."""
    return Parameter(name, (*types, *map(many, types)), rest=True)


@dataclass(frozen=True, slots=True)
class Function:
    """A function users may call: its public name, what it is good for, what it takes and gives.

    With `context`, `perform` gets the `Context` before the arguments. With `lazy`, it gets functions of no argument
    that give the arguments, and asks only those it needs. Unless `takes_empty`, an empty required argument makes
    the result empty without a call. An argument that is worked out for `each` item comes as a function of the item,
    or as None if it was left out.
    """

    name: str
    about: str
    takes: tuple[Parameter, ...]
    gives: Type | Callable[[Arguments], Type]
    perform: Callable[..., Any]
    context: bool = False
    lazy: bool = False
    takes_empty: bool = False

    @property
    def goes_through(self) -> bool:
        """Tell whether it works something out for each item of a list."""
        return any(parameter.role for parameter in self.takes)

    @property
    def usage(self) -> str:
        """How it is written, with what may be left out in square brackets."""
        return f"{self.name}({', '.join(map(str, self.takes))})"

    @property
    def fewest(self) -> int:
        """How many arguments it takes at least."""
        return sum(parameter.required for parameter in self.takes)

    def parameters(self, given: int) -> tuple[Parameter, ...] | None:
        """Tell which parameter each of so many arguments belongs to; None if they are too few or too many."""
        more = given - len(self.takes)
        if given < self.fewest or (more > 0 and not self.takes[-1].rest):
            return None
        parameters = (*self.takes[:given], *self.takes[-1:] * max(0, more))
        # A name for the item says nothing without what it stands in.
        return None if parameters and parameters[-1].role == "name" else parameters


_declared: dict[str, Function] = {}


def function(
    name: str,
    about: str,
    *takes: Parameter,
    gives: Type | Callable[[Arguments], Type],
    context: bool = False,
    lazy: bool = False,
    takes_empty: bool = False,
) -> Callable[[Perform], Perform]:
    """Declare what follows as a function of the language."""

    def declare(perform: Perform) -> Perform:
        _declared[name] = Function(name, about, takes, gives, perform, context, lazy, takes_empty)
        return perform

    return declare


def all_functions() -> Mapping[str, Function]:
    """List the functions by name."""
    return MappingProxyType(_declared)
