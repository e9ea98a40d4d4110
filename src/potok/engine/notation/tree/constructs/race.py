"""`race:` waits for the first of several events; its branch is done, the other events are given up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from potok.engine.graph import Kind
from potok.engine.notation.tree import asking
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.given import ABSENT, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import _, problem

NO_EVENT = problem(
    "tree.no_event",
    _("A branch of a race begins with an event, and “{word}” is none."),
    hint=_("Begin with a pause, a wait, a step for a person, or a process that is waited for."),
)


@dataclass(frozen=True)
class Way:
    """An event and what is done when it comes first; doing nothing is allowed."""

    event: Step
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Race(Step):
    word: ClassVar[str] = "race"
    ways: tuple[Way, ...]

    @classmethod
    def read(cls, given: Given) -> Self:
        found = [_read_way(each) for each in given.each("race", required=True)]
        if given.any("race") == []:
            given.complain(ABSENT, "race", key="pause")
        return cls(ways=tuple(way for way in found if way))

    def write(self) -> dict[str, Plain]:
        return {"race": [_write_way(way) for way in self.ways]}

    def compile(self, draft: Draft, *, after: Ends) -> Ends:
        ways = [way for way in self.ways if not way.event.off]
        if self.ways and not ways:
            return after
        race = draft.add(self, Kind.RACE, after=after)
        draft.sketch.open(race)
        events = []
        for way in ways:
            if not draft.happens(way.event):
                draft.complain(NO_EVENT, way.event.place, word=way.event.word)
            events.append(way.event.compile(draft, after=[race]))
        draft.sketch.close()
        ends: Ends = []
        for way, event in zip(ways, events, strict=True):
            draft.see([way.event])
            win = draft.add(way.event, Kind.WIN, after=event, part="won")
            # The others are given up first, then the activation commits: between the two nobody else could win.
            won = draft.saved(way.event, after=[win])
            path = (*way.event.place, "do")
            ends += draft.sequence(way.steps, after=won, path=path) if way.steps else won
        return ends

    def inside(self) -> Iterator[Sequence[Step]]:
        for way in self.ways:
            yield (way.event,)
            yield way.steps


def _read_way(given: Given) -> Way | None:
    """Take an event, which is a step, with the steps that follow it under `do`."""
    steps = given.steps("do") if given.has("do") else ()
    rest = {key: plain for key, plain in given.plain.items() if key != "do"}
    event = given.page.read_step(Given(rest, path=given.path, page=given.page))
    return Way(event, steps) if event else None


def _write_way(way: Way) -> Plain:
    event = asking.written(way.event)
    return {**event, "do": [asking.written(step) for step in way.steps]} if way.steps else event
