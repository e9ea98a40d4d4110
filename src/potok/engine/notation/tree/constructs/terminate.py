"""`terminate:` ends the whole process, whatever else of it is under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Fixed, Kind, Last
from potok.engine.notation.tree import recipes
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step


@dataclass(frozen=True, kw_only=True)
class Terminate(Step):
    word: ClassVar[str] = "terminate"
    text: str = ""

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(text=given.text("terminate"))

    def write(self) -> dict[str, Plain]:
        return {"terminate": self.text}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        text = recipes.text(draft, self.text, path=(*self.place, "terminate"))
        draft.add(self, Kind.TERMINATE, after=after, payload=Last(text or Fixed("")))
        return []
