"""The one way in which records are written: screens, REST, import and processes all come through here.

Each record type gets five operations with its own names, over the same bodies: add, change, remove, restore and, with
a pipeline, move. Here it is decided what is asked; `keeping.py` does it, for many at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from potok.engine import values
from potok.engine.values import PersonRef, Value
from potok.kit.calls import Call
from potok.kit.errors import Refusals, Refused
from potok.kit.operations import Operation, operations
from potok.records import catalogue, events, rules
from potok.records.keeping import Adding, Changing, Clash, keep_added, keep_changed, plain, snapshot
from potok.records.models import Record
from potok.records.record_types import RecordType, for_every_type, record_types

__all__ = ["Clash", "Read", "Verbs", "declare", "plain", "snapshot", "verbs"]


@dataclass(frozen=True)
class Verbs:
    """The operations of one record type."""

    add: Operation[..., Record]
    change: Operation[..., Record]
    remove: Operation[..., Record]
    restore: Operation[..., Record]
    move: Operation[..., Record]


class Read(dict[str, Value]):
    """Values that the fields of the type have read already, for `add` and `change`; they are not read again."""


verbs: dict[str, Verbs] = {}


def declare(record_type: RecordType) -> None:
    """Make the operations of a record type and register them under its name."""

    name = record_type.name

    def add(call: Call, *, values: Mapping[str, Any]) -> Adding:
        of = _now(record_type)
        return Adding(of, _new_values(call, of, values))

    def change(
        call: Call, *, record: Record, values: Mapping[str, Any], seen: Mapping[str, Any] | None = None
    ) -> Changing:
        of = _now(record_type)
        return Changing(of, record.pk, events.CHANGED, _read(call, of, values), _seen(of, seen))

    def move(call: Call, *, record: Record, stage: str) -> Changing:
        of = _now(record_type)
        return Changing(of, record.pk, events.CHANGED, _read(call, of, {"stage": stage}))

    def remove(call: Call, *, record: Record) -> Changing:
        return Changing(_now(record_type), record.pk, events.REMOVED)

    def restore(call: Call, *, record: Record) -> Changing:
        return Changing(_now(record_type), record.pk, events.RESTORED)

    def make(verb: str, act: str, one: Callable[..., Any], keep: Any, title: str) -> Operation[..., Record]:
        on = "" if verb == "add" else "record"
        made: Operation[..., Record] = Operation(
            f"{record_type.name}.{verb}", record_type.may(act), one, keep, on, title
        )
        return made

    made = Verbs(
        add=make("add", "add", add, keep_added, "Add a record of this type."),
        change=make("change", "edit", change, keep_changed, "Change fields of a record."),
        remove=make("remove", "remove", remove, keep_changed, "Put a record into the trash."),
        restore=make("restore", "remove", restore, keep_changed, "Take a record back out of the trash."),
        move=make("move", "edit", move, keep_changed, "Move a record to another stage."),
    )
    verbs[name] = made
    # A public name is one that stands in the source; what a customer designs has none, and its verbs are found by type.
    if not record_type.is_designed:
        for verb in (made.add, made.change, made.remove, made.restore, *([made.move] if record_type.pipeline else [])):
            operations.add(verb.name, verb)


def _now(record_type: RecordType) -> RecordType:
    """The type as it is now: a customer may have changed what he designed, in another process too."""
    if record_type.is_designed:
        catalogue.current()
        return record_types[record_type.name]
    return record_type


def _read(
    call: Call, record_type: RecordType, given: Mapping[str, Any], *, usual: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """Read all values, or refuse with everything that is wrong at once; what is hidden from who asks is not there.

    `usual` are those that a new record begins with; nothing required may be missing then.
    """
    known = catalogue.seen_by(call.by)
    read: dict[str, Value] = dict(usual or {})
    refused: list[Refused] = []
    for name, raw in given.items():
        try:
            field = known.field(record_type, name)
            if field.read_only:
                raise rules.READ_ONLY(place=name, field=field.title)
            read[name] = field.demanded(raw) if isinstance(given, Read) else field.checked(raw)
            if name == "stage" and read[name]:
                known.stage(record_type, str(read[name]))
        except Refused as one:
            refused.append(one)
    if usual is not None:
        refused += _missing(call, record_type, read, {one.place for one in refused})
    if refused:
        raise refused[0] if len(refused) == 1 else Refusals(refused)
    return read


def _missing(call: Call, record_type: RecordType, read: Mapping[str, Value], told: set[str]) -> list[Refused]:
    fields = catalogue.seen_by(call.by).of(record_type).values()
    return [
        rules.REQUIRED(place=one.name, field=one.title)
        for one in fields
        if one.required and not one.read_only and one.name not in told and values.is_empty(read.get(one.name))
    ]


def _new_values(call: Call, record_type: RecordType, given: Mapping[str, Any]) -> dict[str, Value]:
    fields = catalogue.whole().of(record_type)
    usual = {name: one.read(one.default) for name, one in fields.items() if one.default is not None}
    if call.author is not None:
        usual["responsible"] = PersonRef(call.author)
    usual = {name: value for name, value in usual.items() if name not in given}
    read = _read(call, record_type, given, usual=usual)
    if record_type.check:
        record_type.check({}, read)
    return read


def _seen(record_type: RecordType, seen: Mapping[str, Any] | None) -> Mapping[str, Value] | None:
    known = catalogue.whole()
    return None if seen is None else {name: known.field(record_type, name).read(raw) for name, raw in seen.items()}


for_every_type(declare)
