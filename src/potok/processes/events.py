"""What happened to instances and assignments."""

from dataclasses import dataclass
from typing import Any, ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class DefinitionPublished(Event):
    """New instances follow this version from now on."""

    name: ClassVar[str] = "processes.definition.published"
    definition: int
    version: int
    number: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class DefinitionSwitched(Event):
    """It starts by itself from now on, or no more."""

    name: ClassVar[str] = "processes.definition.switched"
    definition: int
    is_active: bool


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceStarted(Event):
    """An instance exists; its first step may not have been taken yet."""

    name: ClassVar[str] = "processes.instance.started"
    instance: int
    definition: int
    record_type: str
    record_id: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceEnded(Event):
    """An instance is over: `outcome` is `completed` or `terminated`."""

    name: ClassVar[str] = "processes.instance.ended"
    instance: int
    definition: int
    record_type: str
    record_id: int | None
    outcome: str


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentAnswered(Event):
    """A person gave his answer; `closed` says that nobody else is asked any more."""

    name: ClassVar[str] = "processes.assignment.answered"
    assignment: int
    person: int
    answer: str
    comment: str
    closed: bool


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentChanged(Event):
    """What an assignment asks, of whom or by when is different; its step looks again.

    `what` is `due`, `text`, `people` or `nobody`: nobody is left, and the step goes on as its definition says.
    """

    name: ClassVar[str] = "processes.assignment.changed"
    assignment: int
    what: str


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentClaimed(Event):
    """Somebody took an assignment out of a queue; `person` is None when it was given back."""

    name: ClassVar[str] = "processes.assignment.claimed"
    assignment: int
    person: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentDelegated(Event):
    """A person's part in an assignment went to somebody else."""

    name: ClassVar[str] = "processes.assignment.delegated"
    assignment: int
    person: int
    to: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentResolved(Event):
    """An operator had a failed step tried again, or let the process go on without it."""

    name: ClassVar[str] = "processes.incident.resolved"
    incident: int
    instance: int | None
    resolution: str


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class InstancesMoved(Event):
    """So many running instances are on their way from one version to another; `old` and `new` are numbers."""

    name: ClassVar[str] = "processes.migration.started"
    migration: int
    definition: int
    old: int
    new: int
    instances: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceRepaired(Event):
    """An operator took a hand in an instance: `what` is `suspended`, `resumed`, `assigned` or `moved`."""

    name: ClassVar[str] = "processes.instance.repaired"
    instance: int
    what: str


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceDeleted(Event):
    """An instance that was over is deleted with all that was kept of it."""

    name: ClassVar[str] = "processes.instance.deleted"
    instance: int
    definition: int
    record_type: str
    record_id: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class MessageSent(Event):
    """Something outside said so; `values` are encoded as the engine keeps values."""

    name: ClassVar[str] = "processes.message.sent"
    message: str
    values: dict[str, Any]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class CommandGiven(Event):
    """One of those to whom an instance offered a command gave it."""

    name: ClassVar[str] = "processes.command.given"
    command: int
    instance: int
    person: int | None
