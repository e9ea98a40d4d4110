"""What processes know of records and of their other subjects: fields, locks, types. The one place that asks."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from potok.engine import values
from potok.engine.run import FieldOf, Unknown
from potok.engine.values import RecordRef, Type, Value
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.processes.subjects import subjects
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
        of_records = [ask for ask in known if isinstance(ask.of, RecordRef) and ask.of.type not in subjects]
        answers = records.value.many([{"record": ask.of, "path": (ask.name or "title",)} for ask in of_records])
    found: dict[FieldOf, Value | Unknown] = {
        ask: _told(ask, answer) for ask, answer in zip(of_records, answers, strict=True)
    }
    found |= _of_subjects([ask for ask in known if ask not in found])
    return {ask: found[ask] if ask in found else Unknown("processes.no_such_value", name=ask.name) for ask in wanted}


def hold(wanted: Collection[RecordRef], *, waits: bool = False) -> set[RecordRef]:
    """Lock records against change and answer those that were there and free; with `waits`, wait for the others."""
    held: set[RecordRef] = set()
    for name in sorted({ref.type for ref in wanted}):
        ids = [ref.id for ref in wanted if ref.type == name]
        rows = _rows(name).filter(pk__in=ids).order_by("pk")
        locked = rows.select_for_update(no_key=True, skip_locked=not waits)
        held |= {RecordRef(name, id) for id in locked.values_list("pk", flat=True)}
    return held


def existing(wanted: Iterable[RecordRef]) -> set[RecordRef]:
    """Answer those that are there, in the trash or not."""
    refs = set(wanted)
    return set(records.load(refs)) | _existing_subjects(refs)


def kept(wanted: Iterable[RecordRef]) -> set[RecordRef]:
    """Answer those that are there and not in the trash."""
    refs = set(wanted)
    return {ref for ref, row in records.load(refs).items() if row.removed_at is None} | _existing_subjects(refs)


def visible(record_type: str, ids: Collection[int], *, by: int | None) -> list[int]:
    """Answer those of the records that are there, not in the trash, and may be seen by a person."""
    found = _seen(record_type, by=by).filter(pk__in=list(ids))
    return list(found.order_by("pk").values_list("pk", flat=True))


def is_known(record_type: str) -> bool:
    """Tell whether there is such a type."""
    return record_type in subjects or record_type in records.record_types


def picker(record_type: str) -> tuple[str, str] | None:
    """What records of a type are called, and where a field that picks one finds them."""
    if subject := subjects.get(record_type):
        return str(subject.title), f"/{subject.path}/find"
    declared = records.record_types.get(record_type)
    return (declared.title, f"/records/find?type={quote(record_type)}") if declared else None


def newest(record_type: str, *, by: int | None) -> int | None:
    """The number of the latest record that a person may see; nothing where there is no such type."""
    if not is_known(record_type):
        return None
    number: int | None = _seen(record_type, by=by).order_by("-pk").values_list("pk", flat=True).first()
    return number


def all_kept(record_type: str) -> list[int]:
    """List all records of a type but those in the trash."""
    found = _seen(record_type, by=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def having(record_type: str, *, field: str, value: Value) -> list[int]:
    """List the records that have a value in a field; without a value, those that have any."""
    if subject := subjects.get(record_type):
        held = subject.read(all_kept(record_type))
        return sorted(id for id, one in held.items() if (one[field] == value if value is not None else one[field]))
    declared = records.type_named(record_type)
    term = {"field": field, "operator": "filled" if value is None else "equal", "value": value}
    found = records.rows(declared, by=None).filter(records.where(declared, {"all": [term]}))
    return list(found.order_by("pk").values_list("pk", flat=True))


def changes(record: RecordRef, *, limit: int) -> list[records.History]:
    """The latest changes of the fields of a record, the newest first; what hangs on it is no field."""
    # What happens to a subject is in a history of its own, which nobody asks here.
    found = records.History.objects.filter(record_type=record.type, record_id=record.id)
    beside = list(records.besides.all())
    return list(found.exclude(before__has_any_keys=beside).order_by("-id")[:limit])


def value_of(record: RecordRef, field: str) -> Value:
    """The value that a field of a record has now."""
    ask = FieldOf(record, field)
    found = fields([ask])[ask]
    return None if isinstance(found, Unknown) else found


@contextmanager
def remembered() -> Iterator[None]:
    """Ask once, for all that happens inside, what administrators have declared about records."""
    with records.remembered():
        yield


def seen(record: RecordRef, *, by: int | None) -> None:
    """Refuse unless the person may see the record."""
    if subject := subjects.get(record.type):
        if not subject.seen(by).filter(pk=record.id).exists():
            raise MISSING(id=record.id)
    else:
        records.find(records.type_named(record.type), record.id, by=by)


def titles(wanted: Iterable[RecordRef], *, by: int | None = None) -> dict[RecordRef, str]:
    """What records are called, those that the person may see; None is the system, which sees all."""
    refs = list(dict.fromkeys(wanted))
    found = records.titles([ref for ref in refs if ref.type in records.record_types], by=by)
    for name, subject in subjects.all().items():
        if ids := [ref.id for ref in refs if ref.type == name]:
            seen = set(subject.seen(by).filter(pk__in=ids).values_list("pk", flat=True))
            found |= {RecordRef(name, id): str(held["title"]) for id, held in subject.read(seen).items()}
    return found


def shown(record_type: str) -> Mapping[str, Any]:
    """The fields of a type as people are shown them: each has a title, a type and perhaps options."""
    if subject := subjects.get(record_type):
        return subject.fields()
    declared = records.record_types.get(record_type)
    return records.current().of(declared) if declared else {}


def url_of(record: RecordRef | None) -> str:
    """The page of a record; empty without one."""
    found = subjects.get(record.type) or records.record_types.get(record.type) if record else None
    return f"/{found.path}/{record.id}/" if found and record else ""


def phone(kept: str) -> str:
    """Write a phone number as people read it."""
    return records.fields.phone(kept)


def record_fields() -> Mapping[str, Mapping[str, Type]]:
    """The fields of every record type, custom ones too, as the compiler is told of them."""
    with records.remembered():
        found = {name: {**OF_EVERY_RECORD, **records.types_of(name)} for name in records.record_types}
        return found | {name: _types(name) for name in subjects}


def choices() -> Mapping[tuple[str, str], frozenset[str]]:
    """The permitted values of fields that have a list of them, by record type and field."""
    with records.remembered():
        return {
            (name, key): frozenset(option for option, _ in field.options)
            for name in (*records.record_types, *subjects)
            for key, field in shown(name).items()
            if is_listed(field)
        }


def is_listed(field: Any) -> bool:
    """Tell whether a field takes one of its options and nothing else."""
    of_subject = not isinstance(field, records.fields.Field)
    return bool(getattr(field, "options", ())) and (of_subject or isinstance(field, LISTED))


def _rows(name: str) -> Any:
    subject = subjects.get(name)
    return subject.rows() if subject else records.type_named(name).rows()


def make(call: Call, record_type: str, *, given: Mapping[str, Value]) -> RecordRef:
    """Make a record, for a trial."""
    if subject := subjects.get(record_type):
        return RecordRef(record_type, subject.make(call, given))
    return RecordRef(record_type, records.verbs[record_type].add(call, values=given).pk)


def change(call: Call, record: RecordRef, *, given: Mapping[str, Value]) -> None:
    """Change fields of a record, for a trial."""
    if subject := subjects.get(record.type):
        subject.change(call, record.id, given)
    else:
        records.verbs[record.type].change(call, record=records.load([record])[record], values=given)


def sample(record: RecordRef, *, by: int | None) -> dict[str, Value]:
    """What a record that the person may see holds in the fields that may be given to another one."""
    seen(record, by=by)
    fields_ = shown(record.type)
    if subject := subjects.get(record.type):
        held = dict(subject.read([record.id])[record.id])
    else:
        declared = records.type_named(record.type)
        held = dict(records.snapshot(declared, records.find(declared, record.id, by=by)))
    return {name: value for name, value in held.items() if name in fields_ and not fields_[name].read_only}


def _seen(name: str, *, by: int | None) -> Any:
    subject = subjects.get(name)
    return subject.seen(by) if subject else records.rows(records.type_named(name), by=by)


def _existing_subjects(wanted: Iterable[RecordRef]) -> set[RecordRef]:
    ids: dict[str, list[int]] = {}
    for ref in wanted:
        if ref.type in subjects:
            ids.setdefault(ref.type, []).append(ref.id)
    return {
        RecordRef(name, id)
        for name, each in ids.items()
        for id in subjects[name].rows().filter(pk__in=each).values_list("pk", flat=True)
    }


def _of_subjects(asks: Sequence[FieldOf]) -> "dict[FieldOf, Value | Unknown]":
    wanted: dict[str, set[int]] = {}
    for ask in asks:
        if isinstance(ask.of, RecordRef):
            wanted.setdefault(ask.of.type, set()).add(ask.of.id)
    held = {RecordRef(name, id): one for name, ids in wanted.items() for id, one in subjects[name].read(ids).items()}
    return {ask: held[ask.of][ask.name or "title"] if ask.of in held else _told(ask, records.GONE) for ask in asks}


def _types(name: str) -> dict[str, Type]:
    """The fields of a subject; of what every record has it knows no author beside its own fields."""
    common = {key: OF_EVERY_RECORD[key] for key in ("id", "created_at", "changed_at")}
    return {**common, **{key: field.type for key, field in subjects[name].fields().items()}}


def _names(record_type: str) -> frozenset[str]:
    """The fields that may be asked of records of a type; none, if there is no such type."""
    if record_type in subjects:
        return frozenset({SHOWN, *_types(record_type)})
    if record_type not in records.record_types:
        return frozenset()
    return frozenset({SHOWN, *OF_EVERY_RECORD, *records.types_of(record_type)})


def _told(ask: FieldOf, answer: object) -> "Value | Unknown":
    if isinstance(answer, records.Gone):
        return Unknown("processes.record_gone", record=str(ask.of))
    return answer  # type: ignore[return-value]  # records answer values of the engine
