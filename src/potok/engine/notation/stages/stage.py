"""A definition in stages: what stands in each, as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from potok.engine.graph import Header
from potok.engine.notation.tree import Step, Tree, walk
from potok.engine.notation.tree.source import Marks, Path, Plain
from potok.engine.problems import Problem

COMMENTS = ("none", "optional", "required")


@dataclass(frozen=True, kw_only=True)
class Result:
    """How work on a stage may end, and where that leads. `name` is what formulas see, `title` what people see."""

    name: str
    title: str = ""
    to: str = ""
    comment: str = "optional"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that a stage listens for while it lasts: a command, a moment, a condition, a message; and its steps.

    With `repeat` it is listened for anew when its steps are done.
    """

    event: Step
    steps: tuple[Step, ...] = ()
    repeat: bool = False


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A task that a stage gives by itself. `params` are those of the block that gives it.

    With `blocks` the stage cannot be left by a result before the task is done; `after` is how long it waits.
    """

    params: Mapping[str, Plain] = field(default_factory=dict)
    after: Plain = None
    blocks: bool = False


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What a stage notes on the record by itself."""

    kind: str = ""
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage. A stage with `results` is worked on by a person, one with `then` goes on by itself."""

    id: str
    title: str = ""
    text: str = ""
    status: str = ""
    note: str = ""
    begin: bool = False
    end: bool = False
    responsible: Plain = None
    fields: Mapping[str, Plain] = field(default_factory=dict)
    terms: Mapping[str, Plain] = field(default_factory=dict)  # `with`: by when, who is reminded, and so on
    permissions: Mapping[str, Plain] = field(default_factory=dict)
    enter: tuple[Step, ...] = ()
    activity: Activity | None = None
    task: Duty | None = None
    runs: tuple[Step, ...] = ()
    pause: Step | None = None
    results: tuple[Result, ...] = ()
    then: str = ""
    happenings: tuple[Happening, ...] = ()
    leave: tuple[Step, ...] = ()

    @property
    def place(self) -> Path:
        return ("stages", self.id)

    def sequences(self) -> Iterator[Sequence[Step]]:
        """Give every sequence of steps in the order in which they are written."""
        yield self.enter
        yield self.runs
        yield (self.pause,) if self.pause else ()
        for each in self.happenings:
            yield (each.event,)
            yield each.steps
        yield self.leave

    def steps(self) -> Iterator[Step]:
        """Go through all steps, those within others too."""
        for sequence in self.sequences():
            yield from walk(sequence)


@dataclass(frozen=True)
class Stages:
    """A definition in stages. Equal if it says the same, wherever it was written; partial as a tree may be."""

    header: Header
    stages: tuple[Stage, ...]
    access: Plain = None
    marks: Marks = field(default_factory=dict, compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)

    def tree(self) -> Tree:
        """See all steps as one tree: what is known of steps in a tree is known of these."""
        steps = tuple(step for stage in self.stages for sequence in stage.sequences() for step in sequence)
        return Tree(self.header, steps, self.marks, self.problems, self.unread)
