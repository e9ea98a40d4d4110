"""`wait:` waits for a message, until a record meets a condition, or until it comes to a stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Self

from potok.engine.graph import Awaited, Due, Fixed, Kind, Recipe, Results
from potok.engine.notation.tree import asking, declarations, recipes
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.recipes import Typed
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem
from potok.engine.values import ANY, DURATION, Type

STAGE = "stage"  # the field of a record that holds its stage
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
NO_OTHER = problem(
    "tree.no_other_record",
    _("“record” names another record by one reference that leads to it."),
    hint=_("Write a link such as '{{=Document:company}}', or a variable that holds a record."),
)
LATE = problem(
    "tree.late", _("“late” is what is done when “limit” is over: both or neither."), hint=_("Add “limit: 3 days”.")
)


@dataclass(frozen=True, kw_only=True)
class Wait(Step):
    """With a `limit` the wait is over after so long, and `late` is done instead."""

    word: ClassVar[str] = "wait"
    waits: ClassVar[bool] = True
    message: str = ""
    where: Mapping[str, Plain] = field(default_factory=dict)
    results: Typed = ()
    when: Plain = None
    stage: Plain = None
    record: str = ""
    limit: Plain = None
    late: tuple[Step, ...] = ()

    @classmethod
    def read(cls, given: Given) -> Self:
        inner = given.under("wait", required=True)
        found = cls(
            message=inner.text("message"),
            where=inner.mapping("where"),
            results=tuple((name, _read_type(each)) for name, each in inner.named("results")),
            when=inner.any("when"),
            stage=inner.any("stage"),
            record=inner.text("record"),
            limit=inner.any("limit"),
            late=given.steps("late") if given.has("late") else (),
        )
        inner.nothing_else()
        awaited = [each for each in (found.message or None, found.when, found.stage) if each is not None]
        of_message = found.where or found.results
        if len(awaited) != 1 or (of_message and not found.message) or (found.record and found.message):
            given.complain(NOTHING_AWAITED, "wait")
        if found.late and found.limit is None:
            given.complain(LATE, "late")
        return found

    def write(self) -> dict[str, Plain]:
        results = {name: declarations.write_type(type_) for name, type_ in self.results}
        of_message = filled(message=self.message, where=dict(self.where), results=results)
        given = {"stage": self.stage, "when": self.when, "limit": self.limit}
        of_record = {**filled(record=self.record), **{key: plain for key, plain in given.items() if plain is not None}}
        return {"wait": {**of_message, **of_record}, **filled(late=[asking.written(step) for step in self.late])}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        payload = self._message(draft) if self.message else self._condition(draft)
        if self.limit is None:
            return [draft.add(self, Kind.WAIT, after=after, payload=payload)]
        return self._limited(draft, payload, after=after)

    def inside(self) -> Iterator[Sequence[Step]]:
        yield self.late

    def gives(self, draft: Draft) -> Results:
        return dict(self.results)

    def happens(self, draft: Draft) -> bool:
        return self.limit is None

    def _limited(self, draft: Draft, payload: Awaited, *, after: Ends) -> Ends:
        """Draw the race that it is: of the wait, and of a pause."""
        path = (*self.place, "wait", "limit")
        lasts = recipes.value(draft, self.limit, type=DURATION, path=path)
        race = draft.add(self, Kind.RACE, after=after, part="race")
        draft.sketch.open(race)
        wait = draft.add(self, Kind.WAIT, after=[race], payload=payload)
        pause = draft.add(self, Kind.PAUSE, after=[race], part="limit", payload=Due(lasts or Fixed(None)))
        draft.sketch.close()
        came = draft.add(self, Kind.WIN, after=[wait], part="came")
        late = draft.add(self, Kind.WIN, after=[pause], part="late")
        return [came, *(draft.sequence(self.late, after=[late], path=(*self.place, "late")) if self.late else [late])]

    def _message(self, draft: Draft) -> Awaited:
        path = (*self.place, "wait", "where")
        given = [
            (name, recipes.value(draft, plain, type=ANY, path=(*path, name))) for name, plain in self.where.items()
        ]
        return Awaited(self.message, tuple((name, recipe) for name, recipe in given if recipe), results=self.results)

    def _condition(self, draft: Draft) -> Awaited:
        key, plain = ("stage", self._staged(draft)) if self.when is None else ("when", self.when)
        path = (*self.place, "wait", key)
        record, prefix = self._other(draft)
        condition = asking.condition(draft, plain, path=path, record=prefix)
        watches = asking.watched(f"={condition}", behind=prefix)
        if not watches and condition != asking.NEVER:
            draft.complain(NO_FIELD, path)
        return Awaited(condition=condition, watches=watches, record=record)

    def _staged(self, draft: Draft) -> Plain:
        stages = self.stage if isinstance(self.stage, list) else [self.stage]
        if not self.record and draft.header.record and recipes.field_type(draft, STAGE, path=self.place):
            recipes.offered(draft, STAGE, Fixed(tuple(stages)), path=(*self.place, "wait", "stage"))
        return {"field": STAGE, "operator": "in", "value": stages}

    def _other(self, draft: Draft) -> tuple[Recipe | None, str]:
        """Give the record to watch, and what its fields stand behind in a formula: `Document:company.`."""
        if not self.record:
            return None, "Document:"
        path = (*self.place, "wait", "record")
        of = asking.type_of(draft, self.record)
        if not asking.is_reference(self.record) or of.kind not in ("record", "any") or of.multiple:
            draft.complain(NO_OTHER, path)
            return None, "Document:"
        return recipes.value(draft, self.record, type=of, path=path), f"{self.record.strip()[2:-1].strip()}."


def _read_type(given: Given) -> Type:
    found = declarations.read_type(given)
    given.nothing_else()
    return found
