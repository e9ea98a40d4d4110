"""`make simulate`: universes for hours, larger ones than the tests have; with a seed, that one, every call told."""

import argparse
import random
import sys
import time
import traceback

from tests.simulation import furnish


def main() -> int:
    """Simulate until the time is over or something is wrong."""
    parser = argparse.ArgumentParser(prog="make simulate")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--size", type=int, default=0, help="1 as in the tests; by default each size in turn")
    parser.add_argument("--hours", type=float, default=1.0)
    given = parser.parse_args()
    furnish()
    return _told(given.seed, size=given.size or 1) if given.seed is not None else _for_hours(given.hours, given.size)


def _told(seed: int, *, size: int) -> int:
    """Live one universe and tell every call in it."""
    from tests.simulation import universe

    def tell(scheduler: object, who: str, what: str) -> None:
        print(f"{scheduler.moment:9.3f}  {who:10}  {what}")  # type: ignore[attr-defined]

    try:
        universe.run(seed, size=size, tell=tell)
    except Exception:
        traceback.print_exc()
        return 1
    print(f"All is well in the universe {seed} of size {size}.")
    return 0


def _for_hours(hours: float, only: int) -> int:
    from tests.simulation import universe

    begun, count, points = time.monotonic(), 0, 0
    seed = random.SystemRandom().randrange(10**12)
    while time.monotonic() - begun < hours * 3600:
        size = only or 1 + count % 4
        try:
            points += universe.run(seed + count, size=size).scheduler.points
        except Exception:
            traceback.print_exc()
            print(f"Repeat it: make simulate SEED={seed + count} SIZE={size}")
            return 1
        count += 1
        if count % 1000 == 0:
            print(f"{count} universes, {points} points, {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{count} universes, {points} points: nothing lost, nothing doubled.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
