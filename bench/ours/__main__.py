"""We as a contestant: `python -m bench.ours SCENARIO each|wait load|lonely NUMBER`, see `bench/timing.py`.

Under load instances are started in sets of 200 and served by the worker's own loop. Lonely, each is started by itself
and carried at once, as when a person starts it, and the next begins when it is over.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from bench import timing
from bench.ours import house, pages

SET = 200


def main() -> None:
    """Race until told to stop."""
    house.enter()
    if sys.argv[1] == "furnish":
        house.furnish()
        return
    if sys.argv[1] == "pages":
        pages.measure(Path(sys.argv[2]), times=int(sys.argv[3]))
        return
    if sys.argv[1] == "sleepers":
        from bench.ours import sleepers

        sleepers.measure(Path(sys.argv[2]), count=int(sys.argv[3]))
        return
    if sys.argv[1] == "curve":
        from bench.ours import curve

        curve.measure(Path(sys.argv[2]), most=int(sys.argv[3]))
        return
    if sys.argv[1] == "lives":
        from bench.ours import lives

        lives.measure(Path(sys.argv[2]), count=int(sys.argv[3]))
        return
    if sys.argv[1] == "exchange":
        from bench.ours import exchange

        exchange.measure(Path(sys.argv[2]), count=int(sys.argv[3]))
        return
    name, each, manner, *_ = sys.argv[1:]
    timing.race(_contestant(name, each=each == "each", lonely=manner == "lonely"))


def _contestant(name: str, *, each: bool, lonely: bool) -> Callable[[int], timing.Run]:
    from bench.ours.scenarios import Scenario
    from potok.processes import worker

    person = house.furnish()
    scenario = Scenario(name, each, person)
    version = scenario.publish()
    worker.settle_in()
    run = _lonely if lonely else _load

    def prepare(count: int) -> timing.Run:
        about = scenario.records(count)
        return lambda: run(version, about, person=person, answers=name == "start_wait_complete")

    return prepare


def _load(version, about, *, person: int, answers: bool) -> None:  # type: ignore[no-untyped-def]
    from bench.ours import scenarios
    from potok.processes.models import Instance

    started = []
    for begin in range(0, len(about), SET):
        started += scenarios.start(version, about[begin : begin + SET], person=person)
    _serve()
    if answers:
        for instance in started:
            scenarios.answer(instance, person=person)
        _serve()
    assert not Instance.objects.filter(ended_at=None).exists(), "some instances did not end"


def _serve() -> None:
    """The worker's loop, until nobody has anything to do."""
    from potok.processes import worker
    from potok.processes.models import Inbox, Ready

    pace = worker.Pace()
    while worker.serve(pace) or Ready.objects.exists() or Inbox.objects.exists():
        pass


def _lonely(version, about, *, person: int, answers: bool) -> None:  # type: ignore[no-untyped-def]
    from bench.ours import scenarios
    from potok.processes.models import Instance

    for one in about:
        started = scenarios.start(version, [one], person=person)
        _carry(started)
        if answers:
            scenarios.answer(started[0], person=person)
            _carry(started)
        assert Instance.objects.filter(pk=started[0]).exclude(ended_at=None).exists()


def _carry(instances: list[int]) -> None:
    from potok.processes import worker

    while worker.batch(limit=1, only=instances):
        pass


if __name__ == "__main__":
    main()
