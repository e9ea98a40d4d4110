"""What must be true of a universe once all is over, whatever happened in it."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from potok.engine import values
from potok.engine.run import Entry, Status
from potok.processes.folding import Line, Stored, fold
from potok.processes.models import Standing
from potok.processes.published import Published
from tests.simulation.database import Session
from tests.simulation.definitions import published
from tests.simulation.store import MemoryStore
from tests.simulation.universe import Universe

LATE_SECONDS = 5.0
ONCE = ("started", "performed", "completed", "terminated", "woke", "returned")  # in the life of a token


class Wrong(AssertionError):  # noqa: N818
    """A promise of the engine is broken."""


def check(universe: Universe) -> None:
    """Look at everything; raises `Wrong` with what is wrong."""
    for one in (_all_is_over, _journals_are_whole, _journals_fold, _nothing_is_early, _each_question_was_answered_once,
                _records_were_counted_once, _parcels_left_once, _children_are_two, _outcomes,
                _nothing_was_late):  # fmt: skip
        one(universe)


def _table(universe: Universe, name: str) -> dict[Any, dict[str, Any]]:
    return universe.database.tables[name]


def _must(so: object, what: str, *about: object) -> None:
    if not so:
        raise Wrong(f"{what}: {about}")


def journal(universe: Universe) -> dict[int, list[tuple[int, datetime, list[Entry]]]]:
    """The lines of each instance in their order."""
    found: dict[int, list[tuple[int, datetime, list[Entry]]]] = defaultdict(list)
    for row in _table(universe, "journal").values():
        entries = [Entry(*entry) for entry in json.loads(row["entries"])]
        found[row["instance"]].append((row["number"], row["at"], entries))
    return {id: sorted(lines, key=lambda line: line[0]) for id, lines in found.items()}


def performed(universe: Universe, block: str) -> Counter[int]:
    """How often each instance performed a block, by its journal."""
    counts: Counter[int] = Counter()
    for id, lines in journal(universe).items():
        payloads: Sequence[Any] = universe.versions[_table(universe, "instance")[id]["version"]].graph.payloads
        for _, _, entries in lines:
            counts[id] += sum(entry.what == "performed" and payloads[entry.node].block == block for entry in entries)
    return counts


def _all_is_over(universe: Universe) -> None:
    for id, row in _table(universe, "instance").items():
        _must(row["ended_at"], "A wake-up is lost: the instance never ends", id, row["status"], row["state"])
        _must(row["status"] in (Standing.COMPLETED, Standing.TERMINATED), "It ended without an end", id, row)
    for queue in ("timer", "ear"):
        _must(not _table(universe, queue), "Somebody who is over still waits", queue, _table(universe, queue))
    for id, row in _table(universe, "assignment").items():
        _must(row["status"] != "open", "A question is left over", id, row)


def _journals_are_whole(universe: Universe) -> None:
    lines = journal(universe)
    for id, row in _table(universe, "instance").items():
        numbers, wanted = [number for number, _, _ in lines.get(id, [])], list(range(1, row["lines"] + 1))
        _must(numbers == wanted, "The journal has a gap or a double", id, numbers, row["lines"])
        entries = [entry for _, _, several in lines.get(id, []) for entry in several]
        visits = Counter((entry.what, entry.token) for entry in entries if entry.what in ONCE)
        _must(all(count == 1 for count in visits.values()), "A token went the same way twice", id, visits)


class _Archive:
    """The versions of a universe, in which nobody moves between them."""

    def __init__(self, universe: Universe) -> None:
        self._versions = universe.versions

    def version(self, id: int) -> Published:
        return self._versions[id]

    def migration(self, id: int) -> NoReturn:
        raise LookupError(id)


def _journals_fold(universe: Universe) -> None:
    """What each instance was told leads to what is stored of it."""
    store = MemoryStore(Session(universe.database), universe.versions)
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in _table(universe, "journal").values():
        lines[row["instance"]].append(Line(row["number"], row["at"], row["entries"], row["told"]))
    for id in _table(universe, "instance"):
        folded = fold(
            Stored(store.claimed(id)), sorted(lines[id], key=lambda line: line.number), archive=_Archive(universe)
        )
        found = folded.difference
        _must(found is None, "The journal leads elsewhere", id, found and found.sentence())


def _nothing_is_early(universe: Universe) -> None:
    for id, lines in journal(universe).items():
        due: dict[int, datetime] = {}
        for _, at, entries in lines:
            for entry in entries:
                if entry.what == "slept":
                    due[entry.token] = values.decode(entry.detail)  # type: ignore[assignment]
                _must(entry.what != "woke" or at >= due[entry.token], "A timer fired early", id, at, due)
                _must(entry.what != "woke" or _is_due(universe, id, at), "It fired by a date that had moved", id, at)


def _is_due(universe: Universe, id: int, at: datetime) -> bool:
    """Tell whether the date of its record had come, as the record stood at that moment."""
    row = _table(universe, "instance")[id]
    if universe.jumps or published()["date"].id != row["version"]:
        return True
    dates = [date for since, record, date in universe.dates if record == row["record_id"] and since < at]
    return dates[-1] <= at


def _each_question_was_answered_once(universe: Universe) -> None:
    for (assignment, person), told in universe.told.items():
        part = _table(universe, "assignee")[assignment, person]
        for said in told:
            _must((said == "done") == (part["status"] == "done"), "Somebody was told the wrong thing", part, said)
    for id, row in _table(universe, "assignment").items():
        done = [key for key, part in _table(universe, "assignee").items() if key[0] == id and part["status"] == "done"]
        _must(row["all"] or len(done) <= 1, "Two people won", id, done)


def _records_were_counted_once(universe: Universe) -> None:
    wanted: Counter[int] = Counter(row["record"] for row in _table(universe, "added").values())
    for id, times in performed(universe, "simulation_count").items():
        wanted[_table(universe, "instance")[id]["record_id"]] += times
    for record, row in _table(universe, "record").items():
        _must(row["count"] == wanted[record], "A change of a record is lost or doubled", record, row, wanted)


def _parcels_left_once(universe: Universe) -> None:
    made = Counter(row["instance"] for row in _table(universe, "parcel").values())
    wanted = performed(universe, "simulation_send")
    _must(made == +wanted, "What was sent is not what the journals say", made, wanted)
    _must(set(universe.sent) == set(_table(universe, "parcel")), "A parcel did not leave", universe.sent)


def _children_are_two(universe: Universe) -> None:
    parents = Counter(
        (row["parent"], row["parent_token"])
        for row in _table(universe, "instance").values()
        if row["parent"] is not None
    )
    _must(all(count == 1 for count in parents.values()), "A child was started twice", parents)


def _outcomes(universe: Universe) -> None:
    names = {version.id: name for name, version in published().items()}
    for id, row in _table(universe, "instance").items():
        said = _said(universe, id)
        if row["status"] == Standing.COMPLETED and id not in _mended(universe):
            good = OUTCOMES.get(names[row["version"]], lambda *_: True)(universe, id, said)
            _must(good, "The outcome is wrong", names[row["version"]], id, said)


def _mended(universe: Universe) -> set[int]:
    return {row["instance"] for row in _table(universe, "incident").values()}


def _said(universe: Universe, id: int) -> str:
    return str(json.loads(_table(universe, "variables")[id]["data"]).get("Variable", {}).get("said", ""))


def _winners(universe: Universe, id: int) -> str:
    asked = [key for key, row in _table(universe, "assignment").items() if row["instance"] == id]
    parts = [(key[1], row["answer"]) for key, row in sorted(_table(universe, "assignee").items())
             if key[0] in asked and row["status"] == "done"]  # fmt: skip
    return ",".join(f"{person}{answer}" for person, answer in parts)


def _sides(_universe: Universe, _id: int, said: str) -> bool:
    heard, _, done = said.partition("/")
    numbers = [int(number) for number in heard.split()]
    return done == "3" and len(numbers) == 3 and numbers == sorted(set(numbers))


def _called_two(universe: Universe, id: int, said: str) -> bool:
    children = [row["status"] for row in _table(universe, "instance").values() if row["parent"] == id]
    ended = ["back" if status == Standing.COMPLETED else "" for status in children]
    return len(children) == 2 and sorted(said.split("+")) == sorted(ended)


OUTCOMES: Any = {
    "approval": lambda universe, one, said: said == _winners(universe, one) != "",
    "vote": lambda universe, one, said: said == "1n,2y" == _winners(universe, one),
    "deadline": lambda universe, one, said: said == (_winners(universe, one) or "late"),
    "race": lambda universe, one, said: said == ("answered" if _winners(universe, one) else "late"),
    "sides": _sides,
    "caller": _called_two,
    "called": lambda universe, one, said: said == "back",
    "list": lambda universe, one, said: said == "2" and performed(universe, "simulation_send")[one] == 4,
}


def _nothing_was_late(universe: Universe) -> None:
    # A clock that is set back makes what is ready wait as long.
    calm = not (universe.scheduler.deaths or universe.breaks or universe.jumps)
    _must(not calm or universe.latest < LATE_SECONDS, "A wake-up came late", universe.latest, universe.latest_of)


__all__ = ["Status", "Wrong", "check"]
