"""How instances come into being: rows in a few statements, however many; the worker takes their first step."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from potok.engine import values
from potok.engine.values import RecordRef, Value
from potok.kit import sets
from potok.kit.events import encode
from potok.processes import waking
from potok.processes.models import Standing

IDS = """SELECT nextval(pg_get_serial_sequence('processes_instance', 'id')) FROM generate_series(1, %b::int)"""
INSTANCES = """INSERT INTO processes_instance (id, definition_id, version_id, parent_id, parent_token, record_type,
        record_id, initiator_id, cause, depth, started_at, status, state, status_text, lines)
    SELECT *, '', '', 0 FROM unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], %b::int[], %b::text[],
        %b::bigint[], %b::bigint[], %b::text[]::jsonb[], %b::int[], %b::timestamptz[], %b::int[])"""
VARIABLES = "INSERT INTO processes_variables (instance_id, data) SELECT * FROM unnest(%b::bigint[], %b::bytea[])"
READY = """INSERT INTO processes_ready (instance_id, due, attempts)
    SELECT *, 0 FROM unnest(%b::bigint[], %b::timestamptz[])"""


@dataclass(frozen=True, slots=True)
class Start:
    """One instance to be. `waits` keeps it in the queue behind another one on the same record."""

    definition: int
    version: int
    at: datetime
    record: RecordRef | None = None
    initiator: int | None = None
    cause: Mapping[str, Any] = field(default_factory=dict)
    depth: int = 0
    inputs: Mapping[str, Value] = field(default_factory=dict)
    parent: int | None = None
    parent_token: int | None = None
    waits: bool = False


def begin(starts: Sequence[Start]) -> list[int]:
    """Make the instances and let the workers know; answers their ids in order."""
    if not starts:
        return []
    ids = [row[0] for row in sets.execute(IDS, (), len(starts))]
    with connection.connection.pipeline():
        sets.execute(INSTANCES, [_row(id, start) for id, start in zip(ids, starts, strict=True)])
        sets.execute(VARIABLES, [(id, _inputs(start)) for id, start in zip(ids, starts, strict=True)])
        ready = [(id, start.at) for id, start in zip(ids, starts, strict=True) if not start.waits]
        if ready:
            sets.execute(READY, ready)
    waking.after_commit()
    return ids


def _row(id: int, start: Start) -> tuple[Any, ...]:
    record_type, record_id = (start.record.type, start.record.id) if start.record else ("", None)
    status = Standing.QUEUED if start.waits else Standing.RUNNING
    return (id, start.definition, start.version, start.parent, start.parent_token, record_type, record_id,
            start.initiator, encode(dict(start.cause)), start.depth, start.at, int(status))  # fmt: skip


def _inputs(start: Start) -> bytes:
    plain = {"Template": {name: values.encode(value) for name, value in start.inputs.items()}} if start.inputs else {}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
