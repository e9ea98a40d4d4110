"""The figures as a file for machines and a table for people."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
    """Write these results in the place of earlier ones of the same name; figures that were not taken stay."""
    plain = [{name: _short(value) for name, value in asdict(each).items()} for each in results]
    taken = {each.name for each in results}
    kept = [each for each in read(file=file) if each["name"] not in taken]
    file.write_text(json.dumps([*kept, *plain], ensure_ascii=False, indent=1) + "\n")


def read(*, file: Path = RESULTS) -> list[dict[str, Any]]:
    """Read what was recorded."""
    found: list[dict[str, Any]] = json.loads(file.read_text()) if file.exists() else []
    return found


def _short(value: str | float) -> str | float:
    return round(value, 1) if isinstance(value, float) else value


def line(result: Result) -> str:
    """One line of the table."""
    measured = f"{result.value:>10,.1f} {result.unit:<15}"
    return f"{result.name:<40} {measured} {result.peer:<18} {result.peer_value:>10,.1f}  {result.ratio:>6.1f} x"
