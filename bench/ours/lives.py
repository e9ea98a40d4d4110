"""What analysts and administrators ask of many instances at once: the figures of the steps over 100,000 of them, and
10,000 rehearsed for another version, moved, and moved back."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from bench.ours import house
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.processes import figures, published, starting, worker
from potok.processes.models import Definition, Migrant, Migration
from potok.processes.operations import definitions, migrations

STEPS, LOOKS, MIGRANTS_SHARE = 8, 20, 10
HEAD = "definition: bench-lives\ntitle: Bench\ndo:\n"
REST = "  - {id: rest%d, title: Rest %d, pause: {for: 30 days}}\n"
# Each has gone through all steps but the last, in which it rests; a day passes for each.
VISITS = """INSERT INTO processes_visit (instance_id, token, version_id, node, begun_at, ended_at, worked_seconds)
    SELECT -i, s.place, %s, s.node,
        potok_now() - interval '1 day' * (s.last - s.place + 1) - interval '1 second' * (i %% 9999),
        CASE WHEN s.place < s.last THEN potok_now() - interval '1 day' * (s.last - s.place) END,
        CASE WHEN s.place < s.last THEN 1000 + (i * s.place) %% 80000 END
    FROM generate_series(1, %s) i, unnest(%s::int[], %s::int[]) s0(place, node),
        LATERAL (SELECT s0.place, s0.node, %s AS last) s"""
TALLIES = """INSERT INTO processes_tally (version_id, node, day, passed)
    SELECT %s, n, (potok_now() - interval '1 day' * d)::date, 200 FROM unnest(%s::int[]) n, generate_series(0, 89) d,
        generate_series(1, 5)"""


def measure(answers: Path, *, count: int) -> None:
    """Write a line for each figure: name, value, unit, bar, note."""
    person = house.furnish()
    worker.settle_in()
    lines = [_figures(person, count), *_moved(person, count // MIGRANTS_SHARE)]
    answers.write_text("\n".join("\t".join(map(str, line)) for line in lines))


def _figures(person: int, count: int) -> tuple[object, ...]:
    version = _publish(person, "".join(REST % (number, number) for number in range(STEPS)))
    nodes = [version.graph.names.index(f"rest{number}") for number in range(STEPS)]
    with connection.cursor() as cursor:
        cursor.execute(VISITS, [version.id, count, list(range(1, STEPS + 1)), nodes, STEPS])
        cursor.execute(TALLIES, [version.id, nodes])
        cursor.execute("VACUUM ANALYZE processes_visit, processes_tally")
    definition = Definition.objects.get(pk=version.definition)
    took = statistics.median(_timed(lambda: figures.of(definition)) for _ in range(LOOKS))
    note = f"{count:,} instances, {STEPS} steps each; median of {LOOKS}"
    return ("lives: figures of the steps", 1000 * took, "ms", 1000, note)


def _moved(person: int, count: int) -> list[tuple[object, ...]]:
    """Started, then rehearsed, moved and moved back: rows a second, held against nothing but a minute for all."""
    version = _publish(person, REST % (0, 0) + REST % (1, 1))
    with opened(person, door="rest") as call:
        starting.start([starting.Wanted(call, version, None, {"on": "manual"}, initiator=person) for _ in range(count)])
    pace = worker.Pace()
    while worker.serve(pace):
        pass
    _publish(person, REST % (7, 7) + REST % (0, 0) + REST % (1, 1) + REST % (2, 2))
    definition = Definition.objects.get(pk=version.definition)
    newest = published.version(definition.version_id or 0).number
    old = newest - 1
    found: list[tuple[object, ...]] = []
    trying, moving, undoing = (
        lambda call: migrations.rehearse(call, definition=definition, old=old, new=newest),
        lambda call: migrations.start(call, definition=definition, old=old, new=newest),
        lambda call: migrations.undo(call, migration=Migration.objects.latest("id")),
    )
    for word, begin in (("rehearsed", trying), ("moved", moving), ("moved back", undoing)):
        begun = time.perf_counter()
        _carried(person, begin)
        took = time.perf_counter() - begun
        note = f"{count:,} instances between versions with steps added; in the background, in batches"
        found.append((f"lives: {word}", count / took, "rows/s", count / 60, note))
    assert Migrant.objects.filter(outcome=Migrant.MOVED).count() >= count
    return found


def _carried(person: int, begin: Callable[[Call], object]) -> None:
    with opened(person, door="screen") as call:
        begin(call)
    while migrations.carry_on():
        pass


def _publish(person: int, steps: str) -> published.Published:
    with opened(person, door="command") as call:
        return published.version(definitions.publish(call, source=HEAD + steps).pk)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
