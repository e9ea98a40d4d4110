"""What may befall a server: a disk without room, a clock that is set, a worker that dies among others."""

import os
import pwd
import signal
import subprocess
import time
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.processes import worker
from potok.processes.models import Definition, Instance, Journal, Ready, Standing, Timer, Variables
from potok.processes.operations import instances
from potok.processes.queries.entries import entries_of
from potok.processes.starts import Start, begin
from tests import replaying
from tests.company import Company
from tests.conftest import OWN_SERVER
from tests.processes.conftest import Publish, company, publish  # noqa: F401 (fixtures)

WORKS = """
definition: works
title: Works
variables: {n: {type: number, default: 0}, text: {type: text}}
do:
  - while: '{=Variable:n} < 10'
    do:
      - {block: status_text, save_point: true, with: {text: "{=Variable:n}"}}
      - set: {n: '={=Variable:n} + 1'}
"""
SLEEPS = "definition: sleeps\ntitle: Sleeps\ndo:\n  - pause: {for: 2 hours}\n"
TABLES = ("processes_instance", "processes_variables")
WORKERS, CROWD = 3, 150


def started(definition: Definition, *, count: int) -> list[int]:
    with opened(None, door="command") as call:
        return begin([Start(definition.pk, definition.version_id or 0, call.at) for _ in range(count)])


def test_of_several_workers_one_dies_and_nothing_is_lost_or_doubled(company: Company, publish: Publish) -> None:  # noqa: F811
    ids = started(publish(WORKS), count=CROWD)
    connections.close_all()
    children = [_worker() for _ in range(WORKERS)]
    _wait_for(lambda: Journal.objects.exists())
    os.kill(children[0], signal.SIGKILL)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [-signal.SIGKILL, 0, 0]
    # What the dead one held is free as soon as the server has noticed.
    _wait_for(lambda: worker.run_until_idle() or not Ready.objects.exists())
    assert set(Instance.objects.values_list("status", "status_text")) == {(Standing.COMPLETED, "9")}
    for id in ids:
        numbers = list(Journal.objects.filter(instance_id=id).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    replaying.check()


def _worker() -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            while Ready.objects.exists():
                worker.batch(limit=10)
            code = 0
        except BaseException:
            # The test that fails shows it.
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(code)
    return child


def _wait_for(what: object) -> None:
    until = time.monotonic() + 60
    while not what():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("jump", [-1, 1], ids=["back", "forth"])
def test_a_clock_that_jumps_an_hour_makes_nothing_early_and_nothing_twice(
    jump: int,
    company: Company,  # noqa: F811
    publish: Publish,  # noqa: F811
) -> None:
    started(publish(SLEEPS), count=3)
    worker.run_until_idle()
    due = Timer.objects.values_list("due", flat=True).first()
    assert due is not None
    clock.wind(timedelta(hours=jump))
    worker.run_until_idle()
    assert Timer.objects.count() == 3
    while clock.now() < due:
        assert Timer.objects.count() == 3
        clock.wind(timedelta(minutes=30))
        worker.run_until_idle()
    clock.wind(timedelta(hours=-1))
    worker.run_until_idle()
    clock.wind(timedelta(hours=1))
    worker.run_until_idle()
    assert set(Instance.objects.values_list("status", flat=True)) == {Standing.COMPLETED}
    woke = [entry.what for id in Instance.objects.values_list("pk", flat=True) for _, entry in entries_of(id)]
    assert woke.count("woke") == 3


@pytest.fixture
def small_disk(transactional_db: None, tmp_path: Path) -> Iterator[Path]:
    """The tables of instances lie on a disk of a few megabytes."""
    if os.geteuid() or (os.environ.get("DATABASE_URL") and OWN_SERVER not in os.environ):
        pytest.skip("needs root and the server of the tests, to mount a small disk for it")
    # The server's user can walk there.
    disk = Path("/dev/shm") / f"potok-small-{os.getpid()}"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], check=False).returncode:
        disk.rmdir()
        pytest.skip("needs the right to mount a small disk")
    os.chown(disk, pwd.getpwnam("nobody").pw_uid, -1)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} SET TABLESPACE small")
    yield disk
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} SET TABLESPACE pg_default")
        cursor.execute("DROP TABLESPACE small")
    subprocess.run(["umount", disk], check=True)
    disk.rmdir()


def test_a_full_disk_refuses_starts_lets_read_and_goes_on_when_there_is_room(
    small_disk: Path,
    company: Company,  # noqa: F811
    publish: Publish,  # noqa: F811
) -> None:
    definition = publish(WORKS.replace("title: Works", "title: Works\nstart: [manual]"))
    begun = started(definition, count=1)
    with pytest.raises(Refused, match=r"kit\.no_room"):
        while True:
            begun += started(definition, count=500)
    with pytest.raises(Refused, match="disk is full"):
        while True:
            with opened(company.ann.pk, door="screen") as call:
                begun.append(instances.start(call, definition=definition).pk)
    assert Instance.objects.count() == Variables.objects.count() == len(begun)
    with pytest.raises((DatabaseError, *worker.LOST)):
        worker.run_until_idle()
    subprocess.run(["mount", "-o", "remount,size=128m", small_disk], check=True)
    Instance.objects.filter(pk__in=begun[20:]).update(suspended_at=clock.now())
    worker.run_until_idle()
    assert set(Instance.objects.filter(pk__in=begun[:20]).values_list("status_text", flat=True)) == {"9"}
    with opened(company.ann.pk, door="screen") as call:
        instances.start(call, definition=definition)
