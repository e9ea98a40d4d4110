"""How turns are kept: everything in one pipeline, one statement a table."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from potok.engine import values
from potok.kit import sets
from potok.kit.events import encode
from potok.processes import counting, partitions
from potok.processes.turn import INBOX, READY, TIMER, Turn

TURNS = 20  # so many in a row has an instance that goes on without a wait
INSTANCES = """UPDATE processes_instance i SET state = t.state, status = t.status, ended_at = t.ended,
        status_text = coalesce(t.status_text, i.status_text), lines = t.lines
    FROM unnest(%b::bigint[], %b::bytea[], %b::int[], %b::timestamptz[], %b::text[], %b::int[])
        t(id, state, status, ended, status_text, lines) WHERE i.id = t.id"""
VARIABLES = """INSERT INTO processes_variables (instance_id, data) SELECT * FROM unnest(%b::bigint[], %b::bytea[])
    ON CONFLICT (instance_id) DO UPDATE SET data = excluded.data"""
LOCAL = """INSERT INTO processes_localvalues (instance_id, scope, data)
    SELECT * FROM unnest(%b::bigint[], %b::int[], %b::bytea[])
    ON CONFLICT (instance_id, scope) DO UPDATE SET data = excluded.data"""
LESS_LOCAL = """DELETE FROM processes_localvalues v USING unnest(%b::bigint[], %b::int[]) d(id, scope)
    WHERE v.instance_id = d.id AND v.scope = d.scope"""
JOURNAL = """INSERT INTO processes_journal (instance_id, number, at, entries, told, until)
    SELECT * FROM unnest(%b::bigint[], %b::int[], %b::timestamptz[], %b::text[], %b::text[], %b::date[])"""
LESS_READY = "DELETE FROM processes_ready WHERE id = ANY(%b::bigint[])"
LESS_INBOX = "DELETE FROM processes_inbox WHERE id = ANY(%b::bigint[])"
LESS_TIMERS = """DELETE FROM processes_timer t USING unnest(%b::bigint[], %b::int[]) d(instance_id, token)
    WHERE t.instance_id = d.instance_id AND t.token = d.token"""
MORE_TIMERS = """INSERT INTO processes_timer (instance_id, token, due)
    SELECT * FROM unnest(%b::bigint[], %b::int[], %b::timestamptz[])
    ON CONFLICT (instance_id, token) DO UPDATE SET due = excluded.due"""
LESS_EARS = """DELETE FROM processes_subscription s USING unnest(%b::bigint[], %b::int[]) d(id, token)
    WHERE s.instance_id = d.id AND s.token = d.token"""
MORE_EARS = """INSERT INTO processes_subscription (instance_id, token, event, key, "where", watches)
    SELECT * FROM unnest(%b::bigint[], %b::int[], %b::text[], %b::text[], %b::text[]::jsonb[], %b::text[]::jsonb[])
    ON CONFLICT (instance_id, token)
    DO UPDATE SET event = excluded.event, key = excluded.key, "where" = excluded."where", watches = excluded.watches"""
MORE_READY = """INSERT INTO processes_ready (instance_id, due, attempts)
    SELECT * FROM unnest(%b::bigint[], %b::timestamptz[], %b::smallint[])"""
INCIDENTS = """INSERT INTO processes_incident (definition_id, instance_id, token, node, code, fields, sentence,
        record_type, record_id, at, resolution)
    SELECT *, '' FROM unnest(%b::bigint[], %b::bigint[], %b::int[], %b::text[], %b::text[], %b::text[]::jsonb[],
        %b::text[], %b::text[], %b::bigint[], %b::timestamptz[])"""
MENDED = """UPDATE processes_incident i SET resolved_at = d.at, resolution = 'gone'
    FROM unnest(%b::bigint[], %b::int[], %b::timestamptz[]) d(id, token, at)
    WHERE i.instance_id = d.id AND i.token = d.token AND i.resolved_at IS NULL"""
HELD = """UPDATE processes_instance i SET suspended_at = d.at FROM unnest(%b::bigint[], %b::timestamptz[]) d(id, at)
    WHERE i.id = d.id"""
# Nothing may wake what is over, whatever the engine forgot to take back.
OVER = (
    "DELETE FROM processes_ready WHERE instance_id = ANY(%b::bigint[])",
    "DELETE FROM processes_timer WHERE instance_id = ANY(%b::bigint[])",
    "DELETE FROM processes_inbox WHERE instance_id = ANY(%b::bigint[])",
    "DELETE FROM processes_subscription WHERE instance_id = ANY(%b::bigint[])",
    "DELETE FROM processes_localvalues WHERE instance_id = ANY(%b::bigint[])",
)


def keep(turns: Sequence[Turn]) -> None:
    """Write all turns in one round trip."""
    found = {statement: [row for turn in turns for row in rows(turn)] for statement, rows in STATEMENTS}
    found[JOURNAL] = [_limited(*line) for line in found[JOURNAL]]
    with connection.connection.pipeline():
        for statement, rows in found.items():
            if rows:
                sets.execute(statement, rows)
        counting.keep(turns)
        over = [turn.claimed.id for turn in turns if turn.ended_at]
        if over:
            for statement in OVER:
                sets.execute(statement, (), over)


def _instance(turn: Turn) -> list[tuple[Any, ...]]:
    lines = turn.claimed.lines + bool(turn.entries or turn.told)
    return [(turn.claimed.id, turn.state, turn.status, turn.ended_at, turn.status_text, lines)]


def _journal(turn: Turn) -> list[tuple[Any, ...]]:
    if not turn.entries and not turn.told:
        return []
    about, told = turn.claimed, _written(turn.told) if turn.told else ""
    return [(about.id, about.lines + 1, about.at, _written(turn.entries), told, about.definition)]


def _limited(id: int, number: int, at: datetime, entries: str, told: str, definition: int) -> tuple[Any, ...]:
    return id, number, at, entries, told, partitions.until(at, definition=definition)


def _local(turn: Turn) -> list[tuple[int, int, bytes]]:
    return [(turn.claimed.id, scope, data) for scope, data in turn.local.items() if data is not None]


def _stays(turn: Turn) -> bool:
    """Tell whether the row that woke it stays in the queue, because it goes on at once. Now and then it is put at the
    end all the same: one that never rests must let others pass."""
    woken = [wake.attempts for wake in turn.handled if wake.queue == READY]
    return woken == [0] and turn.ready == [(turn.claimed.at, 0)] and (turn.claimed.lines + 1) % TURNS != 0


def _less_ready(turn: Turn) -> list[tuple[Any, ...]]:
    return [] if _stays(turn) else _less_of(turn, READY)


def _less_of(turn: Turn, queue: str) -> list[tuple[Any, ...]]:
    return [(wake.row,) for wake in turn.handled if wake.queue == queue]


def _less_timers(turn: Turn) -> list[tuple[Any, ...]]:
    fired = {wake.token for wake in turn.handled if wake.queue == TIMER} - turn.timers.keys()
    cancelled = {token for token, due in turn.timers.items() if due is None}
    return [(turn.claimed.id, token) for token in sorted(fired | cancelled)]


def _more_timers(turn: Turn) -> list[tuple[Any, ...]]:
    return [(turn.claimed.id, token, due) for token, due in turn.timers.items() if due is not None]


def _more_ears(turn: Turn) -> list[tuple[Any, ...]]:
    return [
        (turn.claimed.id, ear.token, ear.event, ear.key, _plain(ear.where), json.dumps(list(ear.watches)))
        for ear in turn.ears.values()
        if ear is not None
    ]


def _incidents(turn: Turn) -> list[tuple[Any, ...]]:
    about, at = turn.claimed, turn.claimed.at
    return [
        (about.definition, about.id, bad.token, bad.node, bad.code, _plain(bad.fields), bad.sentence,
         about.record_type, about.record_id, at)
        for bad in turn.failures
    ]  # fmt: skip


def _more_ready(turn: Turn) -> list[tuple[int, datetime, int]]:
    return [] if _stays(turn) else [(turn.claimed.id, due, attempts) for due, attempts in turn.ready]


def _written(items: Sequence[Any]) -> str:
    return values.to_bytes(items).decode()


def _plain(fields: Any) -> str:
    return encode({name: _spoken(value) for name, value in fields.items()})


def _spoken(value: Any) -> Any:
    try:
        return values.encode(value)
    except (KeyError, TypeError):
        return str(value)


STATEMENTS: list[tuple[str, Callable[[Turn], Sequence[Sequence[Any]]]]] = [
    (INSTANCES, _instance),
    (VARIABLES, lambda turn: [(turn.claimed.id, turn.data)] if turn.data is not None else []),
    (LOCAL, _local),
    (LESS_LOCAL, lambda turn: [(turn.claimed.id, scope) for scope, data in turn.local.items() if data is None]),
    (JOURNAL, _journal),
    (LESS_READY, _less_ready),
    (LESS_INBOX, lambda turn: _less_of(turn, INBOX)),
    (LESS_TIMERS, _less_timers),
    (MORE_TIMERS, _more_timers),
    (LESS_EARS, lambda turn: [(turn.claimed.id, token) for token, ear in turn.ears.items() if ear is None]),
    (MORE_EARS, _more_ears),
    (MORE_READY, _more_ready),
    (INCIDENTS, _incidents),
    (HELD, lambda turn: [(turn.claimed.id, turn.claimed.at)] if turn.held else []),
    (MENDED, lambda turn: [(turn.claimed.id, token, turn.claimed.at) for token in turn.mended]),
]
