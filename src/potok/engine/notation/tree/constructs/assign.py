"""`set:` sets variables, one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

from potok.engine.graph import Assigned, Kind
from potok.engine.notation.tree import recipes
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import UNKNOWN_KEY, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step


@dataclass(frozen=True, kw_only=True)
class Assign(Step):
    word: ClassVar[str] = "set"
    values: Mapping[str, Plain] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(values=given.mapping("set", required=True))

    def write(self) -> dict[str, Plain]:
        return {"set": dict(self.values)}

    def sets(self) -> tuple[str, ...]:
        return tuple(self.values)

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        found = []
        for name, plain in self.values.items():
            path, type_ = (*self.place, "set", name), draft.variables.get(name)
            if type_ is None:
                draft.complain(UNKNOWN_KEY, path, key=name, guess="", known=", ".join(draft.variables))
            elif recipe := recipes.value(draft, plain, type=type_, path=path):
                found.append((name, recipe))
        return [draft.add(self, Kind.ASSIGN, after=after, payload=Assigned(tuple(found)))]
