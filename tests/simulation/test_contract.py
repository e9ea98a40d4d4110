"""The store in memory answers as PostgreSQL does: the same calls, the same answers, the same rows in the end."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from potok.engine.run import Entry
from potok.processes import published
from potok.processes.published import Published
from potok.processes.turn import Claimed, Ear, Failure, Turn
from tests.processes.conftest import Publish, company, publish  # noqa: F401 (fixtures)
from tests.simulation.contract import SESSIONS, Memory, Real
from tests.simulation.database import Database
from tests.simulation.scheduler import Scheduler

SEQUENCES = 4
CALLS = 120
SOURCE = "definition: contract\ntitle: Contract\ndo:\n  - pause: {for: 1 minute}\n"


@pytest.fixture
def version(publish: Publish) -> Published:  # noqa: F811
    return published.version(publish(SOURCE).version_id or 0)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_both_stores_give_the_same_answers(version: Published, seed: int) -> None:
    memory, real = Memory(version, Database(Scheduler(Random(0)))), Real(version)
    try:
        told = [Play(Random(seed), side).told() for side in (memory, real)]
    finally:
        real.close()
    for number, (in_memory, in_postgres) in enumerate(zip(*told, strict=True)):
        assert in_memory == in_postgres, f"call {number} of {seed}"
    # Its states are made up: no journal leads to them.
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE processes_instance CASCADE")


class Play:
    """A sequence of calls out of a seed; the same for both, as long as both give the same answers."""

    def __init__(self, draw: Random, side: Memory | Real) -> None:
        self.draw, self.side = draw, side
        self.held: dict[int, list[Claimed]] = {}
        self.count = 0

    def told(self) -> list[Any]:
        said: list[Any] = []
        for _ in range(CALLS):
            said.append(self._call())
            said.append(self.side.seen())
        for session in list(self.held):
            self._end(session)
        return [*said, self.side.seen()]

    def _call(self) -> Any:
        free = [number for number in range(SESSIONS) if number not in self.held]
        acts = [self._start, self._start, self._wind, *([self._post, self._suspend] if self.count else [])]
        acts += [lambda: self._claim(self.draw.choice(free))] * 4 if free else []
        acts += [lambda: self._keep(self.draw.choice(list(self.held)))] * 3 if self.held else []
        return self.draw.choice(acts)()

    def _start(self) -> str:
        self.side.start(record=self.draw.choice((None, 1, 2)))
        self.count += 1
        return "start"

    def _wind(self) -> str:
        self.side.wind(5 * self.draw.randint(1, 6))
        return "wind"

    def _post(self) -> str:
        self.side.post(self.draw.randrange(self.count), kind="happened", token=self.draw.randint(1, 3))
        return "post"

    def _suspend(self) -> str:
        if not self.held:  # a row that is held makes whoever changes it wait
            self.side.suspend(self.draw.randrange(self.count), on=self.draw.random() < 0.5)
        return "suspend"

    def _claim(self, session: int) -> Any:
        self.side.begin(session)
        only = self.draw.sample(range(self.count), min(2, self.count)) if self.draw.random() < 0.3 else ()
        self.held[session] = self.side.claim(session, limit=self.draw.choice((1, 2, 200)), only=only)
        return [self._plain(one) for one in self.held[session]]

    def _plain(self, one: Claimed) -> Any:
        wakes = [replace(wake, row=0) for wake in one.wakes]
        return (self.side.place(one.id), one.definition, one.version, one.record_id, one.depth, one.parent,
                bytes(one.state), one.lines, bytes(one.data), wakes)  # fmt: skip

    def _keep(self, session: int) -> str:
        turns = [self._turn(one) for one in self.held[session] if self.draw.random() < 0.8]
        undone = self.draw.random() < 0.2
        self.side.keep(session, turns, undone=undone)
        self._end(session)
        return f"keep {len(turns)}, {undone}"

    def _end(self, session: int) -> None:
        self.held.pop(session)
        self.side.end(session, commit=self.draw.random() < 0.8)

    def _turn(self, one: Claimed) -> Turn:
        draw = self.draw
        turn = Turn(one, state=f"[{draw.random()}]".encode(), status=draw.choice((0, 1, 2)))
        turn.handled = [wake for wake in one.wakes if draw.random() < 0.9]
        token = draw.randint(1, 3)
        # In the middle of a step of rounding, so that the moments of both fall into the same one.
        due = one.at + timedelta(minutes=10 * draw.randint(0, 3) + 2)
        match draw.randrange(8):
            case 0 | 1:
                turn.timers[token] = draw.choice((due, due, None))
            case 2:
                turn.ears[token] = draw.choice((Ear(token, "happened", f"topic={token}"), None))
            case 3:
                turn.ready.append((due, one.attempts + 1))
            case 4:
                turn.failures.append(Failure(token, "step", "tests.wrong", {"n": 1}))
            case 5:
                turn.mended.append(token)
            case 6:
                turn.held = draw.random() < 0.5
            case _:
                turn.ended_at, turn.status = (one.at, 3) if draw.random() < 0.5 else (None, 1)
        if draw.random() < 0.7:
            turn.entries.append(Entry("performed", token, 1))
        if draw.random() < 0.3:
            turn.data, turn.status_text = b'{"Variable":{"n":1}}', "So far"
        return turn
