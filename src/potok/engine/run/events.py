"""What can happen to an instance. An event that is stale or comes twice changes nothing.

A step asks for one block at most (`Perform` or `Resume`): the blocks of an instance are performed one after another.
The shell answers it (`Performed`, `Waiting`, `Failed`) before it gives the next event from outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from potok.engine.values import Value

Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Performed:
    """The block is done."""

    token: int
    results: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The block waits: for an event with these values, until `due` at the longest; `kept` comes back with `Resume`.

    A block that answers `Resume` with this goes on waiting; what it says now replaces what it said before.
    """

    token: int
    event: str = ""
    where: Values = field(default_factory=dict)
    due: datetime | None = None
    kept: Value = None


@dataclass(frozen=True, slots=True)
class Happened:
    """What the token listens for has happened."""

    token: int
    payload: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The moment has come. Before it (by the context's `at`) this changes nothing."""

    token: int


@dataclass(frozen=True, slots=True)
class FieldMoved:
    """A watched field of the record changed: the moment of a pause is worked out anew, a condition is asked again."""

    token: int


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """The called process ended."""

    token: int
    results: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """The block could not do it, or the called process ended with an error; the token becomes an incident, unless the
    error is caught. `text` tells people what happened."""

    token: int
    code: str
    fields: Mapping[str, object] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Escalated:
    """The called process, which goes on, sent this upward."""

    token: int
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Retried:
    """An operator wants the failed step tried again, under the same token and key."""

    token: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """An operator wants the process to go on as if the failed step were done, without results."""

    token: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An operator sets the token down at another node, one of `places`; what it waited for is taken back."""

    token: int
    node: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """An operator sets variables; one that is not declared, or a wrong value, changes nothing at all."""

    values: Values


@dataclass(frozen=True, slots=True)
class Continued:
    """Go on after a `Continue`, and repeat the request for a block that was never answered. Always safe."""


@dataclass(frozen=True, slots=True)
class Terminated:
    """Someone ends the instance."""

    reason: str = ""


Event: TypeAlias = (
    Performed
    | Waiting
    | Happened
    | TimerFired
    | FieldMoved
    | ChildEnded
    | Failed
    | Escalated
    | Retried
    | Skipped
    | Moved
    | Assigned
    | Continued
    | Terminated
)
