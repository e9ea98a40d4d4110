"""One universe: a few instances, the workers that carry them and people who do things, all of it out of one seed."""

import contextlib
import logging
import random as chance
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import psycopg

from potok.kit.calls import Call, Cause
from potok.processes import wakes, worker
from tests.simulation import blocks
from tests.simulation.acts import Acts
from tests.simulation.database import Database, Place, Row, Session
from tests.simulation.definitions import published
from tests.simulation.hands import hands
from tests.simulation.scheduler import Bell, Scheduler
from tests.simulation.store import MemoryStore

PEOPLE = (1, 2, 3)
KINDS = (
    "approval",
    "vote",
    "deadline",
    "race",
    "sides",
    "count",
    "after",
    "watch",
    "date",
    "caller",
    "list",
    "failing",
)
ON_RECORDS = frozenset({"count", "after", "watch", "date"})
ENOUGH = 2  # so much lets every wait for a count go on
REST_SECONDS = 20.0  # longer than the real worker rests, so that a bell that does not ring is missed
PATIENCE_SECONDS = 3_000.0
LAST_SECONDS = 90.0  # who waits longer for the last moment holds up the others of his universe
Act = Callable[[Acts], Iterator[float] | None]


@dataclass
class Universe:
    """Everything that was drawn from the seed, and what happened: `sent` left the database, `told` is what people were
    told when they answered, `added` how often people added to a record."""

    seed: int
    size: int = 1
    sent: list[str] = field(default_factory=list)
    told: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        draw = self.random = Random(self.seed)
        chance.seed(self.seed)
        rough = draw.choice((0.0, 0.005, 0.02))
        self.breaks = draw.choice((0.0, 0.002, 0.01))
        self.records = draw.choice(((1,), (1, 2)))
        self.kinds = draw.choice((KINDS, KINDS, ("after", "after", "count"), ("watch", "watch", "date")))
        self.limit = draw.choice((1, 2, 3, 200))
        self.scheduler = Scheduler(draw, deaths=rough, slow=draw.choice((0.0, 0.05, 0.2)))
        self.database = Database(self.scheduler)
        self.versions = {one.id: one for one in published().values()}
        self.database.watch = self._watch
        self.keeper = self.acts(Session(self.database))
        self.dates: list[tuple[datetime, int, datetime]] = []
        self.jumps = 0
        self.latest, self.latest_of = 0.0, ""
        self._since: dict[tuple[str, Any], float] = {}

    def acts(self, session: Session) -> Acts:
        return Acts(session, published(), self.sent)

    def live(self) -> None:
        """Let everything happen until all is over, or nothing more can happen."""
        self._furnish()
        for number in range(self.random.randint(1, 3)):
            self._hire(f"worker {number}", self._work)
        for person in PEOPLE:
            self._hire(f"person {person}", partial(self._answer, person=person))
        for name, act in (("speaker", self._speak), ("clerk", self._change), ("operator", self._mend),
                          ("carrier", self._carry), ("visitor", self._visit), ("settler", self._settle)):  # fmt: skip
            self._hire(name, act)
        try:
            self.scheduler.run(rests=self._rests)
        finally:
            self.scheduler.stop()

    # -- how it begins and ends

    def _furnish(self) -> None:
        acts, session = self.keeper, self.keeper.session
        with session.transaction():
            for record in self.records:
                date = session.now + timedelta(seconds=self.random.randint(30, 200))
                session.put("record", record, {"count": 0, "date": date, "title": "Thing"})
            for _ in range(self.random.randint(1, 2 + self.size)):
                self._start(acts, self.random.choice(self.kinds))

    def _start(self, acts: Acts, kind: str) -> None:
        record = self.random.choice(self.records)
        how = {"how": self.random.choice(("refused", "spoilt", "broken"))} if kind == "failing" else {}
        if kind == "after":
            acts.start(kind, record=record)
        else:
            acts.begin(kind, record=record if kind in ON_RECORDS else None, inputs=how)

    def _rests(self) -> bool:
        tables = self.database.tables
        alive = [id for id, row in tables["instance"].items() if row["ended_at"] is None]
        left = [key for key, row in tables["parcel"].items() if not row["sent"]]
        return not (alive or left) or self.scheduler.moment > PATIENCE_SECONDS

    def _watch(self, changes: Mapping[Place, Row | None]) -> None:
        """Note how long what can be served at once is left alone."""
        for place, row in changes.items():
            if place[0] == "record" and row is not None:
                self.dates.append((self.database.now, place[1], row["date"]))
            if place[0] not in ("inbox", "ready"):
                continue
            if row is not None and row.get("due", self.database.now) <= self.database.now:
                self._since[place] = self.scheduler.moment
            elif row is None and place in self._since:
                late = self.scheduler.moment - self._since.pop(place)
                if late > self.latest:
                    self.latest, self.latest_of = late, f"{place} at {self.scheduler.moment:.3f}"

    # -- actors

    def _hire(self, name: str, act: Callable[[Session], object], *, after: float = 0.0) -> None:
        """Let somebody work who, when he dies or loses his connection, comes again."""
        session = Session(self.database, random=self.random, breaks=self.breaks)

        def work() -> None:
            while True:
                with contextlib.suppress(psycopg.errors.AdminShutdown, psycopg.errors.DeadlockDetected):
                    act(session)
                    return
                self.scheduler.sleep(0.1)

        def die() -> None:
            session.abort()
            self._hire(name, act, after=self.random.random())

        self.scheduler.spawn(name, work, after=after, dies=die)

    def _work(self, session: Session) -> None:
        store, acts = MemoryStore(session, self.versions, limit=self.limit, rests=REST_SECONDS), self.acts(session)
        worker.work(lambda: False, bell=Bell(self.scheduler).wait, store=store, hands=hands(acts))

    def _advance(self, session: Session, instance: int) -> None:
        store, acts = MemoryStore(session, self.versions), self.acts(session)
        worker.advance_now([instance], store=store, hands=hands(acts))

    def _often(self, most: float) -> Iterator[None]:
        while True:
            # Half of the time in the middle of something, else after a while.
            self.scheduler.sleep(self.random.random() * self.random.choice((0.03, most)))
            yield

    def _answer(self, session: Session, *, person: int) -> None:
        """Answer what is asked, at the same moment as others; what brought no answer is sent again under its key."""
        acts = self.acts(session)
        for _ in self._often(30):
            asked = [key[0] for key, row in self.database.tables["assignee"].items()
                     if key[1] == person and not row["answer"] and (key[0], person) not in self.told
                     and (row["status"] == "open" or self.random.random() < 0.1)]  # fmt: skip
            unanswered = [one for (one, who), told in self.told.items() if who == person and not told]
            if not asked and not unanswered:
                continue
            assignment = unanswered[0] if unanswered else self.random.choice(asked)
            self._await_last_moment(self.database.tables["assignment"][assignment]["instance"])
            told = self.told.setdefault((assignment, person), [])
            with session.transaction():
                said = acts.complete(assignment, person=person, answer="yn"[person % 2], key=f"{assignment}:{person}")
            told.append(said)
            self._advance(session, self.database.tables["assignment"][assignment]["instance"])

    def _await_last_moment(self, instance: int) -> None:
        """Let the moment come, now and then, from which on somebody may no longer be heard."""
        due = [row["due"] for key, row in self.database.tables["timer"].items() if key[0] == instance]
        left = (min(due) - self.database.now).total_seconds() if due else 0
        if 0 < left < LAST_SECONDS and self.random.random() < 0.4:
            self.scheduler.sleep(max(left + self.random.uniform(-0.02, 0.03), 0))

    def _speak(self, session: Session) -> None:
        """Say numbers to those who listen."""
        acts, number = self.acts(session), 0
        for _ in self._often(40):
            ears = [row for row in self.database.tables["ear"].values() if row["event"] == blocks.Said.name]
            if not ears:
                continue
            topic = self.random.choice(ears)["instance"]
            for _again in range(self.random.randint(1, 2)):
                number = self.database.numbers["said"] = self.database.numbers["said"] + 1
                with session.transaction():
                    call = Call(None, session.now, str(number), Cause("screen"))
                    acts.say(blocks.Said(call=call, topic=topic, number=number))

    def _change(self, session: Session) -> None:
        """Add to records, and move their dates."""
        acts = self.acts(session)
        for _ in self._often(self.random.choice((0.02, 0.1, 100))):
            record = self.random.choice(self.records)
            if all(row["count"] >= ENOUGH for row in self.database.tables["record"].values()):
                return
            with session.transaction():
                session.point("change")
                session.lock("record", record)
                row = session.get("record", record) or {}
                if self.random.random() < 0.7:
                    acts.change(record, count=row["count"] + 1)
                    session.put("added", session.number("added"), {"record": record})
                elif self.scheduler.moment < 120:
                    later = timedelta(seconds=self.random.randint(-60, 120))
                    acts.change(record, date=row["date"] + later)

    def _mend(self, session: Session) -> None:
        """Retry some incidents, skip the others."""
        acts = self.acts(session)
        for _ in self._often(40):
            open_ = [id for id, row in self.database.tables["incident"].items() if not row["resolution"]]
            if open_:
                incident = self.random.choice(open_)
                kind = self.random.choice((wakes.RETRIED, wakes.SKIPPED))
                with session.transaction():
                    acts.resolve(incident, kind=kind)
                self._advance(session, self.database.tables["incident"][incident]["instance"])

    def _carry(self, session: Session) -> None:
        """Send what leaves the database, as the outbox does."""
        for _ in self._often(20):
            for key, row in list(self.database.tables["parcel"].items()):
                if not row["sent"]:
                    with session.transaction():
                        session.point("carry")
                        if session.lock("parcel", key, skip=True) and not (session.get("parcel", key) or {})["sent"]:
                            self.sent.append(key)
                            session.point("sent")
                            session.put("parcel", key, {**row, "sent": 1})

    def _settle(self, session: Session) -> None:
        """Look at the places of those that wait behind others, as the worker does."""
        acts = self.acts(session)
        for _ in self._often(5):
            for place in list(self.database.tables["place"]):
                with session.transaction():
                    session.point("place")
                    acts.settle_place(place)

    def _visit(self, session: Session) -> None:
        """Start and end something now and then; the clock is set, too."""
        acts = self.acts(session)
        times, most = self.random.choice(((0, 0), (2, 60), (3, 60), (6, 0.05)))
        for _ in range(times * self.size):
            self.scheduler.sleep(self.random.random() * self.random.choice((0.05, most)))
            what = self.random.random()
            if what < 0.5:
                with session.transaction():
                    self._start(acts, self.random.choice(self.kinds))
            elif what < 0.6:
                self._terminate(session, acts)
            elif what < 0.8:
                self.jumps += 1
                self.database.jump += self.random.choice((-1, 1)) * timedelta(hours=1)
        # Whatever was set back comes due all the same.
        self.scheduler.sleep(60)
        self.database.jump += timedelta(days=1)

    def _terminate(self, session: Session, acts: Acts) -> None:
        alive = [id for id, row in self.database.tables["instance"].items() if row["ended_at"] is None]
        if alive:
            instance = self.random.choice(alive)
            with session.transaction():
                acts.terminate(instance)


def run(seed: int, *, size: int = 1, tell: Callable[[Scheduler, str, str], None] | None = None) -> Universe:
    """Live a universe to its end and look whether all is as it must be; `tell` hears of every call."""
    from tests.simulation import invariants

    universe = Universe(seed, size)
    if tell:
        universe.scheduler.trace = lambda who, what: tell(universe.scheduler, who, what)
    logging.disable(logging.CRITICAL)  # failures are meant to happen here, and their stories take most of the time
    try:
        universe.live()
        invariants.check(universe)
    except Exception as failure:
        failure.add_note(f"This was the universe with the seed {seed}: make simulate SEED={seed} SIZE={size}")
        raise
    finally:
        logging.disable(logging.NOTSET)
    return universe
