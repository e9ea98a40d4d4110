"""What happened to letters."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class LetterWritten(Event):
    """A letter was written; it will be handed to the mail server after the commit."""

    name: ClassVar[str] = "mail.letter.written"
    letter: int
    record_type: str
    record_id: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class LetterFailed(Event):
    """A letter was given up: the mail server will not take it."""

    name: ClassVar[str] = "mail.letter.failed"
    letter: int
