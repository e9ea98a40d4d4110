"""What the worker process runs side by side: each loop has a thread of its own until it is told to stop.

    @loop("engine")
    def run(stop: threading.Event) -> None:
        while not stop.is_set(): ...

A loop finishes its batch and returns soon after `stop` is set. One that returns before, or raises, ends the worker,
and the supervisor starts it again.
"""

import threading
from collections.abc import Callable

from potok.kit.registry import Registry

Loop = Callable[[threading.Event], None]

loops: Registry[Loop] = Registry("loop")


def loop(name: str) -> Callable[[Loop], Loop]:
    """Declare a loop of the worker under its public name."""

    def declare(run: Loop) -> Loop:
        return loops.add(name, run)

    return declare
