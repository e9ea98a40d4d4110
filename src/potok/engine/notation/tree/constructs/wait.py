"""`wait:` waits for a message, or until the record meets a condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

from potok.engine.graph import Awaited, Kind
from potok.engine.notation.tree import asking, recipes
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem
from potok.engine.values import ANY

NOTHING_AWAITED = problem(
    "tree.nothing_awaited",
    _("A wait is for a message or for a condition."),
    hint=_("Write “message:” with its name, or “when:” with a condition on the record."),
)
NO_FIELD = problem(
    "tree.no_field",
    _("This condition does not change with the record, so nothing would end the wait."),
    hint=_("Ask for a field of the record in it."),
)


@dataclass(frozen=True, kw_only=True)
class Wait(Step):
    word: ClassVar[str] = "wait"
    waits: ClassVar[bool] = True
    message: str = ""
    where: Mapping[str, Plain] = field(default_factory=dict)
    when: Plain = None

    @classmethod
    def read(cls, given: Given) -> Self:
        inner = given.under("wait", required=True)
        found = cls(message=inner.text("message"), where=inner.mapping("where"), when=inner.any("when"))
        inner.nothing_else()
        if bool(found.message) == (found.when is not None) or (found.where and not found.message):
            given.complain(NOTHING_AWAITED, "wait")
        return found

    def write(self) -> dict[str, Plain]:
        if self.when is not None:
            return {"wait": {"when": self.when}}
        where = {"where": dict(self.where)} if self.where else {}
        return {"wait": {"message": self.message, **where}}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        path = (*self.place, "wait")
        if self.when is not None:
            payload = self._condition(draft)
        else:
            given = [
                (name, recipes.value(draft, plain, type=ANY, path=(*path, "where", name)))
                for name, plain in self.where.items()
            ]
            payload = Awaited(self.message, tuple((name, recipe) for name, recipe in given if recipe))
        return [draft.add(self, Kind.WAIT, after=after, payload=payload)]

    def _condition(self, draft: Draft) -> Awaited:
        path = (*self.place, "wait", "when")
        condition = asking.condition(draft, self.when, path=path)
        watches = asking.watched(f"={condition}")
        if not watches and condition != asking.NEVER:
            draft.complain(NO_FIELD, path)
        return Awaited(condition=condition, watches=watches)
