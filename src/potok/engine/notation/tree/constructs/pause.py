"""`pause:` waits for so long (`for`), until a moment (`until`), until so long before it (`before`), or until somebody's
working day (`workday_of`); with `working` only working time counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine import time
from potok.engine.graph import Due, Kind
from potok.engine.notation.tree import asking, conditions, recipes
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import Problems, _, problem
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
NOW = "{=System:Now}"


@dataclass(frozen=True, kw_only=True)
class Pause(Step):
    """`person` is whose working time counts; the company's when nobody is named."""

    word: ClassVar[str] = "pause"
    waits: ClassVar[bool] = True
    lasts: Plain = None
    until: Plain = None
    before: Plain = None
    workday_of: Plain = None
    working: bool = False
    person: Plain = None

    @classmethod
    def read(cls, given: Given) -> Self:
        inner = given.under("pause", required=True)
        found = cls(
            lasts=inner.any("for"),
            until=inner.any("until"),
            before=inner.any("before"),
            workday_of=inner.any("workday_of"),
            working=inner.yes("working"),
            person=inner.any("person"),
        )
        inner.nothing_else()
        ways = [each for each in (found.lasts, found.until, found.workday_of) if each is not None]
        too_much = found.working and found.workday_of is not None
        stray = (found.before is not None and found.until is None) or (found.person is not None and not found.working)
        if len(ways) != 1 or stray or too_much:
            given.complain(NO_MOMENT, "pause")
        return found

    def write(self) -> dict[str, Plain]:
        keys = {"for": self.lasts, "until": self.until, "before": self.before, "workday_of": self.workday_of}
        said = {key: plain for key, plain in keys.items() if plain is not None}
        person = {} if self.person is None else {"person": self.person}
        return {"pause": {**said, **filled(working=self.working), **person}}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        self._look(draft)
        payload = self._worked(draft) if self.working or self.workday_of is not None else self._passed(draft)
        return [draft.add(self, Kind.PAUSE, after=after, payload=payload)]

    @property
    def comes_again(self) -> bool:
        """Tell whether it can be waited for anew: a moment of the calendar comes once."""
        return self.until is None

    def _passed(self, draft: Draft) -> Due:
        path = (*self.place, "pause")
        given = (("for", self.lasts, DURATION), ("until", self.until, MOMENT), ("before", self.before, DURATION))
        lasts, until, before = (
            None if plain is None else recipes.value(draft, plain, type=type_, path=(*path, key))
            for key, plain, type_ in given
        )
        return Due(lasts, until, before, asking.watched(str(self.until)))

    def _worked(self, draft: Draft) -> Due:
        """Reckon in working time: by the functions that formulas have for it."""
        key = "workday_of" if self.workday_of is not None else "until" if self.lasts is None else "for"
        formula = f"={self._formula()}"
        until = recipes.value(draft, formula, type=MOMENT, path=(*self.place, "pause", key))
        # A length began when the process came here: whoever is responsible now does not begin it anew.
        watches = () if self.lasts is not None else asking.watched(formula)
        return Due(until=until, watches=watches, from_now=self.comes_again)

    def _formula(self) -> str:
        person = f", {conditions.operand(self.person)}" if self.person is not None else ""
        if self.workday_of is not None:
            return f"nextworktime({NOW}, {conditions.operand(self.workday_of)})"
        if self.lasts is not None:
            return f"workdateadd({NOW}, {conditions.operand(self.lasts)}{person})"
        moment = conditions.operand(self.until)
        moment = f"tomoment({moment})" if moment.startswith('"') else moment
        if self.before is None:
            return f"nextworktime({moment}{person})"
        return f"workdateadd({moment}, {_back(self.before)}{person})"

    def _look(self, draft: Draft) -> None:
        """Only a length that is written out can be told beforehand; one that is reckoned may be anything."""
        lasts = time.read(self.lasts) if isinstance(self.lasts, str) else None
        if isinstance(lasts, Duration) and not (lasts.months or lasts.days) and lasts.seconds < MINUTE.seconds:
            draft.complain(TOO_SHORT, (*self.place, "pause", "for"))


def _back(before: Plain) -> str:
    written = conditions.operand(before)
    if isinstance(before, str) and not isinstance(time.read(before), Problems):
        return f'"-{before.strip()}"'
    return f'"-" & {written}'
