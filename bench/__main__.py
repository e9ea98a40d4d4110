"""`make bench`: side by side with the peers, on one PostgreSQL; writes into `bench/results.json` and prints a table.

python -m bench                     # everything, within forty minutes
python -m bench --only "ten steps"  # the figures whose name begins so
python -m bench --only crm          # a million records, fifteen minutes (bench/crm); --keep FOLDER holds them for later
python -m bench --only "crm api" --records 20000  # one part of it, on fewer
python -m bench --quick             # tiny counts: does it run at all?
"""

import argparse
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import contest, report, server
from bench.contest import Contestant, Effort, Measured
from bench.crm import running as crm
from bench.figures import FIGURES, Figure, Peer
from bench.report import Result
from bench.server import Server

PAGES, SLEEPERS, CURVE, LIVES, EXCHANGE = "pages", "sleepers", "curve", "lives", "exchange"

WORDS = (PAGES, SLEEPERS, CURVE, LIVES, EXCHANGE, *crm.PARTS)
ROWS_SHARE = 20  # rows of an import to sleepers
LIVES_SHARE = 10


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="tiny counts; the recorded results stay as they are")
    parser.add_argument(
        "--only",
        default="",
        metavar="NAME",
        help="figures whose name begins so, or one of: " + ", ".join(WORDS),
    )
    parser.add_argument("--no-peers", action="store_true", help="ourselves alone; nothing is recorded")
    parser.add_argument("--seconds-max", type=float, default=120, help="no contestant runs longer for one figure")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="hold the million records there and use them again")
    parser.add_argument(
        "--records", type=int, metavar="N", help="the CRM with so many deals alone; nothing is recorded"
    )
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server and its folder go
    effort = contest.QUICK if given.quick else Effort(seconds_max=given.seconds_max)
    results = []
    if given.only and crm.parts(given.only):
        sizes = (given.records,) if given.records else crm.QUICK_SIZES if given.quick else crm.SIZES
        parts = crm.parts(given.only)[: 1 if given.no_peers else None]
        taken = _crm(given.keep, crm.Asked(parts, sizes, quick=given.quick))
    else:
        taken = _all(effort, only=given.only, alone=given.no_peers)
    for result in taken:
        results.append(result)
        _say(report.line(result))
        if not (given.quick or given.no_peers or given.records):
            report.write(results)


def _all(effort: Effort, *, only: str, alone: bool) -> Iterator[Result]:
    with server.running() as postgres:
        _ours(postgres, "furnish")
        for figure in FIGURES.values():
            if figure.name.startswith(only):
                yield from _figure(figure, postgres, effort=effort, alone=alone)
    if PAGES.startswith(only):
        yield from _bars(PAGES, effort.instances)
    if SLEEPERS.startswith(only):
        yield from _bars(SLEEPERS, effort.sleepers)
    if CURVE.startswith(only):
        yield from _bars(CURVE, effort.sleepers)
    if LIVES.startswith(only):
        yield from _bars(LIVES, effort.sleepers // LIVES_SHARE)
    if EXCHANGE.startswith(only):
        yield from _bars(EXCHANGE, effort.sleepers // ROWS_SHARE)


def _crm(folder: Path | None, asked: crm.Asked) -> Iterator[Result]:
    """Asked for by name only: its database takes minutes and four gigabytes."""
    with server.running(folder) as postgres:
        yield from crm.results(postgres, asked)


def _figure(figure: Figure, postgres: Server, *, effort: Effort, alone: bool) -> Iterator[Result]:
    racing = [Contestant("bench.ours", figure.arguments, figure.processes)]
    peers = [] if alone else [peer for peer in figure.peers if peer.is_here]
    racing += [Contestant(peer.module, _told(peer, figure, postgres), figure.processes) for peer in peers]
    ours, *others = contest.measure(racing, effort=effort, environment=postgres.environment)
    value = figure.value(ours.rate)
    if alone:
        yield Result(figure.name, value, figure.unit, "", 0, 0, _note(figure, ours))
    for peer, theirs in zip(peers, others, strict=True):
        note = f"{_note(figure, ours)}. Peer: {peer.note}; {_taken(theirs)}. Machine: {report.machine()}"
        met = figure.value(theirs.rate)
        yield Result(figure.name, value, figure.unit, peer.name, met, figure.ratio(value, met), note)


def _told(peer: Peer, figure: Figure, postgres: Server) -> list[str]:
    """What a contestant is told; ourselves as a peer run the same scenario without what it adds."""
    if peer.module == "bench.ours":
        return [figure.scenario.removesuffix("_heavy"), *figure.arguments[1:]]
    return [figure.scenario, postgres.peers, peer.manner]


def _note(figure: Figure, ours: Measured) -> str:
    return f"{figure.note}; {_taken(ours)}"


def _taken(measured: Measured) -> str:
    runs = len(measured.rates)
    return f"median of {runs}, {measured.instances:,} instances in {measured.seconds:.0f} s"


def _bars(word: str, count: int) -> Iterator[Result]:
    """Figures that are held against a bar, not a peer; in a database of their own."""
    with server.running() as postgres, tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.txt"
        _ours(postgres, word, str(answers), str(count))
        for line in answers.read_text().splitlines():
            name, told, unit, wanted, note = line.split("\t")
            value, bar = float(told), float(wanted)
            ratio = value / bar if unit in ("%", "steps/s", "rows/s") else bar / max(value, 0.001)
            yield Result(name, value, unit, "the bar", bar, ratio, f"{note}. Machine: {report.machine()}")


def _ours(postgres: Server, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "bench.ours", *words], env=dict(postgres.environment), check=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
