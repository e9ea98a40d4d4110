"""How a worker takes instances: the lock of the instance's row is the only one, and nobody waits for it.

Queue rows are not locked: whoever holds the instance is the only one to remove its rows, so he may read them all, in
their order. Instances of one record are taken one at a time: within one transaction no isolation keeps two lives from
seeing each other's half-done changes (engine.md §4).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from potok.kit import sets
from potok.processes.turn import INBOX, READY, TIMER, Claimed, Wake

# FOR NO KEY UPDATE: rows that name an instance are added meanwhile, and their foreign key must not wait.
SERVED = "AND i.suspended_at IS NULL AND i.ended_at IS NULL"
LOCK = "LIMIT %b FOR NO KEY UPDATE OF i SKIP LOCKED"
WHICH = "SELECT i.id, i.record_type, i.record_id FROM processes_instance i"
FROM_READY = f"""{WHICH} JOIN processes_ready q ON i.id = q.instance_id
    WHERE q.due <= (SELECT potok_now()) {SERVED} ORDER BY q.due, q.id {LOCK}"""
FROM_TIMER = f"""{WHICH} JOIN processes_timer q ON i.id = q.instance_id
    WHERE q.due <= (SELECT potok_now()) {SERVED} ORDER BY q.due {LOCK}"""
FROM_INBOX = f"{WHICH} JOIN processes_inbox q ON i.id = q.instance_id WHERE TRUE {SERVED} ORDER BY q.id {LOCK}"
NAMED = f"{WHICH} WHERE i.id = ANY(%b::bigint[]) {SERVED} {LOCK}"

INSTANCES = """SELECT i.id, i.definition_id, i.version_id, i.record_type, i.record_id, i.initiator_id, i.depth,
        i.parent_id, i.parent_token, i.state, i.lines, coalesce(v.data, ''), potok_now()
    FROM processes_instance i LEFT JOIN processes_variables v ON v.instance_id = i.id WHERE i.id = ANY(%b::bigint[])"""
READY_ROWS = """SELECT instance_id, id, attempts FROM processes_ready
    WHERE instance_id = ANY(%b::bigint[]) AND due <= (SELECT potok_now()) ORDER BY due, id"""
TIMER_ROWS = """SELECT instance_id, token FROM processes_timer
    WHERE instance_id = ANY(%b::bigint[]) AND due <= (SELECT potok_now()) ORDER BY due, token"""
INBOX_ROWS = """SELECT instance_id, id, kind, token, payload FROM processes_inbox
    WHERE instance_id = ANY(%b::bigint[]) ORDER BY id"""
# What has been due for long is suspended, or another worker has it in hand: to look again at once would be to spin.
REST = """SELECT extract(epoch FROM least(
        (SELECT min(due) FROM processes_ready WHERE due > (SELECT potok_now()) - interval '1 second'),
        (SELECT min(due) FROM processes_timer WHERE due > (SELECT potok_now()) - interval '1 second')
    ) - potok_now())::float8"""


def claim(*, limit: int, only: Sequence[int] = ()) -> list[Claimed]:
    """Lock up to `limit` instances that have something to do; with `only`, those of them that are free."""
    # Django's foreign keys would speak at COMMIT, for the whole batch and without a name.
    connection.ensure_connection()
    with connection.connection.pipeline():
        sets.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if only:
            found = [sets.execute(NAMED, (), list(only), limit)]
        else:
            found = [sets.execute(each, (), limit) for each in (FROM_READY, FROM_TIMER, FROM_INBOX)]
    chosen = one_of_each_record((row for cursor in found for row in cursor), limit=limit)
    return _load(chosen) if chosen else []


def one_of_each_record(rows: Iterable[Sequence[Any]], *, limit: int) -> list[int]:
    """Choose among instances (id, type and id of the record) so that no two are of one record."""
    chosen: dict[int, None] = {}
    records: dict[tuple[str, int], int] = {}
    for id, record_type, record_id in rows:
        if record_id is not None and records.setdefault((record_type, record_id), id) != id:
            continue
        chosen[id] = None
    return list(chosen)[:limit]


def _load(ids: list[int]) -> list[Claimed]:
    with connection.connection.pipeline():
        instances, ready, timers, inbox = (
            sets.execute(each, (), ids) for each in (INSTANCES, READY_ROWS, TIMER_ROWS, INBOX_ROWS)
        )
    claimed = {row[0]: Claimed(*row) for row in instances}
    for id, wakes in wakes_of(ready, timers, inbox).items():
        claimed[id].wakes = wakes
    # One that another worker has served between our two statements has nothing left to do.
    return [claimed[id] for id in ids if claimed[id].wakes]


def wakes_of(ready: Iterable[Any], timers: Iterable[Any], inbox: Iterable[Any]) -> dict[int, list[Wake]]:
    """Put the rows of the queues, each in its order, into the order in which instances are told of them."""
    found: dict[int, list[Wake]] = defaultdict(list)
    for instance, row, attempts in ready:
        found[instance].append(Wake(READY, row=row, attempts=attempts))
    # What was done counts before what became due: a date that was moved meanwhile must not fire by its old one.
    for instance, row, kind, token, payload in inbox:
        found[instance].append(Wake(INBOX, row=row, token=token, kind=kind, payload=payload))
    for instance, token in timers:
        found[instance].append(Wake(TIMER, token=token))
    return found


def rest(*, at_most: float) -> float:
    """Answer for how many seconds nothing falls due."""
    with connection.cursor() as cursor:
        cursor.execute(REST)
        seconds: float | None = cursor.fetchone()[0]
    return at_most if seconds is None else min(at_most, max(seconds, 0.01))
