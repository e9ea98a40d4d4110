"""Kills a worker at a chosen call to the database, and lets a fresh one finish.

A scenario is a list of steps that people take; after each a worker runs until nothing is due, in its own process.
`Kill` says at which of its calls to the database, over all steps, that process dies or loses its connection.
"""

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psycopg
from django.db import connection, connections

from potok.processes import worker

OTHERS = """SELECT EXISTS (SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend')"""


class How(StrEnum):
    """Where the blow falls: before the call is made, after it was answered, or on the server's side."""

    BEFORE = "before"
    AFTER = "after"
    SERVER = "server"


@dataclass(frozen=True)
class Kill:
    """At which call, counted from 1, and how."""

    at: int
    how: How


Step = Callable[[], object]


def play(steps: Sequence[Step], *, kill: Kill | None, notes: Path) -> list[int]:
    """Play a scenario; answers after each step how many calls to the database its workers had made by then."""
    notes.write_text("0")
    made = []
    for step in steps:
        step()
        if _work(kill, notes) != 0:
            _let_the_dead_go()
            assert _work(None, notes) == 0
        made.append(int(notes.read_text()))
    return made


def _let_the_dead_go() -> None:
    """Wait until the server has noticed that a killed worker is gone; its locks would make the fresh one pass by."""
    with connection.cursor() as cursor:
        left = True
        while left:
            cursor.execute(OTHERS)
            left = cursor.fetchone()[0]


def _work(kill: Kill | None, notes: Path) -> int:
    """Run a worker in a child process until nothing is due; answers its exit code."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        _count_calls(kill, notes)
        _run_until_idle()
        code = 0
    finally:
        os._exit(code)


def _run_until_idle() -> None:
    """As the worker's loop: a lost connection is looked for again."""
    while True:
        try:
            worker.run_until_idle()
            break
        except worker.LOST:
            connections.close_all()
    connections.close_all()


def _count_calls(kill: Kill | None, notes: Path) -> None:
    """Every round trip of psycopg goes through `Connection.wait`."""
    wait = psycopg.Connection.wait
    seen = int(notes.read_text())

    def counted(raw, generator, *given, **more):  # type: ignore[no-untyped-def]
        nonlocal seen
        seen += 1
        notes.write_text(str(seen))
        due = kill is not None and seen == kill.at
        if due and kill.how is How.BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        if due and kill.how is How.SERVER:
            _terminate(raw)
        answer = wait(raw, generator, *given, **more)
        if due and kill.how is How.AFTER:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    psycopg.Connection.wait = counted  # type: ignore[method-assign]


def _terminate(raw: "psycopg.Connection[object]") -> None:
    with psycopg.Connection.connect(raw.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])
