"""`each:` does its steps for every item of a list, as it was at the beginning: one after another, or all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Self

from potok.engine.graph import Fixed, Recipe, Results, Scoped
from potok.engine.notation.tree import asking, recipes
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.scoping import scope
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step, walk
from potok.engine.values import ANY, NUMBER, many

ITEM = "item"
COUNTED: Results = {"index": NUMBER, "key": NUMBER, "count": NUMBER, "finished": NUMBER}


@dataclass(frozen=True, kw_only=True)
class Each(Step):
    """`until` ends the list early; of each item `gives` is kept, as lists among the results."""

    word: ClassVar[str] = "each"
    items: Plain
    steps: tuple[Step, ...]
    item: str = ITEM
    at_once: bool = False
    until: Plain = None
    results: Mapping[str, Plain] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Given) -> Self:
        found = cls(
            items=given.any("each", required=True),
            item=given.text("as") or ITEM,
            at_once=given.yes("at_once"),
            until=given.any("until"),
            results=given.mapping("gives"),
            steps=given.steps("do"),
        )
        if not given.text("id"):  # The item is one of its results.
            given.complain(ABSENT, "id", key="id")
        return found

    def write(self) -> dict[str, Plain]:
        named = "" if self.item == ITEM else self.item
        until = {} if self.until is None else {"until": self.until}
        switches = {**filled(**{"as": named, "at_once": self.at_once}), **until, **filled(gives=dict(self.results))}
        return {"each": self.items, **switches, "do": [asking.written(step) for step in self.steps]}

    def gives(self, draft: Draft) -> Results:
        item = asking.type_of(draft, self.items).single
        gathered = {name: many(asking.type_of(draft, plain).single) for name, plain in self.results.items()}
        return {self.item: item, **COUNTED, **gathered}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        items = recipes.value(draft, self.items, type=many(ANY), path=(*self.place, "each"))
        draft.see([self])
        with draft.local(list(walk(self.steps))):
            # What ends the list early, and what is kept of an item, is asked behind the steps of the item.
            drawn = scope(draft, self, self.steps, after=after, path=(*self.place, "do"), payload=self._payload(items))
            draft.sketch.payloads[drawn.opener] = self._payload(items, draft=draft)
        return drawn.ends

    def _payload(self, items: Recipe | None, *, draft: Draft | None = None) -> Scoped:
        until, gathers = "", []
        if draft is not None:
            until = "" if self.until is None else asking.condition(draft, self.until, path=(*self.place, "until"))
            for name, plain in self.results.items():
                recipe = recipes.value(draft, plain, type=ANY, path=(*self.place, "gives", name))
                gathers.append((name, recipe or Fixed(None)))
        return Scoped(
            each=items or Fixed(()), item=self.item, at_once=self.at_once, enough=until, gathers=tuple(gathers)
        )

    def inside(self) -> Iterator[Sequence[Step]]:
        yield self.steps
