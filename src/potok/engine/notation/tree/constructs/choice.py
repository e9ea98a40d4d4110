"""`if:` does the first branch whose condition holds, or the one for all other cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Kind, Ways
from potok.engine.notation.tree import advice, asking
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem

ELSE_IS_LAST = problem(
    "tree.else_is_last", _("What follows “else” is never done."), hint=_("Put “else” at the end, once.")
)


@dataclass(frozen=True)
class Branch:
    """Steps under a condition; None is for all other cases."""

    when: Plain
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Choice(Step):
    word: ClassVar[str] = "if"
    branches: tuple[Branch, ...]

    @classmethod
    def read(cls, given: Given) -> Self:
        branches = tuple(_read_branch(each) for each in given.each("if", required=True))
        if given.any("if") == []:
            given.complain(ABSENT, "if", key="when")
        for index, branch in enumerate(branches[:-1]):
            if branch.when is None:
                given.complain(ELSE_IS_LAST, "if", index)
        return cls(branches=branches)

    def write(self) -> dict[str, Plain]:
        return {"if": [_write_branch(branch) for branch in self.branches]}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        conditions = tuple(
            None
            if branch.when is None
            else asking.condition(draft, branch.when, path=(*self.place, "if", index, "when"))
            for index, branch in enumerate(self.branches)
        )
        paths = [(*self.place, "if", index) for index in range(len(self.branches))]
        advice.branches(draft, conditions, paths=paths)
        complete = None in conditions
        node = draft.add(self, Kind.CHOICE, after=after, payload=Ways(conditions if complete else (*conditions, None)))
        ends: Ends = []
        for index, branch in enumerate(self.branches):
            key = "else" if branch.when is None else "do"
            path = (*self.place, "if", index, key)
            ends += draft.branch(self, branch.steps, after=node, path=path, part=f"passed.{index}")
        # The way for all other cases is the last one of the node, so it is drawn last.
        return ends if complete else [*ends, node]

    def inside(self) -> Iterator[Sequence[Step]]:
        return (branch.steps for branch in self.branches)


def _read_branch(given: Given) -> Branch:
    if given.has("else"):
        branch = Branch(None, given.steps("else"))
    else:
        branch = Branch(given.any("when", required=True), given.steps("do"))
    given.nothing_else()
    return branch


def _write_branch(branch: Branch) -> Plain:
    steps = [asking.written(step) for step in branch.steps]
    return {"else": steps} if branch.when is None else {"when": branch.when, "do": steps}
