"""A contestant's side of a race: it is told how many to prepare, says when it is ready, and runs when it is told to go.

Parent writes `prepare 1000`, the contestant answers `ready`; parent writes `go`, the contestant answers the seconds.
"""

import sys
import time
from collections.abc import Callable

Run = Callable[[], object]


def race(prepare: Callable[[int], Run]) -> None:
    """Serve the parent until it closes our input; what `prepare` does is not timed."""
    run: Run = lambda: None  # noqa: E731
    for line in sys.stdin:
        word, *count = line.split()
        if word == "prepare":
            run = prepare(int(count[0]))
            _say("ready")
        else:
            begun = time.perf_counter()
            run()
            _say(str(time.perf_counter() - begun))


def _say(answer: str) -> None:
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()
