"""How fast steps go as ever more instances are ready: from a thousand to a million in the queue. The instances are made
in the database, as many starts would leave them; each measurement lasts some seconds and then forgets the rest."""

import time
from pathlib import Path

from django.db import connection

from bench.ours import house, scenarios
from potok.processes import worker

SECONDS = 15
MAKE = """WITH made AS (
    INSERT INTO processes_instance (definition_id, version_id, record_type, cause, depth, status, state, status_text,
        lines, started_at)
    SELECT %s, %s, '', '{}', 0, 0, '', '', 0, potok_now() FROM generate_series(1, %s) RETURNING id),
    kept AS (INSERT INTO processes_variables (instance_id, data) SELECT id, '{}' FROM made)
    INSERT INTO processes_ready (instance_id, due, attempts) SELECT id, potok_now(), 0 FROM made"""
FORGET = "TRUNCATE processes_ready, processes_visit, processes_variables, processes_instance CASCADE"


def measure(answers: Path, *, most: int) -> None:
    """Write a line for each number of instances: name, steps a second, unit, the rate at the smallest number, note."""
    version = scenarios.Scenario("ten_steps", True, house.furnish()).publish()
    worker.settle_in()
    _rate(version.definition, version.id, 500)
    lines: list[tuple[object, ...]] = []
    count = 1_000
    while count <= most:
        rate, took = _rate(version.definition, version.id, count)
        first = lines[0][1] if lines else rate
        lines.append((f"ten steps, {count:,} ready", rate, "steps/s", first, f"of {took:.0f} s, each step durable"))
        count *= 10
    answers.write_text("\n".join("\t".join(map(str, line)) for line in lines))


def _rate(definition: int, version: int, count: int) -> tuple[float, float]:
    with connection.cursor() as cursor:
        cursor.execute(MAKE, [definition, version, count])
        cursor.execute("ANALYZE processes_ready, processes_instance, processes_variables")
    pace, begun = worker.Pace(), time.perf_counter()
    steps = 0
    while time.perf_counter() - begun < SECONDS:
        done = worker.serve(pace)
        if not done:
            break
        steps += done
    took = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
    # Ten save points take eleven batches of an instance.
    return steps * 10 / 11 / took, took
