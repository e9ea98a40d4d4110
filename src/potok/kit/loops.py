"""What the worker process runs side by side: each loop has a thread of its own until it is told to stop.

    @rounds("reminders", rest_seconds=2.0)
    def serve() -> int:
        ...  # carries out one batch, answers how much there was

    @loop("engine")
    def run(stop: threading.Event) -> None:
        while not stop.is_set(): ...

A loop finishes its batch and returns soon after `stop` is set. One that returns before, or raises, ends the worker,
and the supervisor starts it again.
"""

import logging
import threading
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from potok.kit.registry import Registry

OUTAGE = (OperationalError, InterfaceError)
Loop = Callable[[threading.Event], None]
Serve = Callable[[], int]

loops: Registry[Loop] = Registry("loop")
log = logging.getLogger(__name__)


def loop(name: str) -> Callable[[Loop], Loop]:
    """Declare a loop of the worker under its public name."""

    def declare(run: Loop) -> Loop:
        return loops.add(name, run)

    return declare


def rounds(name: str, *, rest_seconds: float) -> Callable[[Serve], Serve]:
    """Declare a loop that serves batch after batch, and rests when there is nothing to do."""

    def declare(serve: Serve) -> Serve:
        loops.add(name, lambda stop: make_rounds(stop, serve, name=name, rest_seconds=rest_seconds))
        return serve

    return declare


def make_rounds(stop: threading.Event, serve: Serve, *, name: str, rest_seconds: float) -> None:
    """Serve until told to stop; a database that is away is waited for."""
    while not stop.is_set():
        try:
            if serve():
                continue
        except OUTAGE as failure:
            log.warning("The loop “%s” lost its database and looks for it again: %s", name, failure)
        connection.close()  # others of the worker wait for one, and this loop has time
        stop.wait(rest_seconds)
