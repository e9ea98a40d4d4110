"""Drawing a scope: its body, the way on when the body is done, and what listens meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from potok.engine.graph import Kind, Scoped
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.source import Path
from potok.engine.notation.tree.steps import Step


@dataclass(eq=False)
class Scope:
    """One scope while it is drawn; `ends` are the loose ends around it, the way on first."""

    draft: Draft
    step: Step
    opener: int
    inner: int
    ends: Ends = field(default_factory=list)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Draw in the scope for a while."""
        outer, self.draft.sketch.current = self.draft.sketch.current, self.inner
        yield
        self.draft.sketch.current = outer

    def left(self, step: Step, steps: Sequence[Step], *, event: Ends, path: Path) -> None:
        """Let an event take back all that is in the scope, and its steps follow outside."""
        win = self.draft.add(step, Kind.WIN, after=event, part="won")
        self.ends += self.draft.sequence(steps, after=[win], path=path) if steps else [win]

    def stayed(self, step: Step, steps: Sequence[Step], *, event: Ends, path: Path) -> None:
        """Let the steps of an event follow within the scope, which goes on meanwhile."""
        with self.inside():
            ends = self.draft.sequence(steps, after=event, path=path) if steps else event
            if ends:
                self.draft.link(ends, to=self.draft.add(step, Kind.END, after=[], part="end"))


def scope(draft: Draft, step: Step, body: Sequence[Step], *, after: Ends, path: Path, payload: Scoped) -> Scope:
    """Draw a scope with its body; what listens in it is drawn afterwards."""
    words = ("branch", "pass") if payload.each else ("branch",)
    leaving = ("loop",) if payload.each else ()
    opener = draft.add(step, Kind.SCOPE, after=after, payload=payload)
    draft.sketch.open(opener)
    inner = draft.sketch.current
    with draft.leaving(*words, *leaving) as exits:
        ends = draft.sequence(body, after=[opener], path=path)
        ends = [*ends, *(end for word in words for end in exits[word])]
    if ends:
        draft.link(ends, to=draft.add(step, Kind.END, after=[], part="end"))
    draft.sketch.close()
    done = draft.add(step, Kind.MERGE, after=[opener], part="done")
    # To leave from within one item is to leave the whole list.
    left = [draft.add(step, Kind.WIN, after=exits[word], part="left") for word in leaving if exits[word]]
    return Scope(draft, step, opener, inner, [done, *left])
