"""The bench runs, on our side; its figures are not judged here."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import report
from bench.contest import Effort
from bench.figures import FIGURES
from bench.report import Result

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


def test_a_figure_taken_again_replaces_itself_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    report.write([Result("a", 1, "ms", "x", 1, 1, ""), Result("b", 2, "ms", "x", 1, 2, "")], file=file)
    report.write([Result("a", 3, "ms", "x", 1, 3, "")], file=file)
    assert sorted((each["name"], each["value"]) for each in report.read(file=file)) == [("a", 3), ("b", 2)]
