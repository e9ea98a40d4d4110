"""What happens to records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from potok.kit.events import Event, event

ADDED, CHANGED, REMOVED, RESTORED, ERASED = "added", "changed", "removed", "restored", "erased"


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class RecordChanged(Event):
    """One change of one record, judged on this value and not on the row as it stands later.

    `before` and `after` hold only the fields that changed, as `engine.values.encode` writes them; a new record is a
    change from nothing. `kind` is one of added, changed, removed, restored, erased.
    """

    name = "records.record.changed"
    type: str
    id: int
    revision: int
    kind: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    responsible: int | None
    observers: tuple[int, ...] = ()


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class RecordCommented(Event):
    """Somebody said something about a record."""

    name = "records.record.commented"
    type: str
    id: int
    comment: int
    mentioned: tuple[int, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class RecordShared(Event):
    """A record was shown to somebody beside what roles say, or no longer."""

    name = "records.record.shared"
    type: str
    id: int
    holder: str
    gone: bool
