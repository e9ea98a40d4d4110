"""What is tended in the background, a little at a time: figures are reckoned, what was kept long enough goes."""

import logging
import threading
import time

from django.db import connection

from potok.kit import doors
from potok.kit.calls import START_UP
from potok.kit.events import gathered
from potok.kit.loops import loop
from potok.processes import calling_out, erasing, figures, membership, partitions

PAUSE_SECONDS = 5.0
ERASING_SECONDS = 3_600.0
log = logging.getLogger(__name__)


@loop("upkeep")
def run(stop: threading.Event) -> None:
    """Tend until told to stop. Whatever goes wrong here holds nobody up and is tried again."""
    erased = 0.0
    while not stop.is_set():
        try:
            while tend() and not stop.is_set():
                pass
            if time.monotonic() - erased > ERASING_SECONDS:
                erased = time.monotonic()
                tidy()
        except Exception:
            log.exception("The upkeep of processes was interrupted and is tried again")
            connection.close()
        stop.wait(PAUSE_SECONDS)


def tend() -> int:
    """Tell those who answer for what fails, and reckon a share of what ended lately; answers how much it was."""
    with doors.opened(None, door=START_UP) as call:
        calling_out.call_out(call)
        return figures.reckon()


def tidy() -> None:
    """Let go of what was kept long enough, and add up what was counted."""
    partitions.drop_expired()
    erasing.erase_expired()
    erasing.sweep()
    with gathered():
        figures.add_up()
    # Who joined a group while a queue was being given to it was seen by neither.
    with doors.opened(None, door=START_UP) as call:
        membership.follow_groups(call)
