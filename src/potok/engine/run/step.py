"""What `start` and `advance` answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from potok.engine.run.asks import Named
from potok.engine.run.effects import Effect
from potok.engine.run.state import State, Status
from potok.engine.values import Value


class Entry(NamedTuple):
    """One line of the journal: what happened, past tense, to which token at which node.

    `what` is one of: started, chose, split, gathered, forked, joined, arrived, won, opened, began (an item), closed,
    assigned, asked, waited, resumed, performed, slept, woke, listened, happened, called, returned, failed, threw,
    caught, compensated, retried, skipped, moved, withdrawn, completed, terminated.
    """

    what: str
    token: int
    node: int
    detail: Any = None  # JSON


@dataclass(frozen=True, slots=True)
class Step:
    """What an event led to. `state` is the very object that was given when the event changed nothing."""

    state: State
    effects: tuple[Effect, ...] = ()
    assigned: Mapping[Named, Value] = field(default_factory=dict)
    journal: tuple[Entry, ...] = ()

    @property
    def status(self) -> Status:
        return self.state.status
