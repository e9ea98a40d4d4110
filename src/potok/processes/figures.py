"""How long steps hold instances, in working time, and where instances stand now: reckoned from visits and tallies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from potok.engine.graph import Kind
from potok.engine.graph.difference import does
from potok.engine.graph.matching import matched
from potok.engine.time import NoWorkingTime, WorkingTime
from potok.kit import clock, sets
from potok.people import public as people
from potok.processes import published
from potok.processes.models import Definition, Version

SHARE_MAX = 2_000
TOLD = frozenset({Kind.BLOCK, Kind.PAUSE, Kind.WAIT, Kind.CALL})
ENDED = """SELECT instance_id, token, begun_at, ended_at FROM processes_visit
    WHERE ended_at IS NOT NULL AND worked_seconds IS NULL ORDER BY ended_at LIMIT %b::int FOR UPDATE SKIP LOCKED"""
WORKED = """UPDATE processes_visit v SET worked_seconds = t.worked
    FROM unnest(%b::bigint[], %b::int[], %b::int[]) t(instance_id, token, worked)
    WHERE v.instance_id = t.instance_id AND v.token = t.token"""
ADD_UP = """WITH gone AS (DELETE FROM processes_tally WHERE day < %b::date RETURNING version_id, node, day, passed)
    INSERT INTO processes_tally (version_id, node, day, passed)
    SELECT version_id, node, day, sum(passed) FROM gone GROUP BY 1, 2, 3"""
# Steps of earlier versions count for the steps that they are now; what is gone counts for none.
HELD = """SELECT m.now, count(*), min(v.begun_at) FROM processes_visit v
    JOIN unnest(%b::bigint[], %b::int[], %b::int[]) m(version, node, now)
        ON v.version_id = m.version AND v.node = m.node
    WHERE v.ended_at IS NULL GROUP BY 1"""
LASTED = """SELECT m.now, count(*), percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY v.worked_seconds)
    FROM processes_visit v
    JOIN unnest(%b::bigint[], %b::int[], %b::int[]) m(version, node, now)
        ON v.version_id = m.version AND v.node = m.node
    WHERE v.worked_seconds IS NOT NULL AND v.ended_at >= %b::timestamptz GROUP BY 1"""
PASSED = """SELECT m.now, sum(t.passed)::bigint FROM processes_tally t
    JOIN unnest(%b::bigint[], %b::int[], %b::int[]) m(version, node, now)
        ON t.version_id = m.version AND t.node = m.node
    WHERE t.day >= %b::date GROUP BY 1"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One step: how often it was passed, how many stand there now and since when the first; the median and the ninth
    decile of the working time for which it held those that went on."""

    name: str
    title: str
    kind: str
    block: str
    passed: int = 0
    here: int = 0
    since: datetime | None = None
    lasted: int = 0
    median: timedelta | None = None
    ninth: timedelta | None = None


def of(definition: Definition, *, days: int = 90) -> list[Figure]:
    """The figures of a definition's steps in their order, over so many days; all versions count."""
    if definition.version_id is None:
        return []
    current = published.version(definition.version_id)
    since = clock.now() - timedelta(days=days)
    pairs = _pairs(definition, current)
    held = {now: (count, begun) for now, count, begun in sets.execute(HELD, pairs)}
    lasted = {now: (count, marks) for now, count, marks in sets.execute(LASTED, (), *_columns(pairs), since)}
    passed = dict(sets.execute(PASSED, (), *_columns(pairs), since.date()))
    nodes = [node for node, kind in enumerate(current.graph.kinds) if kind in TOLD or node in held]
    return [_figure(current, node, held, lasted, passed) for node in nodes]


def reckon(*, limit: int = SHARE_MAX) -> int:
    """Work out for how much working time steps held what went on lately; answers how many there were."""
    rows = list(sets.execute(ENDED, (), limit))
    if rows:
        hours = people.working_time()
        sets.execute(
            WORKED, [(instance, token, _worked(hours, begun, ended)) for instance, token, begun, ended in rows]
        )
    return len(rows)


def add_up() -> None:
    """Make one tally of those of each day that is over."""
    sets.execute(ADD_UP, (), clock.now().date())


def _worked(hours: WorkingTime, begun: datetime, ended: datetime) -> int:
    try:
        return min(hours.between(begun, ended), 2**31 - 1)
    except NoWorkingTime:
        return 0


def _pairs(definition: Definition, current: published.Published) -> list[tuple[int, int, int]]:
    """For every version its nodes, with those that they are in the current one."""
    found: list[tuple[int, int, int]] = []
    for version in Version.objects.filter(definition=definition).values_list("pk", flat=True):
        pairs = matched(published.version(version).graph, current.graph)
        found += [(version, node, now) for node, now in pairs.items()]
    return found


def _columns(pairs: Iterable[tuple[int, int, int]]) -> list[list[int]]:
    return [list(column) for column in zip(*pairs, strict=True)]


def _figure(
    version: published.Published,
    node: int,
    held: Mapping[int, tuple[int, datetime]],
    lasted: Mapping[int, tuple[int, list[int]]],
    passed: Mapping[int, int],
) -> Figure:
    here, since = held.get(node, (0, None))
    count, marks = lasted.get(node, (0, None))
    median, ninth = (timedelta(seconds=mark) for mark in marks) if marks else (None, None)
    graph = version.graph
    return Figure(
        graph.names[node],
        version.title_of(node),
        str(graph.kinds[node]),
        does(graph.payloads[node]),
        passed.get(node, 0),
        here,
        since,
        count,
        median,
        ninth,
    )
