"""Keys of records: of which types there are any, from which fields they come, how they are kept."""

from collections.abc import Collection, Iterable, Mapping

from potok.engine.values import Value
from potok.kit import sets
from potok.people.public import folded
from potok.records import catalogue, reading
from potok.records.duplicates import likeness
from potok.records.duplicates.likeness import EMAIL, NAME, PHONE, TAX
from potok.records.duplicates.models import Key
from potok.records.fields import Email, Field, Phone, Text
from potok.records.record_types import RecordType, record_types

TAX_FIELDS = ("inn", "tax_number")
KEEP = """INSERT INTO duplicates_key (kind, object, sort, value)
    SELECT * FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::text[])"""
NOTE = "INSERT INTO duplicates_fresh (kind, object) SELECT * FROM unnest(%b::text[], %b::bigint[])"


def watched() -> list[RecordType]:
    """The types whose records may be one: those that can be reached by phone or mail."""
    whole = catalogue.whole()
    return [
        of
        for of in record_types.all().values()
        if any(isinstance(one, Phone | Email) and not one.custom for one in whole.of(of).values())
    ]


def is_watched(of: RecordType) -> bool:
    return of in watched()


def is_firm(of: RecordType) -> bool:
    """Firms have one name and are told apart by it; of people there are many of one name."""
    return of.titled is None and not of.pipeline


def sort_of(field: Field) -> str:
    """For which key a field counts; empty for none."""
    if isinstance(field, Phone):
        return PHONE
    if isinstance(field, Email):
        return EMAIL
    if isinstance(field, Text) and field.name in TAX_FIELDS:
        return TAX
    return NAME if field.name == "title" else ""


def of_values(of: RecordType, values: Mapping[str, Value], *, seen_by: int | None = None) -> set[tuple[str, str]]:
    """The keys that values of a type give, as far as the person knows of the fields."""
    found: set[tuple[str, str]] = set()
    fields = catalogue.seen_by(seen_by).of(of)
    for field_name, value in values.items():
        if field_name in fields and (sort := sort_of(fields[field_name])):
            found |= {(sort, key) for text in _texts(value) if (key := _key(sort, text))}
    return found


def _key(sort: str, text: str) -> str:
    if sort == NAME:
        return likeness.name(folded(text))
    read = {PHONE: likeness.phone, EMAIL: likeness.email, TAX: likeness.tax}[sort]
    return read(text)


def _texts(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return [str(value)] if value else []


def keep(changed: Mapping[str, Collection[int]]) -> None:
    """Write the keys of these records as they stand now, and note that they are to be compared."""
    rows = []
    for kind, ids in changed.items():
        forget(kind, ids)
        of = record_types[kind]
        fields = {name: field for name, field in catalogue.whole().of(of).items() if sort_of(field)}
        for row in reading.as_written(of, ids).values():
            if row.removed_at is None:
                values = {name: field.of(row) for name, field in fields.items()}
                rows += [(kind, row.pk, sort, value) for sort, value in sorted(of_values(of, values))]
    if rows:
        sets.execute(KEEP, rows)
    if noted := sorted({(kind, id) for kind, ids in changed.items() for id in ids}):
        sets.execute(NOTE, noted)


def forget(kind: str, ids: Iterable[int]) -> None:
    """Let these records be like no other."""
    Key.objects.filter(kind=kind, object__in=list(ids)).delete()
