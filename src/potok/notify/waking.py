"""The loop that wakes what was put off: counters and open inboxes hear of it as soon as its moment comes.

What is asleep is told by the clock alone; the loop only says so to the screens. A crash loses nothing.
"""

import logging
import threading

from django.db import InterfaceError, OperationalError, connection

from potok.kit import sets
from potok.kit.events import gathered, touch
from potok.kit.loops import loop

BATCH = 500
IDLE_SECONDS = 2.0
WAKE = """UPDATE notify_waiting SET wakes_at = NULL WHERE id IN (
    SELECT id FROM notify_waiting WHERE closed_at IS NULL AND wakes_at <= (SELECT potok_now()) ORDER BY wakes_at, id
    LIMIT %b FOR UPDATE SKIP LOCKED) RETURNING person_id"""
log = logging.getLogger(__name__)


@loop("waking")
def run(stop: threading.Event) -> None:
    """Wake until told to stop."""
    while not stop.is_set():
        try:
            if not serve():
                connection.close()  # others of the worker wait for one, and this loop has time
                stop.wait(IDLE_SECONDS)
        except (OperationalError, InterfaceError) as failure:
            log.warning("The loop that wakes lost its database and looks for it again: %s", failure)
            connection.close()
            stop.wait(IDLE_SECONDS)


def serve() -> int:
    """Wake what is due; answers for how many people something woke."""
    with gathered():
        people = sets.ids(WAKE, (), BATCH)
        for person in people:
            touch("person", person)
    return len(people)
