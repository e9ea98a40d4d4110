"""`stop:` ends the branch that it stands in, the loop around it, or this pass of the loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Kind
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem

WHAT = ("branch", "loop", "pass")
NOTHING_TO_STOP = problem(
    "tree.nothing_to_stop",
    _("There is no {what} here that could be stopped."),
    hint=_("Put it into a loop; out of a branch side by side, or of “try”, it does not lead."),
)


@dataclass(frozen=True, kw_only=True)
class Stop(Step):
    word: ClassVar[str] = "stop"
    what: str = "branch"

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(what=given.one_of("stop", str, default="branch", offered=WHAT))

    def write(self) -> dict[str, Plain]:
        return {"stop": self.what}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        # A node of its own: the ends before it may be ways of a choice, whose order is the order of drawing.
        node = draft.add(self, Kind.MERGE, after=after)
        if not draft.stop(self.what, node):
            draft.complain(NOTHING_TO_STOP, (*self.place, "stop"), what=self.what)
        return []
