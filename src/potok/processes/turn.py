"""One turn of an instance: what was claimed and what is to be kept. Plain data between the life and the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from potok.engine.run import Entry
from potok.engine.values import Value

READY, TIMER, INBOX = "ready", "timer", "inbox"


@dataclass(frozen=True, slots=True)
class Wake:
    """What woke an instance: a row of a queue. `kind` and `payload` are set for the inbox only, see `wakes`."""

    queue: str
    row: int = 0
    token: int = 0
    kind: str = ""
    payload: str = "{}"
    attempts: int = 0


@dataclass(slots=True, eq=False)
class Claimed:
    """An instance whose row is locked, as it stood then, with all that woke it, in the order to tell it."""

    id: int
    definition: int
    version: int
    record_type: str
    record_id: int | None
    initiator: int | None
    depth: int
    parent: int | None
    parent_token: int | None
    state: bytes
    lines: int
    data: bytes
    at: datetime
    wakes: list[Wake] = field(default_factory=list)
    # What administrators have set for the definition.
    constants: dict[str, Value] = field(default_factory=dict)

    @property
    def attempts(self) -> int:
        """How often it was sent back already."""
        return max((wake.attempts for wake in self.wakes), default=0)


@dataclass(frozen=True, slots=True)
class Ear:
    """A subscription of a token, which has one at most."""

    token: int
    event: str
    key: str
    where: Mapping[str, Any] = field(default_factory=dict)
    watches: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An incident to be opened."""

    token: int | None
    node: str
    code: str
    fields: Mapping[str, Any]
    sentence: str = ""


@dataclass(slots=True, eq=False)
class Turn:
    """What one activation leads to. `handled` are the wakes that are done with; the others stay in their queues."""

    claimed: Claimed
    state: bytes
    status: int
    ended_at: datetime | None = None
    status_text: str | None = None
    data: bytes | None = None
    # Values of items by scope; None for those that are not needed any more.
    local: dict[int, bytes | None] = field(default_factory=dict)
    handled: list[Wake] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    # What it was told, for its journal: see `told`.
    told: list[Any] = field(default_factory=list)
    timers: dict[int, datetime | None] = field(default_factory=dict)
    ears: dict[int, Ear | None] = field(default_factory=dict)
    ready: list[tuple[datetime, int]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    # Tokens that a step holds from now on, with its node; and those that went on.
    begun: list[tuple[int, int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    # The instance is left alone, with all that wakes it, until an operator lets it go on.
    held: bool = False
