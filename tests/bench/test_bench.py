"""The bench runs, on our side; its figures are not judged here."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.contest import Effort
from bench.figures import FIGURES

ROOT = Path(__file__).resolve().parents[2]


def test_our_side_of_a_figure_runs(tmp_path: Path) -> None:
    words = ["-m", "bench", "--quick", "--no-peers", "--only", "record, task, notice, lonely"]
    told = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert told.returncode == 0, told.stderr
    assert "ms an instance" in told.stdout


def test_every_figure_says_what_is_durable_and_when() -> None:
    for figure in FIGURES.values():
        assert ("save point" in figure.note) == figure.each
        assert ("run-to-wait" in figure.note) != figure.each
        assert all("committed" in peer.note for peer in figure.peers if peer.module != "bench.ours")


@pytest.mark.parametrize(("rate", "count"), [(10, 600), (300, 1200), (50_000, 200_000), (0.001, 1)])
def test_a_figure_takes_enough_instances_and_seconds_and_not_too_many(rate: float, count: int) -> None:
    effort = Effort(repetitions=5, instances=5_000, seconds=20, seconds_max=300)
    assert effort.fitting(rate) == count
