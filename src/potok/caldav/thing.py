"""One event or task as devices read it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from icalendar import Calendar


@dataclass(frozen=True)
class Thing:
    """Its name in the address, its tag, its text; `meets` tells whether it has a part in a stretch of time."""

    name: str
    tag: str
    written: Calendar
    meets: Callable[[datetime, datetime], bool] = field(compare=False)
