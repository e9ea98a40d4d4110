"""The worker process: the loops of the parts and the jobs in the background, side by side in one small process."""

import asyncio
import logging
import os
import signal
import threading
import time
from contextlib import suppress
from typing import cast

import psycopg
from django.db import connections
from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from potok.kit.loops import Loop, loops
from potok.site import preparation, reaper
from potok.site.address import parameters
from potok.site.health import WORKER_LOCK

BEAT_SECONDS = 2
JOBS_AT_ONCE = 4
FINISH_SECONDS = 20
SILENT_SECONDS = 30  # three heartbeats of Procrastinate missed: that worker is dead

log = logging.getLogger(__name__)


def run(*, parent: int = 0) -> int:
    """Run all loops until SIGTERM; answer 1 if one of them failed."""
    stop, failed = threading.Event(), threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    if parent:
        reaper.watch_parent(parent, then=lambda: os.kill(os.getpid(), signal.SIGTERM))
    threads = [
        threading.Thread(target=_guard, args=(name, act, stop, failed), name=name, daemon=True)
        for name, act in {**loops.all(), "jobs": run_jobs}.items()
    ]
    make_room(len(threads) - 1)
    # A server process that starts beside us may still be migrating.
    while not stop.is_set() and not preparation.is_current():
        stop.wait(0.3)
    for thread in threads:
        thread.start()
    _beat(threads, stop, failed)
    if any(thread.is_alive() for thread in threads):
        # They hang on a database that is gone or on a job that does not end; nothing that is not committed is lost.
        logging.shutdown()
        os._exit(1)
    return 1 if failed.is_set() else 0


def make_room(loops: int) -> None:
    """Let the pool hold a connection for every loop, for each job beside others, and for whoever looks after them: a
    loop keeps its own, and one that gets none waits for ever. To be called before the first connection is made."""
    connections["default"].settings_dict["OPTIONS"]["pool"]["max_size"] = loops + JOBS_AT_ONCE + 1


def run_jobs(stop: threading.Event) -> None:
    """Carry out deferred jobs; the ones that run are finished before it returns."""
    asyncio.run(_jobs(stop))


async def _jobs(stop: threading.Event) -> None:
    connector = cast(DjangoConnector, jobs.connector).get_worker_connector()
    worker_app = jobs.with_connector(connector)
    async with worker_app.open_async():
        working = asyncio.create_task(
            worker_app.run_worker_async(
                concurrency=JOBS_AT_ONCE, install_signal_handlers=False, shutdown_graceful_timeout=FINISH_SECONDS - 5
            )
        )
        both = {working, asyncio.create_task(_inherit(worker_app))}
        while not stop.is_set() and not any(each.done() for each in both):
            await asyncio.wait(both, timeout=0.3, return_when=asyncio.FIRST_COMPLETED)
        for each in both:
            each.cancel()
        for ended in await asyncio.gather(*both, return_exceptions=True):
            if isinstance(ended, Exception) and not stop.is_set():
                raise ended


async def _inherit(app: App) -> None:
    while True:
        await take_up(app)
        await asyncio.sleep(SILENT_SECONDS)


async def take_up(app: App, *, silent: float = SILENT_SECONDS) -> None:
    """Put back the jobs over which a worker died: Procrastinate forgets the worker and leaves the job undone."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        with suppress(ConnectorException):  # another worker was first
            await app.job_manager.retry_job(job)


def _guard(name: str, act: Loop, stop: threading.Event, failed: threading.Event) -> None:
    try:
        act(stop)
        if not stop.is_set():
            raise RuntimeError("it returned before it was told to")
    except Exception:
        log.exception("The loop %s failed", name)
        failed.set()
    finally:
        stop.set()
        connections.close_all()


def _beat(threads: list[threading.Thread], stop: threading.Event, failed: threading.Event) -> None:
    """Hold the lock that shows that we live and keep talking on its connection, until the last loop has finished."""
    try:
        with psycopg.connect(**parameters(), autocommit=True) as beat:
            beat.execute("SELECT pg_advisory_lock_shared(%s)", [WORKER_LOCK])
            while not stop.wait(BEAT_SECONDS):
                beat.execute("SELECT 1")
            patience = time.monotonic() + FINISH_SECONDS
            while any(thread.is_alive() for thread in threads) and time.monotonic() < patience:
                beat.execute("SELECT 1")
                time.sleep(0.1)
    except psycopg.Error as lost:
        log.warning("The database is gone: %s", str(lost).strip())
        failed.set()
        stop.set()
