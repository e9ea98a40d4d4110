"""`parallel:` does its branches side by side and goes on when all are done, or the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Enough, Kind
from potok.engine.notation.tree import asking, recipes
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem
from potok.engine.values import NUMBER

NEEDS = ("all", "first")
WRONG_NUMBER = problem(
    "tree.wrong_number",
    _("This many branches cannot be done: here are {count}."),
    hint=_("Write all, first, or a number of branches."),
)


@dataclass(frozen=True, kw_only=True)
class Parallel(Step):
    word: ClassVar[str] = "parallel"
    branches: tuple[tuple[Step, ...], ...]
    needs: Plain = "all"

    @classmethod
    def read(cls, given: Given) -> Self:
        branches = tuple(_read_branch(each) for each in given.each("parallel", required=True))
        if given.any("parallel") == []:
            given.complain(ABSENT, "parallel", key="do")
        needs = given.any("needs")
        return cls(branches=branches, needs="all" if needs is None else needs)

    def write(self) -> dict[str, Plain]:
        branches = [{"do": [asking.written(step) for step in steps]} for steps in self.branches]
        return {"parallel": branches} if self.needs == "all" else {"parallel": branches, "needs": self.needs}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        fork = draft.add(self, Kind.FORK, after=after)
        draft.sketch.open(fork)
        ends: Ends = []
        for index, steps in enumerate(self.branches):
            path = (*self.place, "parallel", index, "do")
            with draft.leaving("branch") as exits:
                branch = draft.sequence(steps, after=[fork], path=path)
            ends += draft.merged(self, [*branch, *exits["branch"]], part=f"merged.{index}")
        draft.sketch.close()
        kind = Kind.JOIN if self.needs == "all" else Kind.WIN
        payload = self._enough(draft)
        if not self.branches:
            return [fork]
        return [draft.add(self, kind, after=ends, part="joined", payload=payload)] if ends else []

    def _enough(self, draft: Draft) -> Enough | None:
        """How many of them: given as a number, or by a formula."""
        if self.needs in NEEDS:
            return None
        path = (*self.place, "needs")
        if isinstance(self.needs, bool | list | dict) or (
            isinstance(self.needs, int) and not 1 <= self.needs <= len(self.branches)
        ):
            draft.complain(WRONG_NUMBER, path, count=len(self.branches))
            return None
        count = recipes.value(draft, self.needs, type=NUMBER, path=path)
        return Enough(count) if count else None

    def inside(self) -> Iterator[Sequence[Step]]:
        return iter(self.branches)


def _read_branch(given: Given) -> tuple[Step, ...]:
    steps = given.steps("do")
    given.nothing_else()
    return steps
