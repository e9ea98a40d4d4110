"""`run:` starts another definition on the same record, and waits until it ends unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

from potok.engine.graph import Calling, Kind
from potok.engine.notation.tree import recipes
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem

UNKNOWN_DEFINITION = problem(
    "tree.unknown_definition", _("There is no process “{code}”."), hint=_("Publish it first, or correct the code.")
)


@dataclass(frozen=True, kw_only=True)
class Call(Step):
    word: ClassVar[str] = "run"
    waits: ClassVar[bool] = True
    definition: str
    params: Mapping[str, Plain] = field(default_factory=dict)
    wait: bool = True

    @classmethod
    def read(cls, given: Given) -> Self:
        return cls(
            definition=given.text("run", required=True),
            params=given.mapping("with"),
            wait=given.yes("wait", default=True),
        )

    def write(self) -> dict[str, Plain]:
        wait = {} if self.wait else {"wait": False}
        return {"run": self.definition, **filled(**{"with": dict(self.params)}), **wait}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        params, results = self._arguments(draft)
        payload = Calling(self.definition, params, self.wait, results)
        return [draft.add(self, Kind.CALL, after=after, payload=payload)]

    def _arguments(self, draft: Draft) -> tuple[recipes.Arguments, recipes.Typed]:
        called = draft.called(self.definition)
        if called is None:
            draft.complain(UNKNOWN_DEFINITION, (*self.place, "run"), code=self.definition)
            return (), ()
        params = {each.name: recipes.param_of(each) for each in called.parameters}
        found = recipes.arguments(draft, self.params, params=params, path=(*self.place, "with"))
        return found, tuple(called.results.items()) if self.id and self.wait else ()
