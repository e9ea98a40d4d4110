"""What processes know of records: fields, locks, types. The one place that asks the part `records`."""

from collections.abc import Mapping, Sequence

from potok.engine.run import FieldOf, Unknown
from potok.engine.values import RecordRef, Type, Value


def fields(asks: Sequence[FieldOf]) -> "dict[FieldOf, Value | Unknown]":
    """Read fields of records, those of all types in as few questions as there are types."""
    return {}


def hold(records: Sequence[RecordRef], *, waits: bool = False) -> set[RecordRef]:
    """Lock records against change and answer those that were there and free; with `waits`, wait for the others."""
    return set(records)


def url_of(record: RecordRef | None) -> str:
    """The page of a record; empty without one."""
    return "" if record is None else f"/{record.type}/{record.id}"


def record_fields() -> "Mapping[str, Mapping[str, Type]]":
    """The fields of every record type, custom ones too, as the compiler is told of them."""
    return {}


def choices() -> "Mapping[tuple[str, str], frozenset[str]]":
    """The permitted values of fields that have a list of them, by record type and field."""
    return {}
