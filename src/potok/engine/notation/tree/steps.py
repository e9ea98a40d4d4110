"""The tree: a header and steps; and what every kind of step has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from potok.engine.graph import Header, Results
from potok.engine.notation.tree.source import Marks, Path, Plain
from potok.engine.problems import Problem

if TYPE_CHECKING:
    from potok.engine.notation.tree.draft import Draft, Ends
    from potok.engine.notation.tree.given import Given


@dataclass(frozen=True, kw_only=True)
class Step(ABC):
    """One step: a block or a construct. A construct is one file with a subclass: how it is read, written, compiled.

    `word` is the key that tells it from others. `place` is where it was read; it is no part of what it says. A step
    that is `off` is passed over with all that it holds; `save_point` commits before the process goes on behind it.
    """

    word: ClassVar[str]
    waits: ClassVar[bool] = False
    id: str = ""
    title: str = ""
    note: str = ""
    off: bool = False
    save_point: bool = False
    place: Path = field(default=(), compare=False)

    @classmethod
    @abstractmethod
    def read(cls, given: Given) -> Self:
        """Take what the construct needs; complain of the rest."""

    @abstractmethod
    def write(self) -> dict[str, Plain]:
        """Give the keys that `read` would take, without those that every step has."""

    @abstractmethod
    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        """Draw the nodes behind loose ends, and give the loose ends of these."""

    def inside(self) -> Iterator[Sequence[Step]]:
        """Give the sequences of steps within."""
        yield from ()

    def gives(self, draft: Draft) -> Results | None:
        """Say which results may be referred to by the step's id; None if nobody can know."""
        return {}

    def sets(self) -> tuple[str, ...]:
        """Name the variables that the step sets by itself."""
        return ()

    def holds(self, draft: Draft) -> bool:
        """Tell whether the step may hold the process up."""
        return self.waits

    def happens(self, draft: Draft) -> bool:
        """Tell whether the step is an event: it may be waited for beside others."""
        return self.holds(draft)

    @property
    def name(self) -> str:
        """The name of its node."""
        return self.id or ".".join(map(str, self.place))


@dataclass(frozen=True)
class Tree:
    """A definition as a block tree. Equal if it says the same, wherever it was written.

    A tree may be partial: `problems` says what could not be read, and `unread` names the steps left out for it.
    """

    header: Header
    steps: tuple[Step, ...]
    marks: Marks = field(default_factory=dict, compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)

    @cached_property
    def faulty(self) -> frozenset[Path]:
        """The places that were complained of already: nobody complains of them again."""
        return frozenset(each.place.path for each in self.problems)


def walk(steps: Sequence[Step]) -> Iterator[Step]:
    """Go through all steps in the order they are written."""
    for step in steps:
        yield step
        for sequence in step.inside():
            yield from walk(sequence)
