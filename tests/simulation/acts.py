"""What people do and what follows from it, over the database in memory: with the contract of the real operations."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from potok.engine import values
from potok.kit.calls import Call, Cause
from potok.kit.events import Event
from potok.processes import listening, wakes
from potok.processes.events import AssignmentAnswered
from potok.processes.life import RECORD
from potok.processes.models import Standing
from potok.processes.published import Published
from tests.simulation.database import Row, Session

RECORD_TYPE = "simulation.thing"
Rows = Sequence[tuple[Call, Mapping[str, Any]]]


@dataclass
class Acts:
    """All that one connection can do besides claiming and keeping. `outside` gets what leaves the database."""

    session: Session
    definitions: Mapping[str, Published]
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session.settle = self.settle

    def settle(self) -> None:
        """Tell those who listen what was announced."""
        while self.session.announced:
            happened, self.session.announced = self.session.announced, []
            for event in happened:
                _move(self, event) if isinstance(event, Changed) else _wake(self, event)

    def post(self, rows: Sequence[tuple[int, str, int, str]]) -> None:
        """Put events into inboxes."""
        for instance, kind, token, payload in rows:
            row = {"instance": instance, "kind": kind, "token": token, "payload": payload}
            self.session.put("inbox", self.session.number("inbox"), row)
        if rows:
            self.ring()

    def ring(self) -> None:
        self.session.after_commit(self.session.database.scheduler.ring)

    def begin(self, definition: str, *, record: int | None = None, parent: tuple[int, int] | None = None,
              depth: int = 0, waits: bool = False, inputs: Mapping[str, Any] | None = None) -> int:  # fmt: skip
        """Make an instance; see `starts.begin`."""
        version, session = self.definitions[definition], self.session
        id = session.number("instance")
        session.put("instance", id, {
            "definition": version.definition, "version": version.id, "record_type": RECORD_TYPE if record else "",
            "record_id": record, "initiator": 1, "depth": depth, "parent": parent[0] if parent else None,
            "parent_token": parent[1] if parent else None, "state": b"", "lines": 0,
            "status": Standing.QUEUED if waits else Standing.RUNNING, "status_text": "", "ended_at": None,
            "suspended_at": None,
        })  # fmt: skip
        given = {name: values.encode(value) for name, value in (inputs or {}).items()}
        plain = {"Template": given} if given else {}
        session.put("variables", id, {"data": json.dumps(plain).encode()})
        if not waits:
            self.ready(id)
        return id

    def ready(self, id: int) -> None:
        row = {"instance": id, "due": self.session.now, "attempts": 0}
        self.session.put("ready", self.session.number("ready"), row)
        self.ring()

    def start(self, definition: str, *, record: int) -> None:
        """Start on a record, under its lock, behind one that runs there; see `starting.start` and `queueing`."""
        self.session.lock("record", record)
        waits = bool(self.on(record, definition=self.definitions[definition].definition))
        self.session.point("start")
        instance = self.begin(definition, record=record, waits=waits)
        if waits:
            self.look_at(instance)

    def on(self, record: int, *, definition: int, queued: bool = False) -> list[int]:
        """The instances of a definition on a record that run, or that wait behind one that runs."""
        return [
            id
            for id, row in self.session.rows("instance")
            if (row["definition"], row["record_id"], row["ended_at"]) == (definition, record, None)
            and (row["status"] == Standing.QUEUED) is queued
        ]

    def look_at(self, instance: int) -> None:
        """Have the place of an instance looked at when its record is free."""
        self.session.put("place", self.session.number("place"), {"of": instance})

    def settle_place(self, place: int) -> None:
        """Look at a place, if its record is free; see `settling`."""
        row = self.session.get("place", place)
        if row is None or not self.session.lock("place", place, skip=True):
            return
        of = self.session.get("instance", row["of"]) or {}
        if not self.session.lock("record", of["record_id"], skip=True):
            return
        self.session.point("settle")
        if not self.on(of["record_id"], definition=of["definition"]):
            self.let_next_begin(of["record_id"], definition=of["definition"])
        self.session.drop("place", place)

    def let_next_begin(self, record: int, *, definition: int) -> None:
        """Let the first begin that waits behind another one; see `acts.NEXT`."""
        for id in sorted(self.on(record, definition=definition, queued=True))[:1]:
            self.session.update("instance", id, if_queued)
            self.ready(id)

    def terminate(self, instance: int) -> None:
        """End an instance; see `operations.instances`."""
        ended = {"status": Standing.TERMINATED, "ended_at": self.session.now}
        self.session.point("terminate")
        if self.session.update("instance", instance, lambda row: {**row, **ended} if if_queued(row) else None):
            self.look_at(instance)
        else:
            self.post([(instance, wakes.TERMINATED, 0, "{}")])

    def complete(self, assignment: int, *, person: int, answer: str, key: str) -> str:
        """Answer an assignment, exactly once; says `done`, or who was first. See `operations.assignments`."""
        session = self.session
        session.point("complete")
        asked, part = session.get("assignment", assignment), session.get("assignee", (assignment, person))
        assert asked is not None
        assert part is not None
        if part["key"] == key:
            return "done"
        if not asked["all"] and not session.update("assignment", assignment, if_open({"status": "done"})):
            return self._told(assignment)
        session.point("answer")
        is_open = not asked["all"] or (session.get("assignment", assignment) or {})["status"] == "open"
        said = {"status": "done", "answer": answer, "key": key}
        if not is_open or not session.update("assignee", (assignment, person), if_open(said)):
            return self._told(assignment)
        call = Call(person, session.now, key, Cause("screen"))
        session.announced.append(AssignmentAnswered(call=call, assignment=assignment, person=person, answer=answer,
                                                    comment="", closed=not asked["all"]))  # fmt: skip
        if not asked["all"]:
            close_parts(session, assignment)
        return "done"

    def _told(self, assignment: int) -> str:
        done = [key for key, row in self.session.rows("assignee") if key[0] == assignment and row["status"] == "done"]
        return f"{done[0][1]} was first" if done else "taken back"

    def change(self, record: int, **changed: Any) -> None:
        """Change a record as a person does: waiting for whoever holds it."""
        self.session.point("change")
        self.session.update("record", record, lambda row: {**row, **changed})
        self.session.announced.append(Changed(record, frozenset(changed)))

    def resolve(self, incident: int, *, kind: str) -> bool:
        """Retry or skip what failed; see `operations.incidents`."""
        self.session.point("resolve")
        row = self.session.get("incident", incident)
        resolved = self.session.update(
            "incident", incident, lambda now: None if now["resolution"] else {**now, "resolution": kind}
        )
        if resolved and row is not None:
            if row["token"] is None:
                self.session.update("instance", row["instance"], lambda now: {**now, "suspended_at": None})
                self.ready(row["instance"])
            else:
                self.post([(row["instance"], kind, row["token"], "{}")])
        return resolved

    def say(self, event: Event) -> None:
        self.session.point("say")
        self.session.announced.append(event)


@dataclass(frozen=True)
class Changed:
    """A record changed."""

    record: int
    fields: frozenset[str]


def _move(acts: Acts, changed: Changed) -> None:
    key = f"{RECORD_TYPE}={changed.record}"
    acts.post([
        (row["instance"], wakes.MOVED, row["token"], "{}")
        for _, row in acts.session.rows("ear")
        if (row["event"], row["key"]) == (RECORD, key) and changed.fields & set(json.loads(row["watches"]))
    ])  # fmt: skip


def _wake(acts: Acts, event: Event) -> None:
    plain = event.plain()
    keys = set(listening._keys(plain))
    acts.post([
        (row["instance"], wakes.HAPPENED, row["token"], wakes.payload(listening._payload(event)))
        for _, row in acts.session.rows("ear")
        if row["event"] == event.name and row["key"] in keys and listening._fits(json.loads(row["where"]), plain)
    ])  # fmt: skip


def if_open(change: Row) -> Callable[[Row], Row | None]:
    return lambda row: {**row, **change} if row["status"] == "open" else None


def close_parts(session: Session, assignment: int) -> None:
    for key, _ in session.rows("assignee"):
        if key[0] == assignment:
            session.update("assignee", key, if_open({"status": "closed"}))


def if_queued(row: Row) -> Row | None:
    if row["status"] != Standing.QUEUED or row["ended_at"] is not None:
        return None
    return {**row, "status": Standing.RUNNING}
