"""Kills workers at every call that they make to the database, one after another, until one survives.

A scenario is a list of steps that people take; after each, workers come, each in a process of its own. The first dies
at its first call, the second at its second, and so on. Whenever one has kept something before it died, the next begins
with what is left, and dies at its first call again. What is called between a commit and the next work is done only by
who has committed: `passed_over` names these calls, so that they get their deaths in plays of their own.
"""

import asyncio
import os
import re
import signal
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

import psycopg
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from potok.processes import partitions, waking, worker
from potok.site.worker import take_up

OTHERS = """SELECT EXISTS (SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend')"""
DEATHS_MAX = 2_000
YES = "yes: "  # in the notes of a worker: the mail server took a letter
COMMIT = "_commit_gen"
NEVER = 3_600.0


class How(StrEnum):
    """Where the blow falls: before the call is made, after it was answered, or on the server's side."""

    BEFORE = "before"
    AFTER = "after"
    SERVER = "server"


@dataclass(frozen=True)
class Blow:
    """At which call of the worker, counted from 1, and how."""

    at: int
    how: How


@dataclass(frozen=True)
class Shift:
    """What one worker did: the names of the calls it came to, after how many of them the mail server took a letter,
    and whether it lived to the end of its work."""

    calls: Sequence[str]
    taken: Sequence[int]
    survived: bool
    blow: Blow | None = None

    @property
    def unnoted(self) -> int:
        """How many letters the mail server took without our note of it: the blow fell before the note was kept."""
        return sum(not self._noted(after) for after in self.taken)

    def _noted(self, after: int) -> bool:
        commits = (n for n, call in enumerate(self.calls, 1) if n > after and call.startswith(COMMIT))
        note = next(commits, None)
        struck = self.blow is not None and self.blow.how is not How.AFTER and after < self.blow.at
        return note is not None and not (struck and self.blow and self.blow.at <= note)

    def call(self, number: int) -> "Call":
        """Tell a call, counted from 1, from others like it by the one before it."""
        return (*self.calls[max(number - 2, 0) : number],)

    def fell_on(self, call: "Call") -> bool:
        """Whether the worker died, and at this call."""
        return not self.survived and self.call(len(self.calls)) == call


Step = Callable[[], object]
Call = tuple[str, ...]


def besiege(how: How, *, stands: Callable[[], object]) -> list[Shift]:
    """Send workers until one survives; answers what the others did until they died, in order.

    `stands` tells how far the work has got; what a worker may lose again does not belong to it.
    """
    died: list[Shift] = []
    at, far = 1, stands()
    while not (shift := work(Blow(at, how))).survived:
        died.append(shift)
        assert len(died) < DEATHS_MAX, "The work does not get on."
        now = stands()
        at, far = (1, now) if now != far else (at + 1, far)
    return died


def passed_over(died: Sequence[Shift], shift: Shift) -> list[int]:
    """Number the calls of an undisturbed worker at which none of the others died in its turn."""
    deaths = [each.call(len(each.calls)) for each in died]
    left, place = [], 0
    for number in range(1, len(shift.calls) + 1):
        if shift.call(number) in deaths[place:]:
            place = deaths.index(shift.call(number), place) + 1
        else:
            left.append(number)
    return left


def work(blow: Blow | None = None) -> Shift:
    """Let one worker do all that is due, in a process of its own; what it does after a blow is seen, too."""
    connections.close_all()
    ours, its = os.pipe()
    child = os.fork()
    if child == 0:
        _live(blow, notes=its)
    os.close(its)
    with open(ours) as told:  # noqa: PTH123 (a pipe has no path)
        lines = told.read().splitlines()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    _let_the_dead_go()
    taken = [int(line.removeprefix(YES)) for line in lines if line.startswith(YES)]
    return Shift([line for line in lines if not line.startswith(YES)], taken, code == 0, blow)


def _let_the_dead_go() -> None:
    """Wait until the server has noticed that a killed worker is gone; its locks would make the next one pass by."""
    with connection.cursor() as cursor:
        left = True
        while left:
            cursor.execute(OTHERS)
            left = cursor.fetchone()[0]


def _live(blow: Blow | None, *, notes: int) -> None:
    code = 1
    try:
        _count_calls(blow, notes)
        _as_the_worker()
        code = 0
    finally:
        os._exit(code)


def _as_the_worker() -> None:
    """Both halves of the worker process, one after the other so that the order of the calls is the same each time: the
    engine, which looks for a lost connection again, and the jobs, whose process ends with it and is started anew."""
    # How busy the machine is must not count: the bell rings after each commit, and what is kept for a minute is read.
    waking.PAUSE_SECONDS = 0
    partitions.forget()
    while True:
        try:
            worker.run_until_idle()
            break
        except worker.LOST:
            connections.close_all()
    asyncio.run(_carry_jobs())
    connections.close_all()


async def _carry_jobs() -> None:
    jobs = app.with_connector(cast(DjangoConnector, app.connector).get_worker_connector())
    async with jobs.open_async():
        await take_up(jobs, silent=0)
        await jobs.run_worker_async(
            wait=False, listen_notify=False, install_signal_handlers=False, update_heartbeat_interval=NEVER
        )


def _count_calls(blow: Blow | None, notes: int) -> None:
    """Every round trip of psycopg goes through `wait`, of the engine's connection and of the jobs'."""
    seen = 0
    wait, wait_async = psycopg.Connection.wait, psycopg.AsyncConnection.wait
    hand_over = smtplib.SMTP.data

    def handed_over(line: smtplib.SMTP, letter: Any) -> Any:
        answer = hand_over(line, letter)
        os.write(notes, f"{YES}{seen}\n".encode())
        return answer

    def come(raw: Any, generator: Any) -> bool:
        nonlocal seen
        seen += 1
        os.write(notes, f"{_name(generator)}\n".encode())
        due = blow is not None and seen == blow.at
        if due and blow.how is How.BEFORE:  # type: ignore[union-attr]
            _die()
        if due and blow.how is How.SERVER:  # type: ignore[union-attr]
            _terminate(raw)
        return due and blow.how is How.AFTER  # type: ignore[union-attr]

    def counted(raw: Any, generator: Any, *given: Any, **more: Any) -> Any:
        last = come(raw, generator)
        answer = wait(raw, generator, *given, **more)
        return _die() if last else answer

    async def counted_async(raw: Any, generator: Any, *given: Any, **more: Any) -> Any:
        last = come(raw, generator)
        answer = await wait_async(raw, generator, *given, **more)
        return _die() if last else answer

    psycopg.Connection.wait = counted  # type: ignore[method-assign, assignment]
    psycopg.AsyncConnection.wait = counted_async  # type: ignore[method-assign, assignment]
    smtplib.SMTP.data = handed_over  # type: ignore[method-assign]


def _name(generator: Any) -> str:
    """Name a call: what psycopg does, and with which statement."""
    query = generator.gi_frame.f_locals.get("query", "") if generator.gi_frame else ""
    words = re.sub(r"_x\d+", "", " ".join(str(query).split()))  # savepoints are numbered
    return f"{generator.__name__} {words[:80]}".strip()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _terminate(raw: Any) -> None:
    # Past psycopg's own connections, whose calls are counted.
    other = psycopg.pq.PGconn.connect(raw.info.dsn.encode())
    other.exec_(b"SELECT pg_terminate_backend(%d)" % raw.info.backend_pid)
    other.finish()
