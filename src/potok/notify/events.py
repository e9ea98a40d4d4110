"""What happened here."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeSent(Event):
    """A person was told something on the site; other channels may carry it further."""

    name: ClassVar[str] = "notify.notice.sent"
    notice: int
    to: int
    text: str
    url: str
