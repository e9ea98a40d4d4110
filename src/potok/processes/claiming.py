"""How a worker takes instances: the lock of the instance's row is the only one, and nobody waits for it.

Queue rows are not locked: whoever holds the instance is the only one to remove its rows, so he may read them all, in
their order. Instances of one record are taken one at a time: within one transaction no isolation keeps two lives from
seeing each other's half-done changes (engine.md §4).
"""

# ruff: noqa: S608 (statements are put together of texts of this module; values go as parameters)
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from potok.engine import values
from potok.kit import sets
from potok.processes.floors import FLOORS, Lowest
from potok.processes.turn import INBOX, READY, TIMER, Claimed, Wake

# FOR NO KEY UPDATE: rows that name an instance are added meanwhile, and their foreign key must not wait.
SERVED = "AND i.suspended_at IS NULL AND i.ended_at IS NULL"
LOCK = "LIMIT %b FOR NO KEY UPDATE OF i SKIP LOCKED"
WHICH = "SELECT i.id, i.record_type, i.record_id FROM processes_instance i"
NOW = "(SELECT potok_now())"
# Row by row along a queue, in its order, until there are enough: left to choose, the planner walks through all that
# live, because the queue was empty when it was last counted.
LOCKED = f"{WHICH} WHERE i.id = q.instance_id {SERVED} FOR NO KEY UPDATE OF i SKIP LOCKED"
FAR = 10_000
# Of what is ready, no definition gets more than its share of a batch while others wait. Who else is ready is looked for
# among those who wait longest, and where they are a crowd, among those who came last: a crowd has no others behind it
# for long.
CANDIDATES, LATEST = 400, 100
SHARES = 4
SERVED_READY = f"""SELECT q.instance_id, q.due, q.id, i.definition_id FROM processes_ready q
    CROSS JOIN LATERAL (SELECT i.definition_id FROM processes_instance i
        WHERE i.id = q.instance_id {SERVED} OFFSET 0) i WHERE q.due <= {NOW}"""
READY_FAIRLY = f"""longest AS MATERIALIZED ({SERVED_READY} AND q.due >= %b::timestamptz
        ORDER BY q.due, q.id LIMIT {CANDIDATES}),
    latest AS MATERIALIZED ({SERVED_READY}
        AND q.due > (SELECT max(due) FROM longest HAVING count(*) = {CANDIDATES})
        ORDER BY q.due DESC, q.id DESC LIMIT {LATEST}),
    ready AS (SELECT i.id, i.record_type, i.record_id FROM (
            SELECT instance_id, due, id,
                (row_number() OVER (PARTITION BY definition_id ORDER BY due, id) - 1) / %b::int AS share
            FROM (SELECT * FROM longest UNION ALL SELECT * FROM latest) c ORDER BY share, due, id) q
        CROSS JOIN LATERAL ({LOCKED}) i LIMIT %b)"""
QUEUES = f"""{READY_FAIRLY},
    timer AS (SELECT i.*, q.due AS place FROM (SELECT instance_id, due FROM processes_timer
            WHERE due <= {NOW} AND due >= %b::timestamptz ORDER BY due LIMIT {FAR}) q
        CROSS JOIN LATERAL ({LOCKED}) i LIMIT %b),
    inbox AS (SELECT i.*, q.id AS place FROM (SELECT instance_id, id FROM processes_inbox
            WHERE id >= %b::bigint ORDER BY id LIMIT {FAR}) q
        CROSS JOIN LATERAL ({LOCKED}) i LIMIT %b),
    found AS (SELECT id, record_type, record_id, row_number() OVER () AS turn, 1 AS queue FROM ready
        UNION ALL SELECT id, record_type, record_id, row_number() OVER (), 2 FROM timer
        UNION ALL SELECT id, record_type, record_id, row_number() OVER (), 3 FROM inbox)"""
LOWEST = """(SELECT min(due) FROM longest), (SELECT min(place) FROM timer),
    (SELECT coalesce((SELECT min(place) FROM inbox), last_value) FROM processes_inbox_id_seq), (SELECT potok_now())"""
NAMED = f"""named AS ({WHICH} WHERE i.id = ANY(%b::bigint[]) {SERVED} ORDER BY i.id {LOCK}),
    found AS (SELECT *, row_number() OVER () AS turn, 1 AS queue FROM named)"""
# The queues take turns: however many are ready, what is due and who was answered do not wait for the last of them.
# The ids stay in a setting of the transaction, so that what belongs to them comes in the same round trip, by statements
# that see what was committed before the lock was obtained.
CLAIM = """WITH %s,
    placed AS (SELECT id, row_number() OVER (ORDER BY turn, queue) AS place,
        CASE WHEN record_id IS NULL THEN id::text ELSE record_type || ' ' || record_id END AS one FROM found),
    chosen AS (SELECT DISTINCT ON (one) id, place FROM placed ORDER BY one, place)
    SELECT set_config('potok.claimed', coalesce((SELECT string_agg(id::text, ',' ORDER BY place)
        FROM (SELECT id, place FROM chosen ORDER BY place LIMIT %%b) c), ''), true)"""
CLAIM_DUE, CLAIM_NAMED = f"{CLAIM % QUEUES}, {LOWEST}", CLAIM % NAMED
# Worked out once a statement, not once a row.
IDS = "(SELECT string_to_array(nullif(current_setting('potok.claimed'), ''), ',')::bigint[])::bigint[]"

COLUMNS = """SELECT i.id, i.definition_id, i.version_id, i.record_type, i.record_id, i.initiator_id, i.depth,
        i.parent_id, i.parent_token, i.state, i.lines, coalesce(v.data, ''), potok_now()
    FROM processes_instance i LEFT JOIN processes_variables v ON v.instance_id = i.id"""
INSTANCES = f"{COLUMNS} WHERE i.id = ANY(%b::bigint[])"
CLAIMED = f"{COLUMNS} JOIN unnest({IDS}) WITH ORDINALITY c(id, place) ON c.id = i.id ORDER BY c.place"
# What is due is told apart behind the fence (OFFSET): the index over moments leads through everybody's rows.
ROWS_OF = f"""FROM unnest({IDS}) c(id)
    CROSS JOIN LATERAL (SELECT * FROM %s r WHERE r.instance_id = c.id OFFSET 0) q WHERE q.due <= {NOW}"""
READY_ROWS = f"SELECT q.instance_id, q.id, q.attempts {ROWS_OF % 'processes_ready'} ORDER BY q.due, q.id"
TIMER_ROWS = f"SELECT q.instance_id, q.token {ROWS_OF % 'processes_timer'} ORDER BY q.due, q.token"
INBOX_ROWS = f"""SELECT instance_id, id, kind, token, payload FROM processes_inbox
    WHERE instance_id = ANY({IDS}) ORDER BY id"""
CONSTANTS = f"""SELECT definition_id, name, value FROM processes_constant WHERE definition_id IN
    (SELECT definition_id FROM processes_instance WHERE id = ANY({IDS}))"""
# These statements go the same ways whatever their values and however many rows there are, so they are planned once and
# not a millisecond each time; and never by reading a table, however small it was when they were planned.
PLANNED_ONCE = """SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('enable_seqscan', 'off', true)"""
PLANNED_AS_EVER = "SELECT set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'on', true)"
# What has been due for long is suspended, or another worker has it in hand: to look again at once would be to spin.
REST = """SELECT extract(epoch FROM least(
        (SELECT min(due) FROM processes_ready WHERE due > (SELECT potok_now()) - interval '1 second'),
        (SELECT min(due) FROM processes_timer WHERE due > (SELECT potok_now()) - interval '1 second')
    ) - potok_now())::float8"""


def claim(*, limit: int, only: Sequence[int] = (), savepoint: str) -> list[Claimed]:
    """Lock up to `limit` instances that have something to do; with `only`, those of them that are free. All that is
    known of them comes in the same round trip; behind it stands a savepoint of this name."""
    connection.ensure_connection()
    begun, floors = time.monotonic(), FLOORS.now()
    with connection.connection.pipeline():
        # Django's foreign keys would speak at COMMIT, for the whole batch and without a name.
        sets.execute("SET CONSTRAINTS ALL IMMEDIATE")
        sets.execute(PLANNED_ONCE)
        if only:
            sets.execute(CLAIM_NAMED, (), list(only), len(only), limit)
        else:
            share = max(limit // SHARES, 1)
            above, timers_above, inbox_above = floors
            look = sets.execute(CLAIM_DUE, (), above, share, limit, timers_above, limit, inbox_above, limit, limit)
        loaded = [sets.execute(each) for each in (CLAIMED, READY_ROWS, TIMER_ROWS, INBOX_ROWS, CONSTANTS)]
        sets.execute(PLANNED_AS_EVER)
        sets.execute(f"SAVEPOINT {savepoint}")
    if not only:
        _, *lowest = next(look)
        FLOORS.learn(Lowest(*lowest), looked=floors, seconds=time.monotonic() - begun)
    instances, ready, timers, inbox, constants = loaded
    claimed = {row[0]: Claimed(*row) for row in instances}
    for id, wakes in wakes_of(ready, timers, inbox).items():
        claimed[id].wakes = wakes
    for definition, name, value in constants:
        for one in claimed.values():
            if one.definition == definition:
                one.constants[name] = values.decode(value)
    return list(claimed.values())


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
