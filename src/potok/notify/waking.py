"""The loop that wakes what was put off: counters and open inboxes hear of it as soon as its moment comes.

What is asleep is told by the clock alone; the loop only says so to the screens. A crash loses nothing.
"""

import logging

from potok.kit import sets
from potok.kit.events import gathered, touch
from potok.kit.loops import rounds

BATCH = 500
WAKE = """UPDATE notify_waiting SET wakes_at = NULL WHERE id IN (
    SELECT id FROM notify_waiting WHERE closed_at IS NULL AND wakes_at <= (SELECT potok_now()) ORDER BY wakes_at, id
    LIMIT %b FOR UPDATE SKIP LOCKED) RETURNING person_id"""
log = logging.getLogger(__name__)


@rounds("waking", rest_seconds=2.0)
def serve() -> int:
    """Wake what is due; answers for how many people something woke."""
    with gathered():
        people = sets.ids(WAKE, (), BATCH)
        for person in people:
            touch("person", person)
    return len(people)
