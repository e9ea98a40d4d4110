"""`set:` sets variables, one after another; those that all definitions share are written `GlobalVar:counter`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import ClassVar, Self

from potok.engine import expr
from potok.engine.graph import Assigned, Fixed, Formula, Kind, Recipe, Results, Several, Work
from potok.engine.notation.tree import recipes
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import UNKNOWN_KEY, Given
from potok.engine.notation.tree.source import Path, Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import Problems, _, problem
from potok.engine.values import NUMBER, Type

SHARED, SERVES, ADD = "GlobalVar:", "globals.set", "add"

NO_GLOBAL = problem(
    "tree.no_global", _("There is no global variable “{name}”."), hint=_("{guess}An administrator declares it first.")
)
CANNOT_ADD = problem(
    "tree.cannot_add",
    _("Nothing can be added to “{name}”, which is a {type}."),
    hint=_("“add” is for numbers and lists. Write the new value itself."),
)
NO_SETTER = problem("tree.no_setter", _("No block of this installation sets global variables."))


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
        return tuple(name for name in self.values if not name.startswith(SHARED))

    def gives(self, draft: Draft) -> Results:
        """A step that sets one global variable gives what it holds then: the number that nobody else was given."""
        name = self._sole
        type_ = draft.shared(name) if name else None
        return {name: type_} if type_ else {}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        own: list[tuple[str, Recipe]] = []
        ends = after
        for key, plain in self.values.items():
            path = (*self.place, "set", key)
            if key.startswith(SHARED):
                ends, own = self._assigned(draft, own, after=ends), []
                ends = self._shared(draft, key.removeprefix(SHARED), plain, after=ends, path=path)
            elif found := self._own(draft, key, plain, path=path):
                own.append((key, found))
        return self._assigned(draft, own, after=ends) if own or ends is after else ends

    @property
    def _sole(self) -> str:
        """The global variable, if nothing else is set."""
        names = [*self.values]
        return names[0].removeprefix(SHARED) if len(names) == 1 and names[0].startswith(SHARED) else ""

    def _own(self, draft: Draft, name: str, plain: Plain, *, path: Path) -> Recipe | None:
        type_ = draft.variables.get(name)
        if type_ is None:
            draft.complain(UNKNOWN_KEY, path, key=name, guess="", known=", ".join(draft.variables))
            return None
        return recipes.value(draft, plain, type=type_, path=path)

    def _assigned(self, draft: Draft, values: list[tuple[str, Recipe]], *, after: Ends) -> Ends:
        whole = len(values) == len(self.values)
        if not values and not whole and self.values:
            return after
        part = "" if whole else f"to_{values[0][0]}"
        return [draft.add(self, Kind.ASSIGN, after=after, part=part, payload=Assigned(tuple(values)))]

    def _shared(self, draft: Draft, name: str, plain: Plain, *, after: Ends, path: Path) -> Ends:
        """Draw the block that sets a global variable. `was` is what the new value was worked out from: if somebody else
        has set it meanwhile, the block asks for it anew, and nothing is lost."""
        type_ = draft.shared(name)
        block = next((face for face in draft.catalogue.values() if face.serves == SERVES), None)
        if type_ is None or block is None:
            _unknown(draft, name, path=path, declared=type_ is not None)
            return after
        adds = isinstance(plain, dict)
        value = _added(draft, name, plain, type=type_, path=path) if isinstance(plain, dict) else recipes.value(
            draft, plain, type=type_, path=path
        )  # fmt: skip
        params: list[tuple[str, Recipe | None]] = [("name", Fixed(name)), (ADD if adds else "value", value)]
        if not adds and _reads(value, name):
            params += [("was", Formula(f"{{={SHARED}{name}}}", type_)), ("checks", Fixed(True))]
        given = tuple((key, recipe) for key, recipe in params if recipe is not None)
        work = Work(block.name, given, results=((name, type_),) if self._sole else ())
        part = "" if self._sole else f"shared_{name}"
        return [draft.add(self, Kind.BLOCK, after=after, part=part, payload=work)]


def _unknown(draft: Draft, name: str, *, path: Path, declared: bool) -> None:
    if declared:
        draft.complain(NO_SETTER, path)
        return
    close = get_close_matches(name, draft.surroundings.shared.get("GlobalVar", {}), n=1)
    draft.complain(NO_GLOBAL, path, name=name, guess=f"“{close[0]}”? " if close else "")


def _added(draft: Draft, name: str, plain: Mapping[str, Plain], *, type: Type, path: Path) -> Recipe | None:
    """Compile `add:`, which needs no look at the old value."""
    for key in plain.keys() - {ADD}:
        draft.complain(UNKNOWN_KEY, (*path, key), key=key, guess="", known=ADD)
    if not (type.multiple or type == NUMBER):
        draft.complain(CANNOT_ADD, path, name=name, type=str(type))
        return None
    return recipes.value(draft, plain.get(ADD), type=type, path=(*path, ADD))


def _reads(recipe: Recipe | None, name: str) -> bool:
    """Tell whether a recipe is worked out from the variable itself."""
    parts = recipe.items if isinstance(recipe, Several) else (recipe,)
    texts = [expr.read_text(part.text) for part in parts if isinstance(part, Formula)]
    found = [each for text in texts if not isinstance(text, Problems) for each in text.references]
    return any((each.source, each.path[0]) == ("GlobalVar", name) for each in found)
