"""What activities offer to other parts.

from potok.crm.activities import public as activities
    records.verbs["crm.activity"].add(call, values={"title": …, "kind": activities.CALL, "about": [deal, contact]})
    activities.complete(call, activity=row, result="…")
"""

from potok.crm.activities.events import ActivityClosed
from potok.crm.activities.models import Activity
from potok.crm.activities.operations import complete, reopen
from potok.crm.activities.queries import about, found, planned
from potok.crm.activities.record import activity
from potok.crm.activities.rules import CALL, INCOMING, KINDS, LETTER, MEETING, MESSAGE, NO_RESPONSIBLE, OUTGOING

__all__ = [
    "CALL", "INCOMING", "KINDS", "LETTER", "MEETING", "MESSAGE", "NO_RESPONSIBLE", "OUTGOING", "Activity",
    "ActivityClosed", "about", "activity", "complete", "found", "planned", "reopen",
]  # fmt: skip
