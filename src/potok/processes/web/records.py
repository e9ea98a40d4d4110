"""Records as links: title and address, asked for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from potok.engine.run import FieldOf, Unknown
from potok.engine.values import RecordRef
from potok.processes import outside
from potok.processes.memory import SHOWN
from potok.processes.models import Assignment, Instance


@dataclass(frozen=True, slots=True)
class Link:
    """A record as a chip shows it."""

    title: str
    url: str
    icon: str = "file"


def links(refs: Iterable[RecordRef]) -> dict[RecordRef, Link]:
    """Title the records, in as few questions as there are types."""
    wanted = list(dict.fromkeys(refs))
    found = outside.fields([FieldOf(ref, SHOWN) for ref in wanted])
    return {ref: Link(_title(ref, found.get(FieldOf(ref, SHOWN))), outside.url_of(ref)) for ref in wanted}


def title(ref: RecordRef) -> str:
    """How one record is called."""
    return links([ref])[ref].title


def ref_of(one: Instance | Assignment) -> RecordRef | None:
    """The record that an instance or an assignment is about."""
    return RecordRef(one.record_type, one.record_id) if one.record_id is not None else None


def _title(ref: RecordRef, found: object) -> str:
    return f"{ref.type} {ref.id}" if found is None or isinstance(found, Unknown) else str(found)
