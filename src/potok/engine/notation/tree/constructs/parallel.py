"""`parallel:` does its branches side by side and goes on when all are done, or the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Kind
from potok.engine.notation.tree import asking
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step

NEEDS = ("all", "first")


@dataclass(frozen=True, kw_only=True)
class Parallel(Step):
    word: ClassVar[str] = "parallel"
    branches: tuple[tuple[Step, ...], ...]
    needs: str = "all"

    @classmethod
    def read(cls, given: Given) -> Self:
        branches = tuple(_read_branch(each) for each in given.each("parallel", required=True))
        if given.any("parallel") == []:
            given.complain(ABSENT, "parallel", key="do")
        return cls(branches=branches, needs=given.one_of("needs", str, default="all", offered=NEEDS))

    def write(self) -> dict[str, Plain]:
        branches = [{"do": [asking.written(step) for step in steps]} for steps in self.branches]
        return {"parallel": branches} if self.needs == "all" else {"parallel": branches, "needs": self.needs}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        fork = draft.add(self, Kind.FORK, after=after)
        draft.sketch.open(fork)
        ends: Ends = []
        for index, steps in enumerate(self.branches):
            path = (*self.place, "parallel", index, "do")
            ends += draft.merged(self, draft.sequence(steps, after=[fork], path=path), part=f"merged.{index}")
        draft.sketch.close()
        kind = Kind.JOIN if self.needs == "all" else Kind.WIN
        if not self.branches:
            return [fork]
        return [draft.add(self, kind, after=ends, part="joined")] if ends else []

    def inside(self) -> Iterator[Sequence[Step]]:
        return iter(self.branches)


def _read_branch(given: Given) -> tuple[Step, ...]:
    steps = given.steps("do")
    given.nothing_else()
    return steps
