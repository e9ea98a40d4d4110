"""Carries claimed instances to their next wait, two hundred together, and keeps them, each as if it were alone.

A failure falls back on its own instance. One that fails after it acted is undone and lives again alone; an error
without a name undoes all, halves the batch and repeats, down to the culprit.
"""

import logging
import random
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from potok.engine.run import Status
from potok.processes.life import Life
from potok.processes.net import Net, is_passing
from potok.processes.rounds import Hands, patient, rounds
from potok.processes.rules import DEADLY
from potok.processes.store import Store
from potok.processes.turn import READY, Claimed, Failure, Turn

ATTEMPTS_MAX = 5  # sent back so often, an instance is carried alone and may wait
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries inside the transaction in which the instances were claimed."""

    store: Store
    hands: Hands

    def carry(self, claimed: Sequence[Claimed]) -> None:
        """Carry these instances and keep what came of it."""
        patience = [one for one in claimed if one.attempts >= ATTEMPTS_MAX]
        together = [one for one in claimed if one.attempts < ATTEMPTS_MAX]
        if together:
            self._together(together, self.store.since_claim())
        for one in patience:
            self._alone(one, waits=True)

    def _together(self, claimed: Sequence[Claimed], undone: AbstractContextManager[object]) -> None:
        spoilt: set[int] = set()
        try:
            with undone:
                ended = rounds({life.claimed.id: life.live() for life in self._lives(claimed)}, hands=self.hands)
                spoilt = {id for id, end in ended.items() if isinstance(end, Exception)}
                if spoilt:
                    raise _Parted
                self.store.keep([ended[one.id] for one in claimed])
        except Exception as failure:
            if self.store.is_outage(failure):
                raise
            self._part(claimed, spoilt)

    def _part(self, claimed: Sequence[Claimed], spoilt: set[int]) -> None:
        """Carry the sound ones together and the spoilt ones alone; without a name for the culprit, halve and repeat."""
        if spoilt:
            sound = [one for one in claimed if one.id not in spoilt]
            shares = [sound, *([one] for one in claimed if one.id in spoilt)]
        else:
            half = len(claimed) // 2
            shares = [list(claimed[:half]), list(claimed[half:])]
        for share in filter(None, shares):
            if len(share) == 1:
                self._alone(share[0])
            else:
                self._together(share, self.store.savepoint())

    def _alone(self, claimed: Claimed, *, waits: bool = False) -> None:
        """Carry one instance with a net under each of its blocks; what fails even so becomes an incident."""
        try:
            with self.store.savepoint():
                if waits:
                    self.store.allow_waiting()
                life = self._lives([claimed], net=self.store.net())[0]
                ended = rounds({claimed.id: life.live()}, hands=patient(self.hands))[claimed.id]
                if isinstance(ended, Exception):
                    raise ended
                self.store.keep([ended])
        except Exception as failure:
            if self.store.is_outage(failure):
                raise
            with self.store.savepoint():
                self.store.keep([_sent_back(claimed) if is_passing(failure) else given_up(claimed, failure)])

    def _lives(self, claimed: Sequence[Claimed], *, net: Net | None = None) -> list[Life]:
        followed = self.store.followed(claimed)
        return [
            Life(one, what.version, what.constants, _pause(one), net)
            for one, what in zip(claimed, followed, strict=True)
        ]


class _Parted(Exception):  # noqa: N818
    """Undoes the batch, because some of its lives have to be lived alone."""


def _pause(claimed: Claimed) -> timedelta:
    # Chance parts those who met: two workers that want the same records must not meet again in step.
    return timedelta(seconds=random.uniform(0.02, 0.1) * 2 ** min(claimed.attempts, 6))  # noqa: S311


def _sent_back(claimed: Claimed) -> Turn:
    turn = Turn(claimed, state=claimed.state, status=int(Status.RUNNING))
    turn.ready.append((claimed.at + _pause(claimed), claimed.attempts + 1))
    turn.handled = [wake for wake in claimed.wakes if wake.queue == READY]
    return turn


def given_up(claimed: Claimed, failure: Exception) -> Turn:
    """Nothing of the activation is kept. What led to it stays in the queues, and an operator is asked: once the cause
    is mended, the instance goes on as if nothing had been."""
    log.error("Instance %s could not be advanced", claimed.id, exc_info=failure)
    return _held(claimed, Failure(None, "", "processes.defect", {"kind": type(failure).__name__}))


def quarantined(claimed: Claimed, *, deaths: int) -> Turn:
    """The same for one over which workers die: nobody tries it again of his own accord."""
    log.error("Instance %s is left alone: workers died over it", claimed.id)
    return _held(claimed, Failure(None, "", DEADLY.code, {"times": deaths}))


def _held(claimed: Claimed, failure: Failure) -> Turn:
    turn = Turn(claimed, state=claimed.state, status=int(Status.STUCK), held=True)
    turn.failures.append(failure)
    return turn
