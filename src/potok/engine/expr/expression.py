"""A formula, a text with formulas in it, and what both are evaluated against."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeAlias
from zoneinfo import ZoneInfo

from potok.engine.problems import Problem
from potok.engine.values import Value, show

from . import complaints
from .chance import Chance
from .limits import TEXT_LENGTH_MAX
from .node import Node, Reference, walk
from .outside import Outside

Look: TypeAlias = Callable[[Reference], Value]

# Known from the context alone; who looks values up is never asked for them.
SYSTEM = "System"


@dataclass(frozen=True)
class Expression:
    """A formula that was read. Equal if it says the same, however it was spaced."""

    root: Node

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """What has to be looked up, each once, without modifiers, in the order written."""
        found = (node.bare for node, _depth in walk(self.root) if isinstance(node, Reference))
        return tuple(dict.fromkeys(reference for reference in found if reference.source != SYSTEM))


@dataclass(frozen=True)
class Template:
    """A text with formulas inserted. One formula and nothing else keeps its own type: `sole`."""

    parts: tuple[str | Expression, ...]

    @property
    def sole(self) -> Expression | None:
        """The formula that is the whole of it, if so."""
        match self.parts:
            case (Expression() as only,):
                return only
            case _:
                return None

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """What has to be looked up, each once, without modifiers, in the order written."""
        formulas = (part for part in self.parts if isinstance(part, Expression))
        return tuple(dict.fromkeys(reference for formula in formulas for reference in formula.references))


@dataclass(frozen=True)
class Context:
    """What a formula may know besides its references.

    `at` is the moment of evaluation, `zone` the definition's time zone, `show` how a value reads in a text,
    `language` that of month names, `user_zone` the zone of the person who looks (that of the definition if empty),
    `chance` what lots are drawn from, `outside` who answers questions about people and pages.
    """

    at: datetime
    zone: str = "UTC"
    show: Callable[[Value], str] | None = None
    language: str = "en"
    user_zone: str = ""
    chance: Chance = field(default_factory=Chance, compare=False)
    outside: Outside | None = None

    @cached_property
    def clock(self) -> ZoneInfo:
        """The zone in which days begin and hours are counted."""
        return ZoneInfo(self.zone)

    def ask(self, what: str) -> Outside:
        """Give whoever knows the world outside; `what`, a text of the catalogue, is told if nobody does."""
        if self.outside is None:
            raise Failure(complaints.NOT_KNOWN_HERE.at(wanted=what))
        return self.outside

    def text(self, value: Value) -> str:
        """Write a value as text; empty is no text, a list is its items with commas."""
        if value is None or value == "":
            return ""
        if isinstance(value, tuple):
            return joined(map(self.text, value), ", ")
        return self.show(value) if self.show else show(value, zone=self.clock)


class Failure(Exception):  # noqa: N818 - it says what happened, as the engine's other words do
    """A formula that is right, met values it cannot work with: division by zero, a number too large."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem

    @property
    def code(self) -> str:
        """The public code."""
        return self.problem.code


def joined(pieces: Iterable[str], separator: str = "") -> str:
    """Put texts together, giving up as soon as they are too long for one."""
    taken: list[str] = []
    length = 0
    for piece in pieces:
        length = checked_length(length + len(piece) + len(separator))
        taken.append(piece)
    return separator.join(taken)


def checked_length(length: int) -> int:
    """Refuse to make a text longer than any text may be."""
    if length > TEXT_LENGTH_MAX:
        raise Failure(complaints.RESULT_TOO_LONG.at(most=TEXT_LENGTH_MAX))
    return length
