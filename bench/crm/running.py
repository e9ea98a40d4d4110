"""The figures of the CRM: sizes in turn, pages beside bare SQL, fifty people at once, Tryton on the same PostgreSQL."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import contest, report
from bench.contest import Contestant, Effort
from bench.crm import environment
from bench.report import Result
from bench.server import Server
from potok.site import keys

PAGES, CROWD, API = PARTS = ("crm pages", "crm people", "crm api")
SIZES, QUICK_SIZES = (10_000, 100_000, 1_000_000), (1_000,)
TIMES = 30
PAGE_MS, PEOPLE, SECONDS, CROWD_MS = 150.0, 50, 60, 400.0
API_SECONDS = 8
NOTE = "server time in process, all middleware; p95 of {times}"


@dataclass(frozen=True)
class Asked:
    """Which parts are to be measured, and with how many deals."""

    parts: Sequence[str]
    sizes: Sequence[int]
    quick: bool = False


def parts(only: str) -> list[str]:
    """The parts whose names begin so."""
    return [part for part in PARTS if part.startswith(only)]


def results(server: Server, asked: Asked) -> Iterator[Result]:
    """Take the figures of these parts, in a server that may hold the company already."""
    # The server reads the same, or it would not know who is signed in.
    keys.keep(server.folder / "keys.json")
    if PAGES in asked.parts:
        yield from _pages(server, asked)
    else:
        _lines(server, "fill", asked.sizes[-1])
    if CROWD in asked.parts:
        yield from _crowd(server, seconds=5 if asked.quick else SECONDS)
    if API in asked.parts:
        yield from _beside_tryton(server, count=asked.sizes[-1], effort=_effort(quick=asked.quick))


def _pages(server: Server, asked: Asked) -> Iterator[Result]:
    held: dict[str, list[dict[str, Any]]] = {}
    for size in asked.sizes:
        for line in _lines(server, "measure", size, 4 if asked.quick else TIMES):
            held.setdefault(line["name"], []).append(line)
            yield from _page(line) if size == asked.sizes[-1] else ()
    yield from _growth(held)


def _lines(server: Server, word: str, *rest: object) -> list[dict[str, Any]]:
    answers = server.folder / "answers.txt"
    words = [sys.executable, "-m", "bench.crm", word, str(answers), *map(str, rest)]
    subprocess.run(words, env=dict(server.environment), check=True)
    return [json.loads(line) for line in answers.read_text().splitlines()]


def _page(line: dict[str, Any]) -> Iterator[Result]:
    name, page = f"crm, {line['deals']:,}: {line['name']}", line["page"]
    note = f"{NOTE.format(times=line['times'])}. Machine: {report.machine()}"
    yield Result(name, page, "ms", "the bar", PAGE_MS, PAGE_MS / page, note)
    if line["bare"]:
        said = f"statements on the records in that page, beside bare SQL for the same rows; {note}"
        ratio = line["bare"] / max(line["statements"], 0.01)
        yield Result(f"{name}, in SQL", line["statements"], "ms", "bare SQL", line["bare"], ratio, said)


def _growth(held: dict[str, list[dict[str, Any]]]) -> Iterator[Result]:
    """From the smallest to the largest, in one line for each page."""
    for name, lines in held.items():
        if len(lines) > 1:
            grown = ", ".join(f"{line['deals']:,}: {line['page']:.0f} ms" for line in lines)
            first, last = lines[0]["page"], lines[-1]["page"]
            yield Result(f"crm, growth: {name}", last, "ms", "the smallest", first, first / last, f"p95 at {grown}")


# ----- fifty people at once -------------------------------------------------------------------------------------------


def _crowd(server: Server, *, seconds: int) -> Iterator[Result]:
    _lines(server, "people", PEOPLE)
    with _served(server) as address:
        told = _locust(server, address, seconds)
    for line in told:
        times, failed = _spread(line["response_times"]), line["num_failures"]
        name, p95 = f"crm, {PEOPLE} people at once: {line['name']}", _p95(times)
        note = f"{len(times):,} requests in {seconds} s, {failed} failed, median {times[len(times) // 2]:.0f} ms"
        note += f". Machine: {report.machine()}"
        yield Result(name, p95, "ms", "the bar", CROWD_MS, CROWD_MS / max(p95, 1), note)


def _locust(server: Server, address: str, seconds: int) -> list[dict[str, Any]]:
    words = [
        environment.python(), "-m", "locust", "-f", str(Path(__file__).with_name("crowd.py")), "--headless",
        "-u", str(PEOPLE), "-r", "10", "--reset-stats", "-t", f"{seconds}s", "--host", address,
        "--only-summary", "--json", "--loglevel", "WARNING", "--exit-code-on-error", "0",
    ]  # fmt: skip
    given = {**os.environ, "POTOK_BENCH_PEOPLE": str(server.folder / "answers.txt")}
    said = subprocess.run(words, env=given, check=True, capture_output=True, text=True).stdout
    found: list[dict[str, Any]] = json.loads(said[said.index("[") :])
    return found


def _spread(told: dict[str, int]) -> list[float]:
    return sorted(float(time_) for time_, count in told.items() for _ in range(count))


def _p95(times: Sequence[float]) -> float:
    return times[max(0, -(-len(times) * 95 // 100) - 1)]


@contextmanager
def _served(server: Server) -> Iterator[str]:
    """The product's own server process, as it runs for people."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {**server.environment, "PORT": str(port), "POTOK_LISTEN": "127.0.0.1"}
    process = subprocess.Popen([sys.executable, "-m", "potok.site.main", "web"], env=given)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server does not answer.")


# ----- Tryton ---------------------------------------------------------------------------------------------------------


def _effort(*, quick: bool) -> Effort:
    return Effort(repetitions=1 if quick else 5, instances=5 if quick else 100, seconds=0, seconds_max=API_SECONDS)


def _beside_tryton(server: Server, *, count: int, effort: Effort) -> Iterator[Result]:
    """Create, list with a filter, read and update, each side through its own API; requests in turn."""
    python, given = environment.python(), environment.for_tryton(server)
    with psycopg.connect(host=str(server.socket), user="potok", dbname="postgres", autocommit=True) as raw:
        raw.execute("DROP DATABASE IF EXISTS tryton WITH (FORCE)")
        raw.execute("CREATE DATABASE tryton")
    subprocess.run([python, "-m", "bench.peers.tryton", "prepare", str(count)], env=given, check=True)
    for scenario in ("create", "list", "read", "update"):
        racing = [
            Contestant("bench.crm.api", [scenario]),
            Contestant("bench.peers.tryton", [scenario], python=python),
        ]
        ours, theirs = contest.measure(racing, effort=effort, environment=given)
        note = f"REST beside JSON-RPC, both in process, {count:,} on each side; {ours.instances} and {theirs.instances}"
        name = f"crm, through the API: {scenario}"
        ratio = ours.rate / theirs.rate
        told = f"{note} requests. Machine: {report.machine()}"
        yield Result(name, ours.rate, "requests/s", "Tryton 8.2", theirs.rate, ratio, told)
