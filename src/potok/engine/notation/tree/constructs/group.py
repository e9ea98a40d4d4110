"""`steps:` keeps steps together under a title; it is no more than what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.notation.tree import asking
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step


@dataclass(frozen=True, kw_only=True)
class Group(Step):
    word: ClassVar[str] = "steps"
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(steps=given.steps("steps"))

    def write(self) -> dict[str, Plain]:
        return {"steps": [asking.written(step) for step in self.steps]}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        return draft.sequence(self.steps, after=after, path=(*self.place, "steps"))

    def inside(self) -> Iterator[Sequence[Step]]:
        yield self.steps
