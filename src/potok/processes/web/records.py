"""Records as links: title and address, asked for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from potok.engine.values import RecordRef
from potok.processes import outside
from potok.processes.models import Assignment, Incident, Instance
from potok.processes.subjects import subjects
from potok.records import public as records


@dataclass(frozen=True, slots=True)
class Link:
    """A record as a chip shows it."""

    title: str
    url: str
    icon: str = "file"


def links(refs: Iterable[RecordRef]) -> dict[RecordRef, Link]:
    """Title the records, in as few questions as there are types; one that is gone keeps its name and number."""
    wanted = list(dict.fromkeys(refs))
    titled = outside.titles(wanted)
    return {ref: _link(ref, titled.get(ref)) for ref in wanted}


def title(ref: RecordRef) -> str:
    """How one record is called."""
    return links([ref])[ref].title


def ref_of(one: Instance | Assignment | Incident) -> RecordRef | None:
    """The record that an instance, an assignment or an incident is about."""
    return RecordRef(one.record_type, one.record_id) if one.record_id is not None else None


def _link(ref: RecordRef, title: str | None) -> Link:
    declared = subjects.get(ref.type) or records.record_types.get(ref.type)
    if declared is None or title is None:
        return Link(f"{declared.title if declared else ref.type} {ref.id}", "", declared.icon if declared else "file")
    return Link(title, outside.url_of(ref), declared.icon)
