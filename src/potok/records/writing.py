"""The one way in which records are written: screens, REST, import and processes all come through here.

Each record type gets five operations with its own names, over the same bodies: add, change, remove, restore and, with
a pipeline, move. Changes of many records are one statement; what each changed is announced as one value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from potok.engine import values
from potok.engine.values import PersonRef, Value
from potok.kit import sets
from potok.kit.calls import INSTANCE, Call
from potok.kit.errors import MISSING, Refusals, Refused
from potok.kit.events import announce, encode, touch
from potok.kit.operations import Operation, operations
from potok.people.public import folded
from potok.records import catalogue, events, rules
from potok.records.events import RecordChanged
from potok.records.models import Record
from potok.records.record_types import RecordType

NEVER = ("id", "created_at", "created_by")


@dataclass(frozen=True)
class Verbs:
    """The operations of one record type."""

    add: Operation[..., Record]
    change: Operation[..., Record]
    remove: Operation[..., Record]
    restore: Operation[..., Record]
    move: Operation[..., Record]


verbs: dict[str, Verbs] = {}


@dataclass(frozen=True)
class Adding:
    """A new record, decided."""

    type: RecordType
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Changing:
    """A change of one record, decided. `seen` is what the editor saw in the fields; a difference is a clash."""

    type: RecordType
    id: int
    kind: str
    values: Mapping[str, Value] = field(default_factory=dict)
    seen: Mapping[str, Value] | None = None

    @property
    def row(self) -> tuple[str, int]:
        return self.type.name, self.id


class Clash(Refused):
    """Two people changed the same fields: `sides` holds (field, mine, theirs, was) for each."""

    def __init__(self, refused: Refused, sides: list[tuple[str, Value, Value, Value]]) -> None:
        super().__init__(refused.code, rules.CLASH.sentence, **refused.fields)
        self.sides = sides


def declare(record_type: RecordType) -> None:
    """Make the operations of a record type and register them under its name."""

    def add(call: Call, *, values: Mapping[str, Any]) -> Adding:
        return Adding(record_type, _new_values(call, record_type, values))

    def change(
        call: Call, *, record: Record, values: Mapping[str, Any], seen: Mapping[str, Any] | None = None
    ) -> Changing:
        given = _read(record_type, values, partly=True)
        return Changing(record_type, record.pk, events.CHANGED, given, _seen(record_type, seen))

    def move(call: Call, *, record: Record, stage: str) -> Changing:
        return Changing(record_type, record.pk, events.CHANGED, _read(record_type, {"stage": stage}, partly=True))

    def remove(call: Call, *, record: Record) -> Changing:
        return Changing(record_type, record.pk, events.REMOVED)

    def restore(call: Call, *, record: Record) -> Changing:
        return Changing(record_type, record.pk, events.RESTORED)

    def make(verb: str, act: str, one: Callable[..., Any], keep: Any, title: str) -> Operation[..., Record]:
        made: Operation[..., Record] = Operation(
            f"{record_type.name}.{verb}", record_type.may(act), one, keep, "" if verb == "add" else "record", title
        )
        return made

    made = Verbs(
        add=make("add", "add", add, _keep_added, "Add a record of this type."),
        change=make("change", "edit", change, _keep_changed, "Change fields of a record."),
        remove=make("remove", "remove", remove, _keep_changed, "Put a record into the trash."),
        restore=make("restore", "remove", restore, _keep_changed, "Take a record back out of the trash."),
        move=make("move", "edit", move, _keep_changed, "Move a record to another stage."),
    )
    for verb in (made.add, made.change, made.remove, made.restore, *([made.move] if record_type.pipeline else [])):
        operations.add(verb.name, verb)
    verbs[record_type.name] = made


# ----- deciding -------------------------------------------------------------------------------------------------------


def _read(record_type: RecordType, given: Mapping[str, Any], *, partly: bool) -> dict[str, Value]:
    """Read all values, or refuse with everything that is wrong at once."""
    known = catalogue.current()
    read: dict[str, Value] = {}
    refused: list[Refused] = []
    for name, raw in given.items():
        try:
            field = known.field(record_type, name)
            if field.read_only:
                raise rules.READ_ONLY(place=name, field=field.title)
            read[name] = field.checked(raw)
            if name == "stage" and read[name]:
                known.stage(record_type, str(read[name]))
        except Refused as one:
            refused.append(one)
    if not partly:
        refused += _missing(record_type, read, {one.place for one in refused})
    if refused:
        raise refused[0] if len(refused) == 1 else Refusals(refused)
    return read


def _missing(record_type: RecordType, read: Mapping[str, Value], told: set[str]) -> list[Refused]:
    fields = catalogue.current().of(record_type).values()
    return [
        rules.REQUIRED(place=one.name, field=one.title)
        for one in fields
        if one.required and one.name not in told and values.is_empty(read.get(one.name))
    ]


def _new_values(call: Call, record_type: RecordType, given: Mapping[str, Any]) -> dict[str, Value]:
    fields = catalogue.current().of(record_type)
    defaults = {name: one.default for name, one in fields.items() if one.default is not None}
    if call.author is not None:
        defaults["responsible"] = PersonRef(call.author)
    read = _read(record_type, {**defaults, **given}, partly=False)
    if record_type.check:
        record_type.check({}, read)
    return read


def _seen(record_type: RecordType, seen: Mapping[str, Any] | None) -> Mapping[str, Value] | None:
    known = catalogue.current()
    return None if seen is None else {name: known.field(record_type, name).read(raw) for name, raw in seen.items()}


# ----- keeping --------------------------------------------------------------------------------------------------------


def _keep_added(rows: Sequence[tuple[Call, Adding]]) -> list[Record | Refused]:
    """Insert all in one statement; the ids are taken beforehand, so that answers keep their order."""
    record_type = rows[0][1].type
    table = record_type.model._meta.db_table  # noqa: SLF001 (Django's public face of a model)
    taken = sets.execute(
        "SELECT nextval(pg_get_serial_sequence(%b, 'id')) FROM generate_series(1, %b::int)", (), table, len(rows)
    )
    answers: list[Record | Refused] = []
    made: list[tuple[Call, Record, dict[str, Value]]] = []
    for (id,), (call, adding) in zip(taken.fetchall(), rows, strict=True):
        row: Any = record_type.model(created_at=call.at, created_by_id=call.author)
        row.pk = id
        try:
            _apply(row, adding.values, call, record_type)
        except Refused as refused:
            answers.append(refused)
            continue
        row.revision = 1
        made.append((call, row, {name: value for name, value in snapshot(record_type, row).items() if value}))
        answers.append(row)
    record_type.model.objects.bulk_create([row for _, row, _ in made])
    for call, row, after in made:
        _announce(call, row, events.ADDED, {}, after)
    return answers


def _keep_changed(rows: Sequence[tuple[Call, Changing]]) -> list[Record | Refused]:
    """Lock the rows, look at what stands there now, write what differs in one statement."""
    record_type = rows[0][1].type
    locked, there = _lock(record_type, [what.id for _, what in rows], skip=rows[0][0].cause.door == INSTANCE)
    answers: list[Record | Refused] = []
    written: list[tuple[Call, Record, str, dict[str, Value], dict[str, Value]]] = []
    for call, what in rows:
        row = locked.get(what.id)
        if row is None:
            answers.append(rules.BUSY() if what.id in there else MISSING(id=what.id))
            continue
        before = snapshot(record_type, row)
        try:
            _change(row, what, before, call)
        except Refused as refused:
            answers.append(refused)
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


def _lock(record_type: RecordType, ids: list[int], *, skip: bool) -> tuple[dict[int, Record], set[int]]:
    """Rows in one order, so that two batches never wait for each other crosswise; a process does not wait at all."""
    rows = record_type.model.objects.filter(pk__in=ids).order_by("pk")
    joined = rows.select_related("stage") if record_type.pipeline else rows
    locked = {row.pk: row for row in joined.select_for_update(skip_locked=skip, no_key=True, of=("self",))}
    missed = set(ids) - set(locked)
    return locked, set(rows.filter(pk__in=missed).values_list("pk", flat=True)) if missed else set()


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
    _apply(row, what.values, call, what.type, before)


def check_clash(what: Changing, before: Mapping[str, Value]) -> None:
    """Refuse where somebody else changed a field since the editor saw it, unless both want the same."""
    sides = [
        (name, what.values.get(name), before.get(name), was)
        for name, was in (what.seen or {}).items()
        if _differ(before.get(name), was) and _differ(before.get(name), what.values.get(name))
    ]
    if sides:
        fields = catalogue.current().of(what.type)
        raise Clash(rules.CLASH(fields=", ".join(str(fields[name].title) for name, *_ in sides)), sides)


def _apply(
    row: Record,
    given: Mapping[str, Value],
    call: Call,
    record_type: RecordType,
    before: Mapping[str, Value] | None = None,
) -> None:
    """Put values into a row; title, sort key and stage follow. Refuses before anything is written."""
    fields = catalogue.current().of(record_type)
    if record_type.pipeline:
        _place(row, given, record_type)
    for name, value in given.items():
        if name not in ("stage", "pipeline"):
            fields[name].put(row, value)
    if record_type.check and before is not None:
        record_type.check(before, snapshot(record_type, row))
    if record_type.titled:
        row.title = record_type.titled(snapshot(record_type, row))
    row.sort_key = folded(row.title)
    row.changed_at, row.changed_by_id = call.at, call.author


def _place(row: Any, given: Mapping[str, Value], record_type: RecordType) -> None:
    """Set stage and pipeline together: a stage belongs to its pipeline, a new pipeline begins at its first stage."""
    known = catalogue.current()
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


def _write(record_type: RecordType, rows: Sequence[Record]) -> None:
    """One UPDATE for all rows and all columns of the type; the rows are locked, so nothing is overwritten."""
    if not rows:
        return
    meta = record_type.model._meta  # noqa: SLF001 (Django's public face of a model)
    columns = [column for column in meta.concrete_fields if column.name not in NEVER]
    casts = ", ".join(f"%b::{_cast(column)}" for column in columns)
    names = ", ".join(f'"{column.column}"' for column in columns)
    sets_ = ", ".join(f'"{column.column}" = n."{column.column}"' for column in columns)
    statement = (
        f'UPDATE "{meta.db_table}" t SET {sets_} '  # noqa: S608 (names of our own model's columns)
        f"FROM unnest(%b::bigint[], {casts}) n(id, {names}) WHERE t.id = n.id"
    )
    held = [[row.pk, *(_held(column, row) for column in columns)] for row in rows]
    sets.execute(statement, held)


def _cast(column: Any) -> str:
    kind = column.db_type(connection)
    return "text[]::jsonb[]" if kind == "jsonb" else f"{kind}[]"


def _held(column: Any, row: Record) -> Any:
    value = getattr(row, column.attname)
    return encode(value) if column.db_type(connection) == "jsonb" else value


def snapshot(record_type: RecordType, row: Record) -> dict[str, Value]:
    """All values of a row, by field."""
    return {name: one.of(row) for name, one in catalogue.current().of(record_type).items()}


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
        )
    )
    touch(row.record_type, row.pk)


def plain(value: Value) -> Any:
    """A value as events and history hold it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, str) else values.encode(value)
