"""The figures as a file for machines and a table for people."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Result:
    """One line; without a peer, `peer_value` is the bar that the figure is held against."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float
    note: str


def machine() -> str:
    """Name the machine in a few words."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"


def write(results: Sequence[Result], *, file: Path = RESULTS) -> None:
    """Write all results."""
    plain = [{name: _short(value) for name, value in asdict(each).items()} for each in results]
    file.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")


def _short(value: str | float) -> str | float:
    return round(value, 1) if isinstance(value, float) else value


def line(result: Result) -> str:
    """One line of the table."""
    measured = f"{result.value:>10,.1f} {result.unit:<15}"
    return f"{result.name:<40} {measured} {result.peer:<18} {result.peer_value:>10,.1f}  {result.ratio:>6.1f} x"
