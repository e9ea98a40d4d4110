"""A report or a backup keeps a snapshot open for long: nobody is woken late for it, or never, and claims stay short."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import claiming, floors, worker
from potok.processes.floors import BOTTOM, FIRST
from potok.processes.models import Definition, Instance, Ready, Standing, Timer
from potok.processes.operations import assignments
from potok.processes.starts import Start, begin
from tests.company import Company
from tests.processes.conftest import Publish, _lived_again, company, publish  # noqa: F401 (fixtures)

DEAD = 50_000
SLEEPS = "definition: sleeps\ntitle: Sleeps\ndo:\n  - pause: {for: 2 hours}\n"
ASKS = "definition: asks\ntitle: Asks\ndo:\n  - {block: approve, with: {to: [user_%d], title: Pay}}\n"
# Served and gone, as of a busy day: readies and timers of the last hours, answers of all of it.
SERVED = (
    """INSERT INTO processes_ready (instance_id, due, attempts)
        SELECT %s, potok_now() - n * interval '0.5 second', 0 FROM generate_series(10, %s) n""",
    """INSERT INTO processes_timer (instance_id, token, due)
        SELECT %s, n, potok_now() - n * interval '0.5 second' FROM generate_series(10, %s) n""",
    """INSERT INTO processes_inbox (instance_id, kind, token, payload)
        SELECT %s, 'happened', 0, '{}' FROM generate_series(10, %s)""",
)
GONE = [f"DELETE FROM processes_{queue} WHERE instance_id = %s" for queue in ("ready", "timer", "inbox")]


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims begin at the floors, as in a worker that serves on."""
    now = floors.Floors(are_kept=True)
    for kept in (claiming, floors):
        monkeypatch.setattr(kept, "FLOORS", now)


@contextmanager
def pinned() -> Iterator[None]:
    """Somebody has begun a long report."""
    words = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        words.pop(name, None)
    with psycopg.connect(**words) as raw:
        raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        raw.execute("SELECT count(*) FROM processes_ready")
        yield
        raw.rollback()


def started(definition: Definition, *, count: int = 1) -> list[int]:
    with opened(None, door="command") as call:
        return begin([Start(definition.pk, definition.version_id or 0, call.at) for _ in range(count)])


def wear_out(instance: int) -> None:
    """Leave behind what a busy day leaves."""
    with connection.cursor() as cursor:
        for filled, emptied in zip(SERVED, GONE, strict=True):
            cursor.execute(filled, [instance, DEAD])
            cursor.execute(emptied, [instance])


def walked(above: tuple[Any, Any, Any]) -> int:
    """Over how many pages a claim goes that begins there."""
    ready, timer, inbox = above
    statement = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + claiming.CLAIM_DUE.replace("%b", "%s")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [ready, 50, 200, timer, 200, inbox, 200, 200])
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


def test_a_claim_does_not_walk_over_what_was_served_while_a_snapshot_is_kept_open(
    company: Company,  # noqa: F811
    publish: Publish,  # noqa: F811
) -> None:
    ids = started(publish(SLEEPS), count=2)
    worker.run_until_idle()
    with pinned():
        wear_out(ids[0])
        worker.batch()
        assert walked(floors.FLOORS.now()) * 10 < walked((BOTTOM, BOTTOM, FIRST))


def test_nobody_is_woken_late_or_never_while_a_snapshot_is_kept_open(company: Company, publish: Publish) -> None:  # noqa: F811
    sleeps, asks = publish(SLEEPS), publish(ASKS % company.bob.pk)
    worn, *asleep = started(sleeps, count=4)
    [asked] = started(asks)
    worker.run_until_idle()
    with pinned():
        wear_out(worn)
        worker.batch()
        clock.wind(timedelta(hours=2))
        late = started(sleeps)
        assert worker.batch() == 4
        with opened(company.bob.pk, door="screen") as call:
            assignments.complete(call, assignment=asked_of(asked), answer="approved")
        worker.batch()
        done = Instance.objects.filter(pk__in=[*asleep, asked])
        assert set(done.values_list("status", flat=True)) == {Standing.COMPLETED}
        assert Timer.objects.get().instance_id == late[0]


def asked_of(instance: int) -> Any:
    return Instance.objects.get(pk=instance).assignments.get()


@pytest.mark.parametrize("how", ["committed late", "clock set back"])
def test_what_comes_below_the_floor_is_found_within_seconds(
    how: str,
    company: Company,  # noqa: F811
    publish: Publish,  # noqa: F811
) -> None:
    definition = publish(SLEEPS)
    worker.batch()
    if how == "clock set back":
        clock.wind(timedelta(hours=-1))
    started(definition)
    if how == "committed late":
        Ready.objects.update(due=clock.now() - timedelta(hours=1))
    worker.batch()
    floors.FLOORS.look_at -= floors.LOOK_SECONDS_MAX
    worker.batch()
    assert Timer.objects.count() == 1
