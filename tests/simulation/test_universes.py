"""Thousands of seeded universes, new ones each time. A failure prints its seed; `make simulate SEED=…` repeats it."""

import os
import random
from collections.abc import Callable

import pytest

from tests.simulation.planted import BUGS
from tests.simulation.universe import Universe, run

UNIVERSES = 2_000
POINTS = 100  # decisions of the scheduler in a universe, on the average at the least


def fresh_seeds() -> range:
    """Seeds that nobody has tried, or the one that was asked for."""
    asked = os.environ.get("POTOK_SEED")
    first = int(asked) if asked else random.SystemRandom().randrange(10**12)
    return range(first, first + (1 if asked else UNIVERSES))


def test_nothing_is_lost_or_doubled_in_any_universe() -> None:
    universes = [sizes(run(seed)) for seed in fresh_seeds()]
    points, deaths = map(sum, zip(*universes, strict=True))
    assert points >= POINTS * len(universes)
    assert deaths or len(universes) == 1


def sizes(universe: Universe) -> tuple[int, int]:
    return universe.scheduler.points, universe.scheduler.died


def test_one_seed_is_one_universe() -> None:
    told = [(one.scheduler.moment, one.scheduler.points, one.sent, one.told) for one in (run(7), run(7))]
    assert told[0] == told[1]


@pytest.mark.parametrize("plant", BUGS, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_found(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=r"."):
        for seed in fresh_seeds():
            run(seed)
