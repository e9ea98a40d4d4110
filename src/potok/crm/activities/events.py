"""What happens to activities beside what happens to every record."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityClosed(Event):
    """An activity was said to be done, with what came of it, or put into the trash."""

    name: ClassVar[str] = "crm.activity.closed"
    activity: int
    result: str
    removed: bool
