"""What happens to events of calendars."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class EventAdded(Event):
    """Something was written into a person's calendar; `records` names what it is about."""

    name: ClassVar[str] = "calendar.event.added"
    event: int
    person: int
    title: str
    begins_at: datetime
    ends_at: datetime
    records: tuple[str, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class EventChanged(Event):
    """`was` and `now` hold the changed fields only."""

    name: ClassVar[str] = "calendar.event.changed"
    event: int
    person: int
    was: dict[str, Any]
    now: dict[str, Any]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class EventRemoved(Event):
    """Something was taken out of a person's calendar."""

    name: ClassVar[str] = "calendar.event.removed"
    event: int
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class EventReminded(Event):
    """The person was reminded of what stands in the calendar."""

    name: ClassVar[str] = "calendar.event.reminded"
    event: int
    person: int
