"""What came of a trial: what happened when, which steps and ways were gone, and how it differs from another. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from potok.engine.graph import Graph, Kind, Ways
from potok.engine.run import Entry
from potok.kit.errors import Refused
from potok.kit.words import _
from potok.processes.trial.waiting import Waiting

# What an author put there; the rest only shapes the way.
STEPS = frozenset({Kind.BLOCK, Kind.PAUSE, Kind.WAIT, Kind.CALL, Kind.ASSIGN, Kind.TERMINATE})
PATH = frozenset({"asked", "performed", "slept", "woke", "listened", "happened", "called", "returned", "assigned",
                  "failed", "completed", "terminated"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: an operation that a step asked for, an answer of a pretend person, a failure.

    `kind` is done, answered, command, changed, message, set, incident or started; `what` names the operation, answer,
    command, field, message, variable or code; `title` is what people call the step. `to` are the people and addresses
    that it reaches, `values` the fields and variables that get other values.
    """

    at: datetime
    kind: str
    what: str
    step: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    to: tuple[int | str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which steps were reached and which ways of conditions were gone, of all there are; a way is `step:number`."""

    steps: tuple[str, ...] = ()
    reached: frozenset[str] = frozenset()
    ways: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()

    @property
    def missed(self) -> list[str]:
        """What the trial did not show, in the order of the definition."""
        return [*(one for one in self.steps if one not in self.reached),
                *(one for one in self.ways if one not in self.gone)]  # fmt: skip

    def joined(self, other: Coverage) -> Coverage:
        """What both show together; they are of one definition."""
        steps, ways = self.steps or other.steps, self.ways or other.ways
        return Coverage(steps, self.reached | other.reached, ways, self.gone | other.gone)


@dataclass(slots=True)
class Told:
    """The whole trial. `path` names what the journal has, without ids and moments: what a case promises."""

    begins: datetime
    ends: datetime
    standing: str = ""
    lines: list[Line] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    values: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    waits_for: list[str] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)
    titles: Mapping[str, str] = field(default_factory=dict)  # what people call the steps
    named: Mapping[str, str] = field(default_factory=dict)  # what they call the variables
    conditions: Mapping[str, str] = field(default_factory=dict)  # by way; empty where no other one holds
    waiting: Waiting = field(default_factory=Waiting)
    refused: Refused | None = None  # the last thing that was done by hand, if the rules forbid it

    def promise(self) -> dict[str, Any]:
        """What a case holds later versions to."""
        done = [[one.step, one.what, _texts(one.told)] for one in self.lines if one.kind in ("done", "incident")]
        return {"standing": self.standing, "path": self.path, "done": done}


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a trial departs from what was promised: the first difference of each kind says enough."""

    what: str
    promised: str
    found: str


def coverage(graph: Graph, entries: Iterable[Entry]) -> Coverage:
    """Say what of a definition an instance's journal shows."""
    steps = tuple(name for name, kind in zip(graph.names, graph.kinds, strict=True) if kind in STEPS)
    choices = [node for node, kind in enumerate(graph.kinds) if kind in (Kind.CHOICE, Kind.LOOP)]
    ways = tuple(f"{graph.names[node]}:{way}" for node in choices for way in range(len(graph.outs[node])))
    reached: set[str] = set()
    gone: set[str] = set()
    for entry in entries:
        reached.add(graph.names[entry.node])
        if entry.what == "chose":
            gone.add(f"{graph.names[entry.node]}:{entry.detail}")
    return Coverage(steps, frozenset(reached & set(steps)), ways, frozenset(gone & set(ways)))


def conditions(graph: Graph) -> dict[str, str]:
    """The conditions of all ways, as they were written."""
    return {
        f"{graph.names[node]}:{way}": condition or ""
        for node, payload in enumerate(graph.payloads)
        if isinstance(payload, Ways)
        for way, condition in enumerate(payload.conditions)
    }


def path(graph: Graph, entries: Iterable[Entry]) -> list[str]:
    """The way an instance went, as words that stay the same in every run: `step:what`, and `step:chose 1`."""
    found = []
    for entry in entries:
        if entry.what == "chose":
            found.append(f"{graph.names[entry.node]}:chose {entry.detail}")
        elif entry.what in PATH:
            found.append(f"{graph.names[entry.node]}:{entry.what}")
    return found


def differences(promised: Mapping[str, Any], found: Mapping[str, Any]) -> list[Difference]:
    """Compare what was promised with what is; an empty list keeps the promise."""
    told = []
    if promised.get("standing") != found["standing"]:
        told.append(Difference(_("It ends otherwise"), str(promised.get("standing")), found["standing"]))
    told += _first(_("It goes another way"), promised.get("path", ()), found["path"])
    told += _first(_("It does something else"), promised.get("done", ()), found["done"])
    return told


def _first(what: str, promised: Sequence[Any], found: Sequence[Any]) -> list[Difference]:
    for place in range(max(len(promised), len(found))):
        was = promised[place] if place < len(promised) else None
        now = found[place] if place < len(found) else None
        if was != now:
            return [Difference(what, _said(was), _said(now))]
    return []


def _said(one: Any) -> str:
    if one is None:
        return "–"
    if isinstance(one, str):
        return one
    texts = [part[name] for part in one if isinstance(part, Mapping) for name in sorted(part)]
    return " · ".join([*(str(part) for part in one if part and not isinstance(part, Mapping)), *texts])


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    """The words of an operation; ids and moments differ from run to run."""
    return {
        name: value for name, value in sorted(told.items()) if isinstance(value, str) and name not in ("url", "key")
    }


# How operations name those whom they reach.
WHOM = ("to", "people", "person", "responsible")


def reaches(given: Mapping[str, Any]) -> tuple[int | str, ...]:
    """Those whom an operation reaches: numbers of people, addresses."""
    found = [given[name] for name in WHOM if given.get(name)]
    listed = [one if isinstance(one, list | tuple) else [one] for one in found]
    return tuple(each for one in listed for each in one if isinstance(each, int | str))


def changes(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that an operation changes."""
    fields = given.get("values")
    return dict(fields) if isinstance(fields, Mapping) else {}
