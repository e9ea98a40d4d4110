"""What the calendar offers to other parts.

from potok.calendar import public as calendar      # calendar.add(call, person=7, title=…, begins_at=…)
from potok.calendar.events import EventAdded
"""

from potok.calendar import calendars, places, repeating, series, wording
from potok.calendar.access import KEEP, may_write, others, seen, written
from potok.calendar.inviting import answer, busy, invite
from potok.calendar.kinds import kinds
from potok.calendar.models import Calendar, CalendarType, Event, Guest
from potok.calendar.operations import add, change, remove, skip
from potok.calendar.queries import about, found, kind, shared, standing_with, types, visible_to
from potok.calendar.rules import NOBODY

__all__ = [
    "KEEP", "NOBODY", "Calendar", "CalendarType", "Event", "Guest", "about", "add", "answer", "busy", "calendars",
    "change", "found", "invite", "kind", "kinds", "may_write", "others", "places", "remove", "repeating", "seen",
    "series", "shared", "skip", "standing_with", "types", "visible_to", "wording", "written",
]  # fmt: skip
