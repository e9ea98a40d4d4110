"""`while:` does its steps again as long as the condition holds, which is asked before each pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Kind, Ways
from potok.engine.notation.tree import advice, asking
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step, walk
from potok.engine.problems import Severity, _, problem

RESTLESS = problem(
    "tree.restless_loop",
    _("Nothing in this loop waits: it may run thousands of times at once."),
    hint=_("Put a pause or a step for a person into it, if the condition can hold for long."),
    severity=Severity.ADVICE,
)


@dataclass(frozen=True, kw_only=True)
class Loop(Step):
    word: ClassVar[str] = "while"
    when: Plain
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(when=given.any("while", required=True), steps=given.steps("do"))

    def write(self) -> dict[str, Plain]:
        return {"while": self.when, "do": [asking.written(step) for step in self.steps]}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        if self.steps and all(step.off for step in self.steps):
            return after
        # From the second pass on, the condition and the first steps see what the last steps gave.
        draft.see(list(walk(self.steps)))
        condition = asking.condition(draft, self.when, path=(*self.place, "while"))
        advice.loop(draft, condition, self.steps, path=self.place)
        node = draft.add(self, Kind.LOOP, after=after, payload=Ways((condition, None)))
        with draft.leaving("loop", "pass") as exits:
            ends = draft.sequence(self.steps, after=[node], path=(*self.place, "do"))
        draft.link([*ends, *exits["pass"]], to=node)
        if self.steps and not any(draft.waits(step) for step in walk(self.steps)):
            draft.complain(RESTLESS, self.place)
        return [node, *exits["loop"]]

    def inside(self) -> Iterator[Sequence[Step]]:
        yield self.steps
