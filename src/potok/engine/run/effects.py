"""What the shell is asked to do. Values only; carried out in order, in the transaction that keeps the step's state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from potok.engine.run.events import Values
from potok.engine.values import RecordRef, Value


@dataclass(frozen=True, slots=True)
class Perform:
    """Perform a block and answer with `Performed`, `Waiting` or `Failed`.

    `key` names this visit of this node, is never used again and is the same when the step is retried; the shell puts
    the instance's id before it.
    """

    token: int
    node: int
    block: str
    params: Mapping[str, object]
    key: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Resume a block that waited. `payload` is what happened, None when its time ran out.

    The parameters are worked out anew; what must not change meanwhile the block puts into `kept`.
    """

    token: int
    node: int
    block: str
    params: Mapping[str, object]
    key: str
    payload: Values | None
    kept: Value = None


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Fire at `due`; replaces the token's timer. A change of a field in `watches` is told by `FieldMoved`."""

    token: int
    due: datetime
    watches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CancelTimer:
    token: int


@dataclass(frozen=True, slots=True)
class Listen:
    """Subscribe the token; replaces its subscription.

    With `watches` the event is a change of one of these fields: of `record`, or of the process's own.
    """

    token: int
    event: str
    where: Values = field(default_factory=dict)
    watches: tuple[str, ...] = ()
    record: RecordRef | None = None


@dataclass(frozen=True, slots=True)
class Unlisten:
    token: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The token of a waiting block, or of a failed step, was interrupted: close its assignment, close its incident."""

    token: int
    node: int


@dataclass(frozen=True, slots=True)
class CallProcess:
    """Start another definition, on `record` or on the process's own; with `wait`, answer with `ChildEnded`."""

    token: int
    definition: str
    inputs: Values
    wait: bool
    record: RecordRef | None = None


@dataclass(frozen=True, slots=True)
class EndProcess:
    """The token that waits for a called process was interrupted: end that process."""

    token: int


@dataclass(frozen=True, slots=True)
class Continue:
    """Commit, then give `Continued`: at a save point, or because the activation has run long enough."""


@dataclass(frozen=True, slots=True)
class Fail:
    """Make an incident. `code` and `fields` say what happened, as in a `Refused`; so does `text`, if given."""

    token: int
    node: int
    code: str
    fields: Mapping[str, object] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Forget:
    """The values of these scopes are not needed any more."""

    scopes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Escalate:
    """Nobody in this instance caught an escalation: whoever called it is told `Escalated`."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The instance is over: `completed`, `terminated`, or `failed`; of that, whoever called it is told by `Failed`."""

    outcome: str
    text: str = ""
    results: Values = field(default_factory=dict)
    code: str = ""


Effect: TypeAlias = (
    Perform
    | Resume
    | SetTimer
    | CancelTimer
    | Listen
    | Unlisten
    | Withdraw
    | CallProcess
    | EndProcess
    | Continue
    | Fail
    | Forget
    | Escalate
    | Finish
)
