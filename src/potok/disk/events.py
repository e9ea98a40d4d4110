"""What happened to files."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class FileAdded(Event):
    """A file is there; `kind` and `on` say on what it hangs, if on anything."""

    name: ClassVar[str] = "disk.file.added"
    file: int
    kind: str
    on: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class FileRemoved(Event):
    """A file is gone; `kind` and `on` say on what it hung."""

    name: ClassVar[str] = "disk.file.removed"
    file: int
    kind: str
    on: int | None
