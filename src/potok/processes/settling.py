"""What becomes of instances that wait for their turn, decided under the lock of their record."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from potok.engine.graph import Again
from potok.engine.values import RecordRef
from potok.kit import sets
from potok.kit.events import touch
from potok.processes import acts, outside, published, wakes, waking
from potok.processes.models import Standing, StartLog
from potok.processes.queueing import Place

DUE = """SELECT l.id, i.version_id, i.definition_id, i.record_type, i.record_id
    FROM processes_startline l JOIN processes_instance i ON i.id = l.instance_id
    WHERE l.list_id IS NULL AND l.due <= (SELECT potok_now()) ORDER BY l.due, l.id LIMIT %b
    FOR UPDATE OF l SKIP LOCKED"""
DONE = "DELETE FROM processes_startline WHERE id = ANY(%b::bigint[])"
LATER = "UPDATE processes_startline SET due = (SELECT potok_now()) + %b::interval WHERE id = ANY(%b::bigint[])"
LIVE = """SELECT e.definition, e.type, e.record, i.id, i.status
    FROM unnest(%b::bigint[], %b::text[], %b::bigint[]) e(definition, type, record)
    CROSS JOIN LATERAL (SELECT i.id, i.status, i.ended_at FROM processes_instance i WHERE i.record_type = e.type
        AND i.record_id = e.record AND i.definition_id = e.definition OFFSET 0) i
    WHERE i.ended_at IS NULL ORDER BY i.id"""
BEGIN = """UPDATE processes_instance SET status = 0 WHERE id = ANY(%b::bigint[]) AND status = 5 AND ended_at IS NULL"""
DROP = """UPDATE processes_instance SET status = 4, ended_at = (SELECT potok_now())
    WHERE id = ANY(%b::bigint[]) AND status = 5 AND ended_at IS NULL"""
READY = """INSERT INTO processes_ready (instance_id, due, attempts)
    SELECT d.id, (SELECT potok_now()), 0 FROM unnest(%b::bigint[]) d(id)"""
TOLD = (
    """UPDATE processes_startlog l SET outcome = %b WHERE l.instance_id = ANY(%b::bigint[]) AND l.outcome = 'queued'"""
)
NEXT = "SELECT min(due) FROM processes_startline WHERE due IS NOT NULL"
BATCH = 100


def serve(limit: int = BATCH) -> int:
    """Look at places whose turn may have come; answers how many."""
    rows = sets.execute(DUE, (), limit).fetchall()
    if not rows:
        return 0
    wanted = {RecordRef(type, id) for *_, type, id in rows}
    held = outside.hold(wanted)
    # Nobody starts anything on what is not there any more.
    busy = outside.existing(wanted - held)
    if busy:
        pause = timedelta(seconds=random.uniform(0.05, 0.3))  # noqa: S311
        sets.execute(LATER, (), pause, [row[0] for row in rows if RecordRef(row[3], row[4]) in busy])
    mine = [row for row in rows if RecordRef(row[3], row[4]) not in busy]
    if mine:
        sets.execute(DONE, (), [row[0] for row in mine])
        _settle({(definition, type, id): version for _, version, definition, type, id in mine})
    return len(rows)


def next_due() -> datetime | None:
    """The moment of the next line, of a list or not."""
    moment: datetime | None = sets.execute(NEXT).fetchall()[0][0]
    return moment


def _settle(places: Mapping[Place, int]) -> None:
    begun: list[int] = []
    dropped: list[int] = []
    ended: list[int] = []
    for place, (running, queued) in _live(sorted(places)).items():
        rule = published.version(places[place]).header.again
        first, out, over = decide(rule, running=running, queued=queued)
        begun, dropped, ended = begun + first, dropped + out, ended + over
    acts.post([(id, wakes.TERMINATED, 0, wakes.payload({"reason": ""})) for id in ended])
    _begin(begun)
    if dropped:
        sets.execute(DROP, (), dropped)
        sets.execute(TOLD, (), StartLog.SKIPPED, dropped)
    for id in (*begun, *dropped):
        touch("instance", id)


def decide(rule: Again, *, running: Sequence[int], queued: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Say which of those that wait begin, which never will, and which of the running ones end; all in their order."""
    first, others = list(queued[:1]), list(queued[1:])
    match rule:
        case Again.BESIDE:
            return list(queued), [], []
        case Again.AFTER:
            return ([] if running else first), [], []
        case Again.INSTEAD:
            return list(queued[-1:]), list(queued[:-1]), list(running) if queued else []
        case Again.SKIP:
            return ([], list(queued), []) if running else (first, others, [])


def _live(places: Iterable[Place]) -> dict[Place, tuple[list[int], list[int]]]:
    found: dict[Place, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for definition, type, record, id, status in sets.execute(LIVE, list(places)):
        found[definition, type, record][status == Standing.QUEUED].append(id)
    return found


def _begin(instances: Sequence[int]) -> None:
    if instances:
        sets.execute(BEGIN, (), list(instances))
        sets.execute(READY, (), list(instances))
        sets.execute(TOLD, (), StartLog.STARTED, list(instances))
        waking.after_commit()
