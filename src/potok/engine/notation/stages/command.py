"""`command:` is a button for chosen people: usually one of the things that a stage listens for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Results
from potok.engine.notation.stages.draft import COMMAND, StageDraft
from potok.engine.notation.tree import Step
from potok.engine.notation.tree.constructs import Block
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.values import PERSON


@dataclass(frozen=True, kw_only=True)
class Command(Step):
    """`words` stand on the button, `to` says who sees it; its result is who pressed it."""

    word: ClassVar[str] = "command"
    waits: ClassVar[bool] = True
    words: str
    to: Plain = None
    help: str = ""

    @classmethod
    def read(cls, given: Given) -> Self:
        words, to = given.text("command", required=True), given.any("to", required=True)
        return cls(words=words, to=to, help=given.text("help"))

    def write(self) -> dict[str, Plain]:
        to = {} if self.to is None else {"to": self.to}
        return {"command": self.words, **to, **filled(help=self.help)}

    def gives(self, draft: Draft) -> Results:
        return {"by": PERSON}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        assert isinstance(draft, StageDraft)
        params = {"title": self.words, "to": self.to, **filled(help=self.help)}
        name = draft.serving(COMMAND, path=self.place)
        block = Block(block=name, params=params, id=self.id, title=self.title or self.words, place=self.place)
        return block.compile(draft, after=after)
