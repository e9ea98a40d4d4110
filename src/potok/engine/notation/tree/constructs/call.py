"""`run:` starts another definition, on the same record, on another, or on each of several; it waits until they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

from potok.engine.graph import Called, Calling, Fixed, Formula, Kind, Recipe, Results, Scoped
from potok.engine.notation.tree import asking, recipes
from potok.engine.notation.tree.constructs.each import COUNTED
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import Severity, _, problem
from potok.engine.values import ANY, Type, many, record

UNKNOWN_DEFINITION = problem(
    "tree.unknown_definition", _("There is no process “{code}”."), hint=_("Publish it first, or correct the code.")
)
CYCLE = problem(
    "tree.cycle",
    _("The processes run each other in a circle, so that none of them would end: {way}."),
    hint=_("Take one of these steps out."),
)
CHAIN = problem(
    "tree.chain",
    _("The processes start each other in a circle: {way}. After ten rounds it is stopped."),
    hint=_("Put a condition before the step, so that the circle ends."),
    severity=Severity.ADVICE,
)
OTHER_RECORD = problem(
    "tree.runs_on_other",
    _("“{code}” runs on records of another type: {wanted}."),
    hint=_("Say on which: record: '{{=Document:company}}'."),
)


@dataclass(frozen=True, kw_only=True)
class Call(Step):
    """With `each`, one process is run for every item of a list, and the results are lists."""

    word: ClassVar[str] = "run"
    waits: ClassVar[bool] = True
    definition: str
    params: Mapping[str, Plain] = field(default_factory=dict)
    wait: bool = True
    record: Plain = None
    items: Plain = None
    at_once: bool = False

    @classmethod
    def read(cls, given: Given) -> Self:
        found = cls(
            definition=given.text("run", required=True),
            params=given.mapping("with"),
            wait=given.yes("wait", default=True),
            record=given.any("record"),
            items=given.any("each"),
            at_once=given.yes("at_once"),
        )
        if found.items is not None and not given.text("id"):  # The item is one of its results.
            given.complain(ABSENT, "id", key="id")
        return found

    def write(self) -> dict[str, Plain]:
        given = {"record": self.record, "each": self.items}
        about = {key: plain for key, plain in given.items() if plain is not None}
        wait = {} if self.wait else {"wait": False}
        return {
            "run": self.definition,
            **about,
            **filled(**{"with": dict(self.params), "at_once": self.at_once}),
            **wait,
        }

    def gives(self, draft: Draft) -> Results | None:
        called = draft.called(self.definition)
        if called is None:
            return None
        if self.items is None:
            return called.results
        lists = {name: many(type_.single) for name, type_ in called.results.items()}
        return {"item": asking.type_of(draft, self.items).single, **COUNTED, **lists}

    def holds(self, draft: Draft) -> bool:
        return self.wait

    def happens(self, draft: Draft) -> bool:
        return self.wait and self.items is None

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        called = draft.called(self.definition)
        if called is None:
            draft.complain(UNKNOWN_DEFINITION, (*self.place, "run"), code=self.definition)
            return [draft.add(self, Kind.CALL, after=after, payload=Calling(self.definition))]
        self._look_for_circles(draft)
        if self.items is None:
            return [draft.add(self, Kind.CALL, after=after, payload=self._payload(draft, called))]
        return self._each(draft, called, after=after)

    def _each(self, draft: Draft, called: Called, *, after: Ends) -> Ends:
        """Draw a list with the call within: its results are looked up under a name that only the list knows."""
        items = recipes.value(draft, self.items, type=many(ANY), path=(*self.place, "each"))
        one = f"{self.id}_one"
        gathers = tuple((name, Formula(f"{{={one}:{name}}}", type_)) for name, type_ in called.results.items())
        payload = Scoped(each=items or Fixed(()), at_once=self.at_once, gathers=gathers if self.wait else ())
        scope = draft.add(self, Kind.SCOPE, after=after, payload=payload)
        draft.sketch.open(scope)
        draft.see([self])
        call = draft.sketch.add(Kind.CALL, name=one, payload=self._payload(draft, called))
        draft.link([scope], to=call)
        draft.link([call], to=draft.add(self, Kind.END, after=[], part="end"))
        draft.sketch.close()
        return [draft.add(self, Kind.MERGE, after=[scope], part="done")]

    def _payload(self, draft: Draft, called: Called) -> Calling:
        params = {each.name: recipes.param_of(each) for each in called.parameters}
        found = recipes.arguments(draft, self.params, params=params, path=(*self.place, "with"))
        gives = self.wait and (self.id or self.items is not None)
        results = tuple(called.results.items()) if gives else ()
        return Calling(self.definition, found, self.wait, results, self._record(draft, called))

    def _record(self, draft: Draft, called: Called) -> Recipe | None:
        """Give the record that it runs on, if that is not the process's own."""
        on, wanted = self.record, record(called.record) if called.record else ANY
        if on is None and self.items is not None and self._item(draft).kind == "record":
            on = f"{{={self.id}:item}}"
        if on is not None:
            return recipes.value(draft, on, type=wanted, path=(*self.place, "record"))
        if called.record and called.record != draft.header.record:
            draft.complain(OTHER_RECORD, (*self.place, "run"), code=self.definition, wanted=called.record)
        return None

    def _item(self, draft: Draft) -> Type:
        return asking.type_of(draft, self.items).single

    def _look_for_circles(self, draft: Draft) -> None:
        waiting = self._way_back(draft, waits=True) if self.wait else ()
        if way := waiting or self._way_back(draft, waits=False):
            draft.complain(CYCLE if waiting else CHAIN, (*self.place, "run"), way=" → ".join(way))

    def _way_back(self, draft: Draft, *, waits: bool) -> tuple[str, ...]:
        """Follow the processes that this one runs to the definition itself; empty if none of them runs it."""
        own, seen = draft.header.definition, {self.definition}
        todo: list[tuple[str, ...]] = [(own, self.definition)]
        while todo:
            way = todo.pop()
            if way[-1] == own:
                return way
            called = draft.called(way[-1]) or Called()
            for code in called.waits_for if waits else called.runs:
                if code not in seen:
                    seen.add(code)
                    todo.append((*way, code))
        return ()
