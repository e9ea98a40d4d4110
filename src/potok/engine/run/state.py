"""The state of an instance between two steps: tokens, open scopes, arrivals. Data with a format number.

Variables are not in it: they live in rows of their own, written only when changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import msgspec

from potok.engine.values import from_bytes, to_bytes

FORMAT = 2


class Stand(IntEnum):
    """What a token stands and waits for. The numbers are stored: never change one."""

    READY = 0  # for its turn: blocks of an instance are performed one after another
    PERFORMING = 1  # for the answer of a block
    WAITING = 2  # for what its block asked for
    SLEEPING = 3  # for a moment
    LISTENING = 4  # for a message or a condition
    CALLING = 5  # for a called process
    FAILED = 6  # for an operator
    UNDOING = 7  # for the compensation of what is done


class Hooks(NamedTuple):
    """What a token keeps of a block that waited: all JSON, so that it is a list once stored."""

    kept: Any
    listens: bool
    due: Any  # of its timer; None without one
    payload: Any = None  # what happened, while the block is asked to resume


class Token(NamedTuple):
    """One visit of a node. Its id is never used again, so whatever comes late finds nobody."""

    id: int
    node: int
    scope: int
    stand: Stand
    kept: Any = None  # JSON: what `stand` needs to remember


class Part(IntEnum):
    """What a scope is there for. The numbers are stored: never change one."""

    PLAIN = 0
    LIST = 1  # holds a scope for each item, and the events that listen meanwhile; keeps a `Progress`
    ITEM = 2  # keeps the item's place in the list, from 0
    UNDOING = 3  # runs a compensation; keeps the token that waits for it


class Open(NamedTuple):
    """A scope that is open: its id, the node that opened it, and the id of the scope around it."""

    id: int
    opener: int
    parent: int
    part: Part = Part.PLAIN
    kept: Any = None  # JSON: what `part` needs to remember


class Progress(NamedTuple):
    """How far a list is. The items lie outside the state, among the values, in chunks: see `run.items`."""

    values: int  # the scope under which the first chunk of items is kept
    total: int
    begun: int = 0
    finished: int = 0
    calm: int = 0  # how many nodes counted for an endless loop when the list began


class Done(NamedTuple):
    """A scope that can be compensated: the node that opened it, and the id of the scope that remembers it."""

    node: int
    scope: int


class Arrival(NamedTuple):
    """How often tokens came to a join by one of its flows and were not joined yet; kept by flow, never as a sum."""

    node: int
    scope: int
    flow: int
    times: int


class Status(IntEnum):
    """Where the instance stands, for the row that people search. The numbers are stored."""

    RUNNING = 0  # something is to be done at once
    WAITING = 1
    STUCK = 2  # an incident is open and nothing is to be done at once
    COMPLETED = 3
    TERMINATED = 4


@dataclass(frozen=True, slots=True)
class State:
    """Immutable; equal states have equal bytes. Tokens that are ready stand last, the next to go at the very end."""

    sequence: int = 0  # the last id given to a token or scope
    spent: int = 0  # nodes entered since anything came from outside: an endless loop shows here
    ended: int = 0  # COMPLETED or TERMINATED once the instance is over
    tokens: tuple[Token, ...] = ()
    scopes: tuple[Open, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    forgiven: int = 0  # so many of the spent ones were spent on a list, which ends
    done: tuple[Done, ...] = ()  # in the order it was done

    @property
    def status(self) -> Status:
        if self.ended:
            return Status(self.ended)
        stands = {token.stand for token in self.tokens}
        if stands & {Stand.READY, Stand.PERFORMING}:
            return Status.RUNNING
        return Status.STUCK if Stand.FAILED in stands else Status.WAITING

    def token(self, number: int) -> Token | None:
        """Find a token by its id; None when it is gone."""
        return next((token for token in self.tokens if token.id == number), None)

    def encode(self) -> bytes:
        """Give the one form of this state as bytes."""
        stored = _Stored(
            FORMAT, self.sequence, self.spent, self.ended, self.tokens, self.scopes, self.arrivals, self.forgiven,
            self.done,
        )  # fmt: skip
        return to_bytes(stored)

    @classmethod
    def decode(cls, data: bytes) -> State:
        """Read a stored state, of an older format too; raises ValueError on anything else."""
        stored: Any
        try:
            _format, *stored = _read(data) if data.startswith(_NEWEST) else _upgraded(data)
        except msgspec.DecodeError as failure:
            raise ValueError(str(failure)) from failure
        return cls(*stored)


class _Stored(NamedTuple):
    """A state as it is kept."""

    format: int
    sequence: int
    spent: int
    ended: int
    tokens: tuple[Token, ...]
    scopes: tuple[Open, ...]
    arrivals: tuple[Arrival, ...]
    forgiven: int
    done: tuple[Done, ...]


_NEWEST = b"[%d," % FORMAT
_read = msgspec.json.Decoder(_Stored).decode


def _upgraded(data: bytes) -> _Stored:
    from potok.engine.run import upgrades

    return msgspec.convert(upgrades.to_newest(from_bytes(data), newest=FORMAT), _Stored)
