"""Races between contestants, each in processes of its own: the same protocol for us and for the peers (`timing.py`)."""

import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Effort:
    """How long a figure is measured: so many repetitions, in sum at least so many instances and seconds."""

    repetitions: int = 5
    instances: int = 5_000
    sleepers: int = 1_000_000
    seconds: float = 20
    seconds_max: float = 90  # a slow contestant is stopped here; the figure says how many instances it had

    def fitting(self, rate: float) -> int:
        """Say how many instances one repetition takes at this rate."""
        wanted = max(self.instances / self.repetitions, rate * self.seconds / self.repetitions)
        return max(1, int(min(wanted, rate * self.seconds_max / self.repetitions)))


FULL = Effort()
QUICK = Effort(repetitions=1, instances=20, seconds=0, seconds_max=5, sleepers=2_000)


@dataclass
class Measured:
    """Rates of the repetitions, in instances a second, and what they were taken from."""

    rates: list[float] = field(default_factory=list)
    instances: int = 0
    seconds: float = 0

    @property
    def rate(self) -> float:
        """The median."""
        return statistics.median(self.rates)

    def add(self, rate: float, *, count: int) -> None:
        """Note a repetition."""
        self.rates.append(rate)
        self.instances += count
        self.seconds += count / rate


@dataclass(frozen=True)
class Contestant:
    """A module, or a script of Node, that races in so many processes, and what it is told."""

    module: str
    arguments: Sequence[str]
    processes: int = 1
    python: str = sys.executable

    @property
    def command(self) -> list[str]:
        """How one of its processes is started."""
        script = self.module.endswith(".mjs")
        return [*(["node", self.module] if script else [self.python, "-m", self.module]), *self.arguments]


def measure(contestants: Sequence[Contestant], *, effort: Effort, environment: Mapping[str, str]) -> list[Measured]:
    """Let contestants race in turn, a repetition each, so that whatever else the machine does falls on all alike."""
    with ExitStack() as stack:
        racing = []
        for one in contestants:
            told = [[*one.command, str(number)] for number in range(one.processes)]
            racing.append([stack.enter_context(_Runner(words, environment)) for words in told])
        counts = [effort.fitting(_warmed(runners, effort)) for runners in racing]
        found = [Measured() for _ in racing]
        for _ in range(effort.repetitions):
            for runners, count, measured in zip(racing, counts, found, strict=True):
                measured.add(_lap(runners, count), count=count)
    return found


def _warmed(runners: Sequence["_Runner"], effort: Effort) -> float:
    """Fill caches with a short lap; the rate of a second one says how many instances fit."""
    rate = _lap(runners, 10 * len(runners))
    return _lap(runners, max(10 * len(runners), min(int(rate), effort.instances // 10)))


def _lap(runners: Sequence["_Runner"], count: int) -> float:
    share = -(-count // len(runners))
    for runner in runners:
        runner.tell(f"prepare {share}")
    for runner in runners:
        runner.hear()
    begun = time.perf_counter()
    for runner in runners:
        runner.tell("go")
    for runner in runners:
        runner.hear()
    return share * len(runners) / (time.perf_counter() - begun)


class _Runner:
    """One process of a contestant."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(environment),
        )

    def __enter__(self) -> "_Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"A contestant failed: {self.process.args!r}")
        return line.strip()
