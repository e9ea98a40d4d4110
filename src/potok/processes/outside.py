"""What processes know of records: fields, locks, types. The one place that asks the part `records`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from potok.engine import values
from potok.engine.run import FieldOf, Unknown
from potok.engine.values import RecordRef, Type, Value
from potok.records import public as records

SHOWN = ""  # as the name of a field: how the record or person is called
OF_EVERY_RECORD: Mapping[str, Type] = {
    "id": values.NUMBER,
    "created_at": values.MOMENT,
    "changed_at": values.MOMENT,
    "created_by": values.PERSON,
    "changed_by": values.PERSON,
}
LISTED = (records.fields.Choice, records.fields.StageField, records.fields.PipelineField)


def fields(asks: Sequence[FieldOf]) -> "dict[FieldOf, Value | Unknown]":
    """Read fields of records, those of all types in as few questions as there are types."""
    wanted = [ask for ask in asks if isinstance(ask.of, RecordRef)]
    if not wanted:
        return {}
    with records.remembered():
        names = {type: _names(type) for type in {ask.of.type for ask in wanted if isinstance(ask.of, RecordRef)}}
        known = [ask for ask in wanted if isinstance(ask.of, RecordRef) and ask.name in names[ask.of.type]]
        answers = records.value.many([{"record": ask.of, "path": (ask.name or "title",)} for ask in known])
    found: dict[FieldOf, Value | Unknown] = {
        ask: _told(ask, answer) for ask, answer in zip(known, answers, strict=True)
    }
    return {ask: found[ask] if ask in found else Unknown("processes.no_such_value", name=ask.name) for ask in wanted}


def hold(wanted: Collection[RecordRef], *, waits: bool = False) -> set[RecordRef]:
    """Lock records against change and answer those that were there and free; with `waits`, wait for the others."""
    held: set[RecordRef] = set()
    for name in sorted({ref.type for ref in wanted}):
        ids = [ref.id for ref in wanted if ref.type == name]
        rows = records.type_named(name).rows().filter(pk__in=ids).order_by("pk")
        locked = rows.select_for_update(no_key=True, skip_locked=not waits)
        held |= {RecordRef(name, id) for id in locked.values_list("pk", flat=True)}
    return held


def existing(wanted: Iterable[RecordRef]) -> set[RecordRef]:
    """Answer those that are there, in the trash or not."""
    return set(records.load(wanted))


def kept(wanted: Iterable[RecordRef]) -> set[RecordRef]:
    """Answer those that are there and not in the trash."""
    return {ref for ref, row in records.load(wanted).items() if row.removed_at is None}


def visible(record_type: str, ids: Collection[int], *, by: int | None) -> list[int]:
    """Answer those of the records that are there, not in the trash, and may be seen by a person."""
    found = records.rows(records.type_named(record_type), by=by).filter(pk__in=list(ids))
    return list(found.order_by("pk").values_list("pk", flat=True))


def all_kept(record_type: str) -> list[int]:
    """List all records of a type but those in the trash."""
    found = records.rows(records.type_named(record_type), by=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def having(record_type: str, *, field: str, value: Value) -> list[int]:
    """List the records that have a value in a field; without a value, those that have any."""
    declared = records.type_named(record_type)
    term = {"field": field, "operator": "filled" if value is None else "equal", "value": value}
    found = records.rows(declared, by=None).filter(records.where(declared, {"all": [term]}))
    return list(found.order_by("pk").values_list("pk", flat=True))


def changes(record: RecordRef, *, limit: int) -> list[records.History]:
    """The latest changes of the fields of a record, the newest first; what hangs on it is no field."""
    found = records.History.objects.filter(record_type=record.type, record_id=record.id)
    beside = list(records.besides.all())
    return list(found.exclude(before__has_any_keys=beside).order_by("-id")[:limit])


def value_of(record: RecordRef, field: str) -> Value:
    """The value that a field of a record has now."""
    found = records.value(record=record, path=(field,))
    return None if isinstance(found, records.Gone) else found


@contextmanager
def remembered() -> Iterator[None]:
    """Ask once, for all that happens inside, what administrators have declared about records."""
    with records.remembered():
        yield


def seen(record: RecordRef, *, by: int | None) -> None:
    """Refuse unless the person may see the record."""
    records.find(records.type_named(record.type), record.id, by=by)


def url_of(record: RecordRef | None) -> str:
    """The page of a record; empty without one."""
    found = records.record_types.get(record.type) if record else None
    return f"/{found.path}/{record.id}/" if found and record else ""


def phone(kept: str) -> str:
    """Write a phone number as people read it."""
    return records.fields.phone(kept)


def record_fields() -> Mapping[str, Mapping[str, Type]]:
    """The fields of every record type, custom ones too, as the compiler is told of them."""
    with records.remembered():
        return {name: {**OF_EVERY_RECORD, **records.types_of(name)} for name in records.record_types}


def choices() -> Mapping[tuple[str, str], frozenset[str]]:
    """The permitted values of fields that have a list of them, by record type and field."""
    with records.remembered():
        catalogue = records.current()
        return {
            (name, field.name): frozenset(key for key, _ in field.options)
            for name, record_type in records.record_types.all().items()
            for field in catalogue.of(record_type).values()
            if isinstance(field, LISTED) and field.options
        }


def _names(record_type: str) -> frozenset[str]:
    """The fields that may be asked of records of a type; none, if there is no such type."""
    if record_type not in records.record_types:
        return frozenset()
    return frozenset({SHOWN, *OF_EVERY_RECORD, *records.types_of(record_type)})


def _told(ask: FieldOf, answer: object) -> "Value | Unknown":
    if isinstance(answer, records.Gone):
        return Unknown("processes.record_gone", record=str(ask.of))
    return answer  # type: ignore[return-value]  # records answer values of the engine
