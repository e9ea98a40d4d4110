"""Actors take turns on one thread: a seed decides who goes on at each of their calls, who dies there, and the time.

An actor is ordinary code that runs in a greenlet and comes to a `point` before and after each call to the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from greenlet import GreenletExit, getcurrent, greenlet  # type: ignore[import-untyped]

POINTS_MAX = 20_000
STEP_SECONDS = 0.002
SLOW_SECONDS = 0.05


class Endless(AssertionError):  # noqa: N818
    """A universe that does not come to rest."""


@dataclass(eq=False)
class Actor:
    """`dies` undoes what its death undoes; without it the actor cannot be killed."""

    name: str
    body: greenlet
    wakes_at: float
    dies: Callable[[], None] | None = None
    waits: Callable[[], bool] | None = None


class Bell:
    """Wakes who waits for it. It remembers that it rang while nobody waited, as a connection that listens does."""

    def __init__(self, scheduler: "Scheduler") -> None:
        self._scheduler, self._rang = scheduler, False
        self._waits: Actor | None = None
        scheduler.bells.append(self)

    def ring(self) -> None:
        self._rang = True
        if self._waits is not None:
            self._waits.wakes_at = self._scheduler.moment

    def wait(self, seconds: float) -> None:
        """Return when it rings, when it rang before, or when the time is over."""
        if not self._rang:
            self._waits = self._scheduler.acting
            self._scheduler.sleep(seconds)
            self._waits = None
        self._rang = False


class Scheduler:
    """One thread of many. `moment` is the time that passes for everybody, in seconds."""

    def __init__(self, random: Random, *, deaths: float = 0.0, slow: float = 0.0) -> None:
        self.random, self.deaths, self.slow = random, deaths, slow
        self.moment, self.points, self.died = 0.0, 0, 0
        self.actors: list[Actor] = []
        self.bells: list[Bell] = []
        self._hub = getcurrent()
        self._acting: Actor | None = None
        self.trace: Callable[[str, str], None] | None = None

    def spawn(
        self, name: str, act: Callable[[], object], *, after: float = 0.0, dies: Callable[[], None] | None = None
    ) -> Actor:
        """Let somebody begin after a while."""
        actor = Actor(name, greenlet(act, parent=self._hub), self.moment + after, dies)
        self.actors.append(actor)
        return actor

    def point(self, what: str = "") -> None:
        """Let the seed decide who goes on. Outside of actors nobody else is there."""
        actor = self.acting
        if self.trace and what:
            self.trace(actor.name if actor else "", what)
        if actor is not None:
            if self.slow and self.random.random() < self.slow:
                # A call that takes long, with all that is locked meanwhile.
                actor.wakes_at = self.moment + self.random.random() * SLOW_SECONDS
            self._hub.switch()

    def sleep(self, seconds: float) -> None:
        """Do nothing for a while."""
        self._current().wakes_at = self.moment + seconds
        self._hub.switch()

    def until(self, free: Callable[[], bool]) -> None:
        """Wait for somebody else."""
        self._current().waits = free
        self._hub.switch()

    def ring(self) -> None:
        """Ring all bells."""
        for bell in self.bells:
            bell.ring()

    def run(self, *, rests: Callable[[], bool]) -> None:
        """Go on until nobody can, or until `rests` says so at a moment at which all sleep or wait for a bell."""
        while self.actors:
            able = [one for one in self.actors if one.wakes_at <= self.moment and (not one.waits or one.waits())]
            if able:
                self._let(able[0] if len(able) == 1 else self.random.choice(able))
            elif rests():
                return
            else:
                self.moment = min(one.wakes_at for one in self.actors if one.wakes_at > self.moment)

    def stop(self) -> None:
        """End everybody who is left, without a trace."""
        for actor in list(self.actors):
            self._kill(actor)

    @property
    def acting(self) -> Actor | None:
        """Who acts now."""
        return self._acting

    def _current(self) -> Actor:
        actor = self.acting
        assert actor is not None
        return actor

    def _let(self, actor: Actor) -> None:
        self.points += 1
        if self.points > POINTS_MAX:
            raise Endless(f"after {POINTS_MAX} points these still act: {[one.name for one in self.actors]}")
        self.moment += self.random.random() * STEP_SECONDS
        if actor.dies is not None and self.random.random() < self.deaths:
            self.died += 1
            self._kill(actor)
            return
        actor.waits, self._acting = None, actor
        actor.body.switch()
        self._acting = None
        if actor.body.dead:
            self.actors.remove(actor)

    def _kill(self, actor: Actor) -> None:
        if self.trace:
            self.trace(actor.name, "dies")
        self.actors.remove(actor)
        if actor.dies is not None:
            actor.dies()
        actor.body.throw(GreenletExit)
