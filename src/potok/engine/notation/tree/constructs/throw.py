"""`throw:` raises an error or an escalation to whoever catches it around, or to the process that called this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Kind, Thrown
from potok.engine.notation.tree import recipes
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem

WHAT = ("error", "escalation")
NOTHING_THROWN = problem(
    "tree.nothing_thrown",
    _("Either an error or an escalation is thrown."),
    hint=_("Write “error:” or “escalation:” with a code of your own."),
)


@dataclass(frozen=True, kw_only=True)
class Throw(Step):
    word: ClassVar[str] = "throw"
    what: str = "error"
    code: str = ""
    text: str = ""

    @classmethod
    def read(cls, given: Given) -> Self:
        inner = given.under("throw", required=True)
        codes = {what: inner.text(what) for what in WHAT}
        named = [what for what, code in codes.items() if code]
        found = cls(what=named[0] if named else "error", code=codes[named[0]] if named else "", text=inner.text("text"))
        inner.nothing_else()
        if len(named) != 1:
            given.complain(NOTHING_THROWN, "throw")
        return found

    def write(self) -> dict[str, Plain]:
        return {"throw": {self.what: self.code, **filled(text=self.text)}}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        text = recipes.text(draft, self.text, path=(*self.place, "throw", "text")) if self.text else None
        node = draft.add(self, Kind.THROW, after=after, payload=Thrown(self.what, self.code, text))
        if self.what == "escalation":
            return [node]
        # An operator who skips an error that nobody caught goes on at the end of the branch.
        draft.stop("branch", node)
        return []
