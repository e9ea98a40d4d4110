"""A million instances that sleep: what they weigh, what an empty look costs, how late they wake, and what they cost
those that are awake. The sleepers are copies of one real one, made in the database."""

import resource
import statistics
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection

from bench.ours import house, scenarios
from potok.kit import clock
from potok.processes import claiming, published, worker
from potok.processes.models import Instance, Timer
from potok.processes.postgres import POSTGRES

SLEEP = """definition: bench-sleep
title: Bench
variables:
  x: {type: number}
do:
  - set: {x: 1}
  - pause: {for: 30 days}
  - set: {x: 2}
"""
TABLES = ("processes_instance", "processes_variables", "processes_timer", "processes_visit")
WAKING, AWAKE, LOOKS = 2_000, 2_000, 500
COPY = (
    """INSERT INTO processes_instance (id, definition_id, version_id, record_type, cause, depth, status, state,
        status_text, lines, started_at)
    SELECT nextval(pg_get_serial_sequence('processes_instance', 'id')), definition_id, version_id, record_type, cause,
        depth, status, state, status_text, lines, started_at
    FROM processes_instance, generate_series(1, %s) WHERE id = %s""",
    """INSERT INTO processes_variables (instance_id, data) SELECT i.id, v.data
    FROM processes_instance i, processes_variables v WHERE v.instance_id = %s AND i.id > v.instance_id""",
    """INSERT INTO processes_timer (instance_id, token, due) SELECT i.id, t.token,
        t.due + random() * interval '300 days'
    FROM processes_instance i, processes_timer t WHERE t.instance_id = %s AND i.id > t.instance_id""",
    """INSERT INTO processes_visit (instance_id, token, version_id, node, begun_at)
    SELECT i.id, v.token, v.version_id, v.node, v.begun_at
    FROM processes_instance i, processes_visit v WHERE v.instance_id = %s AND i.id > v.instance_id""",
)


def measure(answers: Path, *, count: int) -> None:
    """Write a line for each figure: name, value, unit, bar, note."""
    person = house.furnish()
    worker.settle_in()
    awake = scenarios.Scenario("ten_steps", True, person).publish()
    empty = _steps(awake, person)
    before = _weight()
    _fall_asleep(person, count)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    each = (_weight() - before) / count
    memory = _memory()
    looks = sorted(_timed(_look) for _ in range(LOOKS))
    full = _steps(awake, person)
    late = _wake(min(WAKING, count // 2))
    lines = [
        ("empty look for work", 1000 * statistics.median(looks), "ms", 1.0, f"median of {LOOKS}"),
        ("bytes of a sleeper", each, "bytes", 600, "tables and indexes, after VACUUM"),
        ("stepping beside sleepers", 100 * full / empty, "%", 90, f"{full:,.0f} steps/s beside {empty:,.0f} alone"),
        ("waking, p99 late", late, "s", 1.0, f"{min(WAKING, count // 2):,} fall due within ten seconds"),
        ("worker's memory beside sleepers", _memory() - memory, "MiB more", 10, f"{memory:.0f} MiB before"),
    ]
    answers.write_text("\n".join("\t".join(map(str, line)) for line in lines))


def _steps(version: published.Published, person: int) -> float:
    """Steps a second of instances that are awake; the best of three, for a lonely disturbance is not ours."""
    return max(_once(version, person) for _ in range(3))


def _once(version: published.Published, person: int) -> float:
    begun = time.perf_counter()
    for start in range(0, AWAKE, 200):
        scenarios.start(version, [None] * min(200, AWAKE - start), person=person)
    while worker.batch():
        pass
    return 10 * AWAKE / (time.perf_counter() - begun)


def _fall_asleep(person: int, count: int) -> None:
    from potok.kit.doors import opened
    from potok.processes.operations import definitions

    with opened(person, door="command") as call:
        version = published.version(definitions.publish(call, source=SLEEP).pk)
    (first,) = scenarios.start(version, [None], person=person)
    while worker.batch():
        pass
    with connection.cursor() as cursor:
        cursor.execute(COPY[0], [count - 1, first])
        for statement in COPY[1:]:
            cursor.execute(statement, [first])


def _look() -> None:
    with POSTGRES.transaction():
        assert not POSTGRES.claim(limit=200)


def _wake(count: int) -> float:
    """Let so many fall due within ten seconds, and serve; says how late the ninety-ninth of a hundred went on."""
    # All sleep until the same moment at the earliest, whatever their timers say: the clock is wound to just before it.
    ids = list(Timer.objects.order_by("due").values_list("instance_id", flat=True)[:count])
    first = Timer.objects.order_by("due").values_list("due", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE processes_timer SET due = %s + random() * interval '10 seconds'
            WHERE instance_id = ANY(%s::bigint[])""",
            [first, ids],
        )
    clock.wind(first - clock.now() - timedelta(seconds=1))
    due = dict(Timer.objects.filter(instance_id__in=ids).values_list("instance_id", "due"))
    until = clock.now() + timedelta(seconds=14)
    while clock.now() < until:
        if not worker.batch():
            time.sleep(claiming.rest(at_most=0.25))
    ended = dict(Instance.objects.filter(pk__in=ids).values_list("pk", "ended_at"))
    late = sorted((at - due[id]).total_seconds() for id, at in ended.items() if at is not None)
    assert len(late) == count, "some did not wake"
    return late[int(count * 0.99)]


def _weight() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) name", [list(TABLES)]
        )
        return int(cursor.fetchone()[0])


def _timed(act) -> float:  # type: ignore[no-untyped-def]
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
