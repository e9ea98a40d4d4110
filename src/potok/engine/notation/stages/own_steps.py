"""Steps that every stage has and nobody writes: entering it, work on it, leaving it."""

from __future__ import annotations

from abc import ABC
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Fields, Fixed, Formula, Kind, Param, ParamKind, Recipe, Work
from potok.engine.notation.stages.draft import BY, ENTER, NEXT, OUTCOME, WORK, StageDraft
from potok.engine.notation.stages.stage import Stage
from potok.engine.notation.tree import Step, recipes
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.values import PERSON, many

Params = list[tuple[str, Recipe | None]]
MADE = ("results", "leads", "needs_comment", "comment", "picks")  # what is known from the stage itself


@dataclass(frozen=True, kw_only=True)
class OwnStep(Step, ABC):
    """A step that is drawn and never written."""

    stage: Stage

    @classmethod
    def read(cls, given: Given) -> Self:
        raise NotImplementedError("It is made of the stage.")

    def write(self) -> dict[str, Plain]:
        raise NotImplementedError("It is written with the stage.")


@dataclass(frozen=True, kw_only=True)
class Enter(OwnStep):
    """Opens the stage: finds who is responsible, says where the process stands."""

    word: ClassVar[str] = "enter"
    access: Plain = None

    @property
    def name(self) -> str:
        return self.stage.id

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        assert isinstance(draft, StageDraft)
        block = draft.serving(ENTER, path=self.stage.place)
        given: Params = [
            ("stage", Fixed(self.stage.id)),
            ("title", Fixed(self.stage.title or self.stage.id)),
            ("status", recipes.text(draft, self.stage.status, path=(*self.stage.place, "status"))),
            ("ends", Fixed(self.stage.end)),
            ("works", Fixed(bool(self.stage.results))),
            *self._people(draft),
        ]
        params = tuple((name, recipe) for name, recipe in given if recipe)
        payload = Work(block, params, (("responsible", PERSON),))
        node = draft.sketch.add(Kind.BLOCK, name=self.name, title=self.stage.title, payload=payload)
        draft.link(after, to=node)
        return [node]

    def _people(self, draft: Draft) -> Params:
        place, stage = self.stage.place, self.stage
        found: Params = [
            ("picked", Formula(f"{{=Variable:{NEXT}}}", PERSON)),
            ("acting", Formula(f"{{=Variable:{BY}}}", PERSON)),
        ]
        if stage.responsible is not None:
            found.append(("responsible", recipes.people(draft, stage.responsible, path=(*place, "responsible"))))
        if self.access is not None:
            found.append(("access", recipes.people(draft, self.access, path=("access",))))
        found += self._rights(draft)
        return found

    def _rights(self, draft: Draft) -> Params:
        path = (*self.stage.place, "permissions")
        given = self.stage.permissions.items()
        kept = [(right, recipes.people(draft, whom, path=(*path, right))) for right, whom in given]
        return [("rights", Fields(tuple((right, recipe) for right, recipe in kept if recipe)))] if kept else []


@dataclass(frozen=True, kw_only=True)
class DoWork(OwnStep):
    """Asks the responsible person to work on the stage and to say with which result."""

    word: ClassVar[str] = "work"

    @property
    def name(self) -> str:
        return f"{self.stage.id}.work"

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        assert isinstance(draft, StageDraft)
        block, stage = draft.serving(WORK, path=self.stage.place), self.stage
        form = self._form(draft)
        known = [each for each in stage.results if each.to in draft.stages]
        given: Params = [
            *self._terms(draft, block),
            ("to", Formula(f"{{={stage.id}:responsible}}", many(PERSON))),
            ("title", Fixed(stage.title or stage.id)),
            ("description", recipes.text(draft, stage.text, path=(*stage.place, "text"))),
            ("results", Fields(tuple((each.name, Fixed(each.title or each.name)) for each in stage.results))),
            ("leads", Fields(tuple((each.name, Fixed(each.to)) for each in known))),
            ("needs_comment", Fixed(tuple(each.name for each in stage.results if each.comment == "required"))),
            ("comment", Fixed(any(each.comment != "none" for each in stage.results))),
            ("picks", Fixed(any(draft.stages[each.to].results for each in known))),
            *form,
        ]
        params = tuple((name, recipe) for name, recipe in given if recipe)
        stores = (
            *OUTCOME.items(),
            *((name, draft.variables[name]) for name in stage.fields if name in draft.variables),
        )
        node = draft.sketch.add(
            Kind.BLOCK, name=self.name, title=stage.title, payload=Work(block, params, stores=tuple(stores))
        )
        draft.link(after, to=node)
        return [node]

    def _terms(self, draft: Draft, block: str) -> Params:
        """Compile what the author adds to the question: a deadline, reminders, what happens when nobody is left."""
        face = draft.face(block)
        own = {*MADE, "to", "title", "description", "fields"}
        free = {name: each for name, each in face.params.items() if name not in own} if face else {}
        return [*recipes.arguments(draft, self.stage.terms, params=free, path=(*self.stage.place, "with"))]

    def _form(self, draft: Draft) -> Params:
        if not self.stage.fields:
            return []
        asked = Param(kind=ParamKind.FORM)
        return [("fields", recipes.param(draft, dict(self.stage.fields), of=asked, path=(*self.stage.place, "fields")))]


@dataclass(frozen=True, kw_only=True)
class GoByResult(OwnStep):
    """Leaves the stage for where the result leads."""

    word: ClassVar[str] = "leave"

    @property
    def name(self) -> str:
        return f"{self.stage.id}.leave"

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        assert isinstance(draft, StageDraft)
        draft.go_by_result(self.name, after=after)
        return []
