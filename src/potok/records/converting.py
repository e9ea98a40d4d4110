"""Another kind for a field that holds values already: what would become of each value, and the change itself.

Nothing is lost. What does not convert stays as text in a hidden field of its own beside the new one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from potok.engine import values
from potok.engine.values import FileRef, Money, PersonRef, RecordRef, Value
from potok.kit import sets
from potok.kit.events import encode
from potok.records import catalogue, fields, rules
from potok.records.fields import Choice, Field, Unreadable
from potok.records.models import CustomField
from potok.records.record_types import RecordType, record_types

AT_ONCE = 1_000
EXAMPLES_MAX = 10
OPTIONS_MAX = 200  # of a list made of the values that are there
# What is worth something only where it points at.
REFERENCES = ("person", "link", "file", "numbered")
BEFORE = "_before"
WRITE = """UPDATE "{table}" t SET props = n.props FROM unnest(%b::bigint[], %b::text[]::jsonb[]) n(id, props)
           WHERE t.id = n.id"""


@dataclass
class Rehearsal:
    """How many values there are, how many convert, and some of those that do not."""

    total: int = 0
    converted: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """How many do not convert."""
        return self.total - self.converted


def possible(kind: str) -> list[str]:
    """The kinds that a field of a kind may become."""
    return [one for one in fields.kinds if one != kind and one not in REFERENCES] if kind not in REFERENCES else []


def check(row: CustomField, kind: str) -> None:
    """Refuse kinds in which the values would mean nothing."""
    if kind not in possible(row.kind):
        raise rules.NO_WAY(place="kind", field=row.title, kind=kind)


def target(row: CustomField, kind: str) -> Field:
    """The field as it would be; a list offers the values that are there."""
    if kind != "choice":
        return _as_field(row, kind, [])
    there = dict.fromkeys(text for _, held, text in _held(row) if held is not None)
    return _as_field(row, kind, [{"key": str(n + 1), "title": one} for n, one in enumerate(islice(there, OPTIONS_MAX))])


def rehearse(row: CustomField, kind: str) -> Rehearsal:
    """Tell what would become of the values; nothing is written."""
    check(row, kind)
    wanted, told = target(row, kind), Rehearsal()
    for _, held, text in _held(row):
        if held is None:
            continue
        told.total += 1
        if _converted(wanted, text) is not None:
            told.converted += 1
        elif len(told.left) < EXAMPLES_MAX:
            told.left.append(text)
    return told


def convert(row: CustomField, kind: str) -> Rehearsal:
    """Convert all values; the caller keeps the row's new kind. What does not convert goes to a field beside it."""
    check(row, kind)
    wanted, told = target(row, kind), Rehearsal()
    of = record_types[row.record_type]
    written: list[tuple[int, str]] = []
    for record, held, text in _held(row):
        if held is None:
            continue
        told.total += 1
        plain = _converted(wanted, text)
        told.converted += plain is not None
        props = {**record.props, row.name: plain} | ({row.name + BEFORE: text} if plain is None else {})
        written.append((record.pk, encode(props)))
        if len(written) == AT_ONCE:
            _write(of, written)
            written = []
    _write(of, written)
    row.kind, row.options, row.default = kind, _options(wanted), None
    return told


def _held(row: CustomField) -> Iterator[tuple[Any, Value, str]]:
    """Every record that holds something in the field, with the value and how it is written as text."""
    of, was = record_types[row.record_type], catalogue.field_of(row)
    found, last = of.rows().filter(props__has_key=row.name).order_by("pk"), 0
    while batch := list(found.filter(pk__gt=last)[:AT_ONCE]):
        last = batch[-1].pk
        for record in batch:
            value = was.of(record)
            yield record, (None if values.is_empty(value) else value), _text(was, value)


def _text(was: Field, value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(_text(was, one) for one in value)
    if isinstance(was, Choice):
        return str(was.titles.get(str(value), value))
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, PersonRef | RecordRef | FileRef):
        return str(value.id)
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    return "" if value is None else str(value)


def _converted(wanted: Field, text: str) -> Any:
    """The value as the new field holds it; nothing where it cannot be read."""
    parts = text.split("; ") if wanted.multiple else [text]
    try:
        items = [wanted.item(part) for part in parts]
    except Unreadable:
        return None
    plain = [wanted.to_plain(item) for item in items]
    return plain if wanted.multiple else plain[0]


def _as_field(row: CustomField, kind: str, options: Sequence[Any]) -> Field:
    return catalogue.field_of(
        CustomField(
            record_type=row.record_type, name=row.name, kind=kind, title=row.title, multiple=row.multiple,
            options=list(options),
        )
    )  # fmt: skip


def _options(wanted: Field) -> list[Any]:
    return [{"key": key, "title": str(title)} for key, title in wanted.options] if isinstance(wanted, Choice) else []


def _write(of: RecordType, written: Sequence[tuple[int, str]]) -> None:
    if written:
        sets.execute(WRITE.format(table=of.model._meta.db_table), written)  # noqa: SLF001 (Django's face of a model)
