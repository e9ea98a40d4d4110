"""Keeping what was decided about records: rows are locked, looked at, written in one statement, and told of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection

from potok.engine import values
from potok.engine.values import RecordRef, Value
from potok.kit import sets
from potok.kit.calls import INSTANCE, Call
from potok.kit.errors import MISSING, Overtaken, Refused
from potok.kit.events import announce, encode, touch
from potok.people.public import folded
from potok.records import access, catalogue, events, guards, numbering, observing, reading, references, rules
from potok.records.events import RecordChanged
from potok.records.models import Record
from potok.records.record_types import RecordType

NEVER = ("id", "record_type", "created_at", "created_by")


@dataclass(frozen=True)
class Adding:
    """A new record, decided."""

    type: RecordType
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Changing:
    """A change of one record, decided. `seen` is what the editor saw in the fields; a difference is a clash.

    What only `follows` from a change elsewhere is not held against the rules of the type: an invoice that has been
    issued keeps its client, though that client is another record after a merge.
    """

    type: RecordType
    id: int
    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)
    seen: Mapping[str, Value] | None = None
    follows: bool = False

    @property
    def row(self) -> tuple[str, int]:
        return self.type.name, self.id


class Clash(Overtaken):
    """Two people changed the same fields: `sides` holds (field, mine, theirs, was) for each."""

    def __init__(self, refused: Refused, sides: list[tuple[str, Value, Value, Value]]) -> None:
        super().__init__(refused.code, rules.CLASH.sentence, **refused.fields)
        self.sides = sides


def keep_added(rows: Sequence[tuple[Call, Adding]]) -> list[Record | Refused]:
    """Insert all in one statement; the ids are taken beforehand, so that answers keep their order."""
    record_type = rows[0][1].type
    table = record_type.model._meta.db_table  # noqa: SLF001 (Django's public face of a model)
    taken = sets.execute(
        "SELECT nextval(pg_get_serial_sequence(%b, 'id')) FROM generate_series(1, %b::int)", (), table, len(rows)
    )
    answers: list[Record | Refused] = []
    made: list[tuple[Call, Record]] = []
    there = references.look([(call, adding.values) for call, adding in rows])
    for (id,), (call, adding) in zip(taken.fetchall(), rows, strict=True):
        row = record_type.new(created_at=call.at, created_by_id=call.author)
        row.pk = id
        try:
            references.check(record_type, adding.values, {}, call=call, there=there)
            _apply(row, adding.values, call, record_type)
            _check_pipeline(row, call, record_type, "add")
        except Refused as refused:
            answers.append(refused)
            continue
        row.revision = 1
        made.append((call, row))
        answers.append(row)
    numbering.give(record_type, made)
    for _, row in made if record_type.titled else ():
        _entitle(row, record_type)
    _insert(record_type, [row for _, row in made])
    for call, row in made:
        after = {name: value for name, value in snapshot(record_type, row).items() if value}
        _announce(call, row, events.ADDED, {}, after)
    return answers


def keep_changed(rows: Sequence[tuple[Call, Changing]]) -> list[Record | Refused]:
    """Lock the rows, look at what stands there now, write what differs in one statement."""
    record_type = rows[0][1].type
    locked, kept = _lock(record_type, [what.id for _, what in rows], skip=rows[0][0].cause.door == INSTANCE)
    there = references.look([(call, what.values) for call, what in rows])
    closed = guards.judge([_act(call, what) for call, what in rows])
    passing = observing.Passing(record_type)
    answers: list[Record | Refused] = []
    written: list[tuple[Call, Record, str, dict[str, Value], dict[str, Value]]] = []
    for (call, what), refused in zip(rows, closed, strict=True):
        row = locked.get(what.id)
        if refused is not None:
            answers.append(refused)
            continue
        if row is None:
            answers.append(rules.BUSY() if what.id in kept else MISSING(id=what.id))
            continue
        before = snapshot(record_type, row)
        try:
            references.check(record_type, what.values, before, call=call, there=there, own=row.ref)
            passing.check(call, row, what.values, before)
            _change(row, what, before, call)
        except Refused as no:
            answers.append(no)
            continue
        answers.append(row)
        after = snapshot(record_type, row)
        names = [name for name, value in after.items() if _differ(value, before[name])]
        if names or what.kind != events.CHANGED:
            row.revision += 1
            written.append((call, row, what.kind, {n: before[n] for n in names}, {n: after[n] for n in names}))
    _write(record_type, [row for _, row, *_ in written])
    for call, row, kind, before, after in written:
        _announce(call, row, kind, before, after)
    return answers


def _act(call: Call, what: Changing) -> guards.Act | None:
    right = "edit" if what.kind == events.CHANGED else "remove"
    return None if call.by is None else guards.Act(call.by, RecordRef(what.type.name, what.id), right)


def _lock(record_type: RecordType, ids: list[int], *, skip: bool) -> tuple[dict[int, Record], set[int]]:
    """Rows in one order, so that two batches never wait for each other crosswise; a process does not wait at all."""
    locked = reading.by_id(record_type, ids, lock=reading.LOCK_FREE if skip else reading.LOCK)
    if record_type.pipeline:
        catalogue.whole().place(locked.values())
    missed = set(ids) - set(locked)
    return locked, set(reading.by_id(record_type, missed))


def _change(row: Record, what: Changing, before: Mapping[str, Value], call: Call) -> None:
    if what.kind == events.REMOVED:
        if row.removed_at is not None:
            raise rules.IN_TRASH(title=row.title)
        row.removed_at = call.at
    elif what.kind == events.RESTORED:
        if row.removed_at is None:
            raise rules.NOT_IN_TRASH(title=row.title)
        row.removed_at = None
    elif row.removed_at is not None:
        raise rules.IN_TRASH(title=row.title)
    check_clash(what, before)
    _apply(row, what.values, call, what.type, None if what.follows else before)
    if what.type.pipeline:
        _check_pipeline(row, call, what.type, "edit", was=before.get("pipeline"))


def check_clash(what: Changing, before: Mapping[str, Value]) -> None:
    """Refuse where somebody else changed a field since the editor saw it, unless both want the same."""
    sides = [
        (name, what.values.get(name), before.get(name), was)
        for name, was in (what.seen or {}).items()
        if _differ(before.get(name), was) and _differ(before.get(name), what.values.get(name))
    ]
    if sides:
        fields = catalogue.whole().of(what.type)
        raise Clash(rules.CLASH(fields=", ".join(str(fields[name].title) for name, *_ in sides)), sides)


def _apply(
    row: Record,
    given: Mapping[str, Value],
    call: Call,
    record_type: RecordType,
    before: Mapping[str, Value] | None = None,
) -> None:
    """Put values into a row; title, sort key and stage follow. Refuses before anything is written."""
    fields = catalogue.whole().of(record_type)
    if record_type.pipeline:
        _place(row, given, record_type)
    for name, value in given.items():
        if name not in ("stage", "pipeline"):
            fields[name].put(row, value)
    if record_type.check and before is not None:
        record_type.check(before, snapshot(record_type, row))
    _entitle(row, record_type)
    row.changed_at, row.changed_by_id = call.at, call.author


def _entitle(row: Record, record_type: RecordType) -> None:
    if record_type.titled:
        row.title = record_type.titled(snapshot(record_type, row))
    row.sort_key = folded(row.title)


def _place(row: Any, given: Mapping[str, Value], record_type: RecordType) -> None:
    """Set stage and pipeline together: a stage belongs to its pipeline, a new pipeline begins at its first stage."""
    known = catalogue.whole()
    pipeline = int(str(given["pipeline"])) if given.get("pipeline") else row.pipeline_id
    if given.get("stage"):
        stage = known.stage(record_type, str(given["stage"]))
        if "pipeline" in given and stage.pipeline_id != pipeline:
            raise rules.FOREIGN_STAGE(place="stage", stage=stage.title, pipeline=stage.pipeline.title)
    elif row.stage_id is None or pipeline != row.pipeline_id:
        first = known.first_stage(record_type, pipeline)
        if first is None:
            return
        stage = first
    else:
        return
    row.stage, row.pipeline = stage, stage.pipeline


def _check_pipeline(row: Any, call: Call, record_type: RecordType, act: str, *, was: Value = None) -> None:
    """Refuse to put a record into a pipeline that is closed to who asks."""
    if not record_type.pipeline or str(row.pipeline_id) == was:
        return
    limited = catalogue.whole().limits.get(record_type.name, ())
    if call.by is None or not any(one.pipeline_id == row.pipeline_id for one in limited if one.pipeline_id):
        return
    if row.pipeline_id in access.closed(call.by, record_type, act):
        raise rules.PIPELINE_CLOSED(place="pipeline", pipeline=row.pipeline.title)


def _insert(record_type: RecordType, rows: Sequence[Record]) -> None:
    """One INSERT for all rows: arrays of columns take a third of the time of a value for each cell."""
    if rows:
        table, names, casts, plan = _columns(record_type.model)
        statement = f"INSERT INTO {table} ({names}) SELECT * FROM unnest({casts})"  # noqa: S608 (names of our own)
        sets.execute(statement, [_held(row, plan) for row in rows])
        reading.written(rows)


def _write(record_type: RecordType, rows: Sequence[Record]) -> None:
    """One UPDATE for all rows and all columns of the type; the rows are locked, so nothing is overwritten."""
    if not rows:
        return
    table, names, casts, plan = _columns(record_type.model, leave=NEVER)
    sets_ = ", ".join(f"{name} = n.{name}" for name in names.split(", "))
    statement = (
        f"UPDATE {table} t SET {sets_} "  # noqa: S608 (names of our own model's columns)
        f"FROM unnest(%b::bigint[], {casts}) n(id, {names}) WHERE t.id = n.id"
    )
    sets.execute(statement, [[row.pk, *_held(row, plan)] for row in rows])
    reading.written(rows)


@cache
def _columns(model: type[Record], *, leave: Sequence[str] = ()) -> tuple[str, str, str, list[tuple[str, bool]]]:
    """The table, its columns but for those to leave, their casts as arrays, and where a row holds what."""
    meta = model._meta  # noqa: SLF001 (Django's public face of a model)
    columns = [column for column in meta.concrete_fields if column.name not in leave]
    kinds = [column.rel_db_type(connection) if column.primary_key else column.db_type(connection) for column in columns]
    casts = ", ".join(f"%b::{_cast(kind)}" for kind in kinds)
    names = ", ".join(f'"{column.column}"' for column in columns)
    plan = [(column.attname, kind == "jsonb") for column, kind in zip(columns, kinds, strict=True)]
    return f'"{meta.db_table}"', names, casts, plan


def _cast(kind: str | None) -> str:
    return "text[]::jsonb[]" if kind == "jsonb" else f"{kind}[]"


def _held(row: Record, plan: Sequence[tuple[str, bool]]) -> list[Any]:
    return [encode(getattr(row, name)) if is_json else getattr(row, name) for name, is_json in plan]


def snapshot(record_type: RecordType, row: Record) -> dict[str, Value]:
    """All values of a row, by field."""
    return {name: one.of(row) for name, one in catalogue.whole().of(record_type).items()}


def _differ(one: Value, other: Value) -> bool:
    if values.is_empty(one) and values.is_empty(other):
        return False
    return one != other or type(one) is not type(other) or _uses(one) != _uses(other)


def _uses(value: Value) -> tuple[str, ...]:
    return tuple(getattr(item, "use", "") for item in value) if isinstance(value, tuple) else ()


def _announce(call: Call, row: Record, kind: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> None:
    announce(
        RecordChanged(
            call=call,
            type=row.record_type,
            id=row.pk,
            revision=row.revision,
            kind=kind,
            before={name: plain(value) for name, value in before.items()},
            after={name: plain(value) for name, value in after.items()},
            responsible=row.responsible_id,
            observers=observing.of(row),
        )
    )
    touch(row.record_type, row.pk)


def plain(value: Value) -> Any:
    """A value as events and history hold it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, str) else values.encode(value)
