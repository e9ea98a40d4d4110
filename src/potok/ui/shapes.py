"""Values that components draw: steps of a run, stages of a record, options of a picker, sides of a clash."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

FLOW_MAX = 7


@dataclass(frozen=True)
class Step:
    """One point of a run's path. `state` is a word of the process language: person, run, done, timer, …"""

    title: str
    state: str
    note: str = ""

    @property
    def is_now(self) -> bool:
        return self.state in ("person", "run", "wait", "timer", "incident")


@dataclass(frozen=True)
class Stage:
    """One segment of a stage bar. `state` is done, now or ahead; a POST to `move_url` moves the record there."""

    title: str
    state: str
    note: str = ""
    move_url: str = ""


@dataclass(frozen=True)
class Option:
    """One line of a picker: `face` is a person to draw, `icon` stands for a record, `note` helps to choose."""

    value: str
    title: str
    note: str = ""
    face: Any = None
    icon: str = ""
    away: bool = False


@dataclass(frozen=True)
class Found:
    """One line of the palette. `matched` is the part of the title that was asked for; `kind` says what it is."""

    title: str
    url: str
    icon: str = "file"
    kind: str = ""
    matched: str = ""
    drawer: bool = False


@dataclass(frozen=True)
class FilterRow:
    """One condition of the filter editor: which field, which test of `tests`, what value; `editor` draws the value."""

    field: str
    test: str
    value: str = ""
    tests: Sequence[tuple[str, str]] = ()
    editor: str = ""


@dataclass(frozen=True)
class FilterGroup:
    """Conditions, and groups of them, in the filter editor: all of them must hold, or any of them is enough."""

    word: str = "all"
    parts: Sequence["FilterRow | FilterGroup"] = ()


@dataclass(frozen=True)
class ClashField:
    """One field that two people changed: what each of them wants to read there, and what it was before both."""

    name: str
    label: str
    mine: str
    theirs: str
    was: str


def folded(steps: Sequence[Step]) -> list[Step]:
    """Shorten a long path to seven points: what is done before the last two and what is far ahead become one each."""
    if len(steps) <= FLOW_MAX:
        return list(steps)
    now = next((place for place, step in enumerate(steps) if step.state not in ("done", "skip")), len(steps) - 1)
    start = max(0, min(now - 2, len(steps) - (FLOW_MAX - 1)))
    before, rest = steps[:start], list(steps[start:])
    room = FLOW_MAX - (1 if before else 0)
    shown, after = (rest, []) if len(rest) <= room else (rest[: room - 1], rest[room - 1 :])
    return [*_as_one(before, "done"), *shown, *_as_one(after, "todo")]


def _as_one(steps: Sequence[Step], state: str) -> list[Step]:
    if not steps:
        return []
    title = ngettext("%(n)s more step", "%(n)s more steps", len(steps)) % {"n": len(steps)}
    return [Step(title, state)]
