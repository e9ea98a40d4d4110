"""Questions about records: for screens, for REST, and for processes, which ask for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from potok.engine.values import PersonRef, RecordRef, Value
from potok.kit.errors import MISSING, Refused
from potok.kit.queries import query
from potok.records import access, catalogue, guards, reading, rules
from potok.records.models import Record, Records
from potok.records.record_types import RecordType, record_types


class Gone:
    """The answer for a record that is not there."""


GONE = Gone()


def type_named(name: str) -> RecordType:
    """The record type of a name, or a refusal."""
    found = record_types.get(name)
    if found is None:
        raise MISSING(id=name)
    return found


def rows(record_type: RecordType, *, by: int | None, trash: bool = False) -> Records:
    """The records that a person may see; `by` None is the system."""
    found = unhidden(access.rows(record_type, by=by), record_type, by=by).filter(removed_at__isnull=not trash)
    return found.select_related("stage", "pipeline") if record_type.pipeline else found


def find(record_type: RecordType, id: int, *, by: int | None) -> Record:
    """One record that a person may see, in the trash or not, or a refusal that does not tell whether it is there."""
    row = reading.by_id(record_type, [id]).get(id)
    if row is None or not access.reach(by, record_type, "see").covers(row) or _is_hidden(row, record_type, by=by):
        raise MISSING(id=id)
    if record_type.pipeline:
        catalogue.whole().place([row])
    return row


def _is_hidden(row: Record, record_type: RecordType, *, by: int | None) -> bool:
    hidden = guards.hidden(record_type.name, by=by)
    return bool(hidden) and not unhidden(record_type.rows().filter(pk=row.pk), record_type, by=by).exists()


def unhidden(found: Records, record_type: RecordType, *, by: int | None) -> Records:
    """Leave out what is hidden from the person for the time being."""
    for hidden in guards.hidden(record_type.name, by=by):
        found = found.exclude(pk__in=hidden)
    return found


def load(refs: Iterable[RecordRef]) -> dict[RecordRef, Record]:
    """The rows of records of any types, in one question a type; who may see them is the caller's matter."""
    by_type: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        by_type[ref.type].add(ref.id)
    found: dict[RecordRef, Record] = {}
    for name, ids in by_type.items():
        if record_type := record_types.get(name):
            rows = reading.by_id(record_type, ids).values()
            if record_type.pipeline:
                catalogue.whole().place(rows)
            found |= {row.ref: row for row in rows}
    return found


def titles(refs: Iterable[RecordRef], *, by: int | None = None) -> dict[RecordRef, str]:
    """What records are called, those that the person may see; None is the system, which sees all."""
    if by is None:
        return {ref: row.title for ref, row in load(refs).items()}
    by_type: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        by_type[ref.type].add(ref.id)
    return {
        RecordRef(name, id): title
        for name, ids in by_type.items()
        if (of := record_types.get(name))
        for id, title in unhidden(access.rows(of, by=by), of, by=by).filter(pk__in=ids).values_list("pk", "title")
    }


def _get_all(asked: Sequence[Mapping[str, Any]]) -> list[Record | Refused]:
    found = load(given["record"] for given in asked)
    return [found.get(given["record"]) or MISSING(id=given["record"].id) for given in asked]


@query("records.record.get", all=_get_all)
def get(*, record: RecordRef) -> Record:  # type: ignore[empty-body]
    """Fetch a record, for whoever acts on it next; refuse if it is not there."""


def _values_all(asked: Sequence[Mapping[str, Any]]) -> list[Any]:
    with catalogue.remembered():
        wanted = [(given["record"], tuple(given["path"])) for given in asked]
        loaded: dict[RecordRef, Record] = {}
        answers: dict[tuple[RecordRef, tuple[str, ...]], Any] = {}
        steps = {one: one for one in wanted}
        while steps:
            loaded |= load(ref for ref, _ in steps.values() if ref not in loaded)
            further: dict[Any, Any] = {}
            for asked_for, (ref, path) in steps.items():
                value = _value(loaded.get(ref), path[0])
                if len(path) > 1 and isinstance(value, RecordRef):
                    further[asked_for] = (value, path[1:])
                else:
                    answers[asked_for] = value if len(path) == 1 else None
            steps = further
        return [answers[one] for one in wanted]


@query("records.record.value", all=_values_all)
def value(*, record: RecordRef, path: Sequence[str]) -> "Value | Gone":
    """The value of a field, through links if the path has several steps; empty beyond an empty link."""


def _value(row: Record | None, name: str) -> "Value | Gone":
    if row is None:
        return GONE
    if name == "id":
        return int(row.pk)
    if name in ("created_at", "changed_at"):
        moment: Value = getattr(row, name)
        return moment
    if name in ("created_by", "changed_by"):
        person = getattr(row, f"{name}_id")
        return PersonRef(person) if person else None
    field = catalogue.whole().of(record_types[row.record_type]).get(name)
    if field is None:
        raise rules.UNKNOWN_FIELD(place=name, field=name, known="")
    return field.of(row)


def types_of(name: str) -> dict[str, Any]:
    """The engine types of a record type's fields, for whoever checks a definition."""
    return {field.name: field.type for field in catalogue.whole().of(type_named(name)).values()}
