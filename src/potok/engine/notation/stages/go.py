"""`go:` leaves the stage for another, from wherever it stands in the steps of a stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.notation.stages.draft import StageDraft
from potok.engine.notation.tree import Step
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain


@dataclass(frozen=True, kw_only=True)
class Go(Step):
    """`to` is the stage; the same stage is left and entered anew."""

    word: ClassVar[str] = "go"
    to: str

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(to=given.text("go", required=True))

    def write(self) -> dict[str, Plain]:
        return {"go": self.to}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        assert isinstance(draft, StageDraft)
        draft.go(self.name, after=after, to=self.to, path=(*self.place, self.word))
        return []
