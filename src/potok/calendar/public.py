"""What the calendar offers to other parts.

from potok.calendar import public as calendar      # calendar.add(call, person=7, title=…, begins_at=…)
from potok.calendar.events import EventAdded
"""

from potok.calendar import places, wording
from potok.calendar.access import others
from potok.calendar.inviting import answer, busy, invite
from potok.calendar.models import Event, Guest
from potok.calendar.operations import add, change, remove, skip
from potok.calendar.queries import about, found, kind, visible_to
from potok.calendar.rules import NOBODY

__all__ = [
    "NOBODY", "Event", "Guest", "about", "add", "answer", "busy", "change", "found", "invite", "kind", "others",
    "places", "remove", "skip", "visible_to", "wording",
]  # fmt: skip
