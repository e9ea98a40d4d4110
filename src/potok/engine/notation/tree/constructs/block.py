"""`block:` performs a block of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import ClassVar, Self

from potok.engine.graph import Face, FormField, Kind, ParamKind, Results, Work
from potok.engine.notation.tree import declarations, recipes
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given, Page
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem

UNKNOWN_BLOCK = problem("tree.unknown_block", _("There is no block “{name}”."), hint=_("{guess}Known are: {known}."))


@dataclass(frozen=True, kw_only=True)
class Block(Step):
    word: ClassVar[str] = "block"
    waits: ClassVar[bool] = True
    block: str
    params: Mapping[str, Plain] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(block=given.text("block", required=True), params=given.mapping("with"))

    def write(self) -> dict[str, Plain]:
        return {"block": self.block, **filled(**{"with": dict(self.params)})}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        payload, face = Work(self.block), draft.face(self.block)
        if face is None:
            close = get_close_matches(self.block, draft.catalogue, n=1)
            guess = f"“{close[0]}”? " if close else ""
            known = ", ".join(draft.catalogue)
            draft.complain(UNKNOWN_BLOCK, (*self.place, "block"), name=self.block, guess=guess, known=known)
        else:
            payload = self._payload(draft, face)
        return [draft.add(self, Kind.BLOCK, after=after, payload=payload)]

    def _payload(self, draft: Draft, face: Face) -> Work:
        params = recipes.arguments(draft, self.params, params=face.params, path=(*self.place, "with"))
        asked = [each for form in self.forms(face).values() for each in form]
        results = self.results(face) if self.id else {}
        stores = tuple((each.name, draft.variables.get(each.name, each.type)) for each in asked)
        return Work(self.block, params, tuple(results.items()), stores)

    def forms(self, face: Face) -> Mapping[str, tuple[FormField, ...]]:
        """Read the names and types of the fields that the block's forms ask for, as far as they can be read."""
        page = Page({}, read_step=lambda given: None)
        return {
            name: tuple(
                FormField(field, declarations.read_type(Given(plain, path=(), page=page)))
                for field, plain in Given(self.params.get(name, {}), path=(), page=page).plain.items()
            )
            for name, param in face.params.items()
            if param.kind is ParamKind.FORM
        }

    def gives(self, draft: Draft) -> Results | None:
        face = draft.face(self.block)
        return self.results(face) if face else None

    def holds(self, draft: Draft) -> bool:
        face = draft.face(self.block)
        return face is None or face.waits

    def results(self, face: Face) -> Results:
        """Say which results the block gives with the forms that it has here."""
        return face.results_of(self.forms(face))
