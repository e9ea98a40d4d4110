"""The type of a formula, and everything wrong with it, before any value is known."""

from collections.abc import Callable, Sequence

from potok.engine.problems import Problem
from potok.engine.values import Type

from .expression import Expression, Template
from .node import Reference


def check(
    formula: Expression | Template, types: Callable[[Reference], Type | None], *, known: Sequence[str] = ()
) -> tuple[Type, list[Problem]]:
    """Tell the type a formula gives and list what is wrong with it, each problem with its span.

    `types` answers None for a reference that does not exist; `known` ("Document:stage", …) lets the hint guess
    what was meant. A template that is one formula has that formula's type, any other is text.
    """
    raise NotImplementedError
