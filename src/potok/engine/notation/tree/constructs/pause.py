"""`pause:` waits for so long (`for`), until a moment (`until`), or until so long before it (`before`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Due, Fixed, Kind, Recipe
from potok.engine.notation.tree import asking, recipes
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem
from potok.engine.values import DURATION, MOMENT, Duration

NO_MOMENT = problem(
    "tree.no_moment",
    _("A pause has a length or a moment to end at."),
    hint=_("Write “for: 2 days”, or “until:” with a date, and “before: 1 day” beside it if you like."),
)
TOO_SHORT = problem(
    "tree.pause_too_short", _("A pause lasts a minute or longer."), hint=_("Write “for: 1 minute”, or take it out.")
)
MINUTE = Duration(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Pause(Step):
    word: ClassVar[str] = "pause"
    waits: ClassVar[bool] = True
    lasts: Plain = None
    until: Plain = None
    before: Plain = None

    @classmethod
    def read(cls, given: Given) -> Self:
        inner = given.under("pause", required=True)
        found = cls(lasts=inner.any("for"), until=inner.any("until"), before=inner.any("before"))
        inner.nothing_else()
        if (found.lasts is None) == (found.until is None) or (found.before is not None and found.until is None):
            given.complain(NO_MOMENT, "pause")
        return found

    def write(self) -> dict[str, Plain]:
        keys = {"for": self.lasts, "until": self.until, "before": self.before}
        return {"pause": {key: plain for key, plain in keys.items() if plain is not None}}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        path = (*self.place, "pause")
        given = (("for", self.lasts, DURATION), ("until", self.until, MOMENT), ("before", self.before, DURATION))
        lasts, until, before = (
            None if plain is None else recipes.value(draft, plain, type=type_, path=(*path, key))
            for key, plain, type_ in given
        )
        if _is_too_short(lasts):
            draft.complain(TOO_SHORT, (*path, "for"))
        watches = asking.watched(str(self.until))
        return [draft.add(self, Kind.PAUSE, after=after, payload=Due(lasts, until, before, watches))]


def _is_too_short(lasts: Recipe | None) -> bool:
    """Only a length that is written out can be told beforehand; one that is reckoned may be anything."""
    if not isinstance(lasts, Fixed) or not isinstance(lasts.value, Duration):
        return False
    return not (lasts.value.months or lasts.value.days) and lasts.value.seconds < MINUTE.seconds
