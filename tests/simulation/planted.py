"""Bugs that engines have had, to be planted and found: each is one thing done wrong, in shell, core or store."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from potok.engine.run.activation import Activation
from potok.engine.run.events import TimerFired
from potok.engine.run.step import Entry
from potok.processes import carrying, claiming, keeping
from potok.processes.life import Life
from potok.processes.told import Told
from potok.processes.turn import Turn
from tests.simulation.acts import Acts
from tests.simulation.database import Session
from tests.simulation.scheduler import Scheduler
from tests.simulation.store import MemoryStore

Patch = pytest.MonkeyPatch
_lock, _complete, _due, _load, _claim = (
    Session.lock, Acts.complete, MemoryStore._due, MemoryStore._load, MemoryStore.claim,
)  # fmt: skip
_wakes_of, _sent_back, _instance = claiming.wakes_of, carrying._sent_back, dict(keeping.STATEMENTS)[keeping.INSTANCES]


def a_lock_is_left_out(patch: Patch) -> None:
    patch.setattr(Session, "lock", lambda self, table, key, *, skip=False: (
        True if skip and table == "instance" else _lock(self, table, key, skip=skip)))  # fmt: skip


def a_record_is_changed_though_somebody_holds_it(patch: Patch) -> None:
    patch.setattr(Session, "lock", lambda self, table, key, *, skip=False: (
        True if skip and table == "record" else _lock(self, table, key, skip=skip)))  # fmt: skip


def a_wake_is_acknowledged_before_its_turn_is_kept(patch: Patch) -> None:
    def claim(self: MemoryStore, **given: Any) -> Any:
        claimed = _claim(self, **given)
        for wake in [wake for one in claimed for wake in one.wakes if wake.row]:
            self.session.database.tables[wake.queue].pop(wake.row, None)
        return claimed

    patch.setattr(MemoryStore, "claim", claim)


def a_key_is_dropped(patch: Patch) -> None:
    numbers = itertools.count()
    patch.setattr(Acts, "complete", lambda self, assignment, *, person, answer, key: _complete(
        self, assignment, person=person, answer=answer, key=str(next(numbers))))  # fmt: skip


def a_join_counts(patch: Patch) -> None:
    def joins(self: Activation, node: int, scope: int, flow: int) -> bool:
        self.arrivals[node, 0, 0] = self.arrivals.get((node, 0, 0), 0) + 1
        if self.arrivals[node, 0, 0] < len(self.program.graph.ins[node]):
            return False
        self.arrivals = {key: times for key, times in self.arrivals.items() if key[0] != node}
        self.journal.append(Entry("joined", 0, node))
        return True

    patch.setattr(Activation, "_joins", joins)


def a_timer_fires_early(patch: Patch) -> None:
    def early(look: Callable[..., Any]) -> Callable[..., Any]:
        def looked(self: MemoryStore, *given: Any) -> Any:
            self.session.database.jump += timedelta(seconds=30)
            try:
                return look(self, *given)
            finally:
                self.session.database.jump -= timedelta(seconds=30)

        return looked

    patch.setattr(MemoryStore, "_due", early(_due))
    patch.setattr(MemoryStore, "_load", _early_load)


def _early_load(self: MemoryStore, ids: Any) -> Any:
    at = self.session.now
    self.session.database.jump += timedelta(seconds=30)
    claimed = _load(self, ids)
    self.session.database.jump -= timedelta(seconds=30)
    for one in claimed:
        one.at = at
    return claimed


def what_is_sent_back_loses_its_wakes(patch: Patch) -> None:
    def sent_back(claimed: Any) -> Turn:
        turn = _sent_back(claimed)
        turn.handled = list(claimed.wakes)
        turn.ready = turn.ready[1:]
        return turn

    patch.setattr(carrying, "_sent_back", sent_back)


def a_number_of_the_journal_is_used_twice(patch: Patch) -> None:
    def same(turn: Turn) -> Any:
        return [(*row[:5], max(turn.claimed.lines, 1)) for row in _instance(turn)]

    statements = [(what, same if what == keeping.INSTANCES else rows) for what, rows in keeping.STATEMENTS]
    patch.setattr(keeping, "STATEMENTS", statements)


def the_inbox_is_read_backwards(patch: Patch) -> None:
    patch.setattr(claiming, "wakes_of", lambda ready, timers, inbox: _wakes_of(ready, timers, list(inbox)[::-1]))


def nobody_rings(patch: Patch) -> None:
    patch.setattr(Scheduler, "ring", lambda self: None)


def a_wait_is_armed_without_a_second_look(patch: Patch) -> None:
    watch = Life._watch

    async def watched(self: Life, *given: Any, **more: Any) -> None:
        await watch(self, *given, **more)

    patch.setattr(Life, "_watch", watched)


def who_answered_a_moment_ago_is_not_heard(patch: Patch) -> None:
    async def nobody(self: Life) -> None:
        pass

    patch.setattr(Life, "_hear_out", nobody)


def what_failed_is_not_undone(patch: Patch) -> None:
    def forget(self: Session, mark: Any) -> None:
        del self.announced[mark[2] :]

    patch.setattr(Session, "back", lambda self, mark: forget(self, mark) if any(mark) else _back(self, mark))


_back = Session.back


def what_a_timer_told_is_not_kept(patch: Patch) -> None:
    happened = Told.happened
    patch.setattr(Told, "happened", lambda self, event, entries: (
        None if isinstance(event, TimerFired) else happened(self, event, entries)))  # fmt: skip


BUGS: list[Callable[[Patch], None]] = [
    a_lock_is_left_out,
    a_record_is_changed_though_somebody_holds_it,
    a_wake_is_acknowledged_before_its_turn_is_kept,
    a_key_is_dropped,
    a_join_counts,
    a_timer_fires_early,
    what_is_sent_back_loses_its_wakes,
    a_number_of_the_journal_is_used_twice,
    the_inbox_is_read_backwards,
    nobody_rings,
    a_wait_is_armed_without_a_second_look,
    who_answered_a_moment_ago_is_not_heard,
    what_failed_is_not_undone,
    what_a_timer_told_is_not_kept,
]
