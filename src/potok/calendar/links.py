"""Titles and addresses of the records that events are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from potok.engine.values import RecordRef
from potok.records import public as records


@dataclass(frozen=True, slots=True)
class Link:
    """A record as a chip shows it. Without an address the reader may not open it."""

    title: str
    url: str
    icon: str


def of(refs: Iterable[RecordRef], *, by: int | None) -> dict[RecordRef, Link]:
    """Title the records, one question for each record type; one that is gone, or that the reader may not see, keeps
    its name and number."""
    wanted = [ref for ref in dict.fromkeys(refs) if ref.type in records.record_types]
    titled = records.titles(wanted, by=by)
    return {ref: _link(ref, titled.get(ref)) for ref in wanted}


def _link(ref: RecordRef, title: str | None) -> Link:
    declared = records.type_named(ref.type)
    if title is None:
        return Link(f"{declared.title} {ref.id}", "", declared.icon)
    return Link(title, f"/{declared.path}/{ref.id}/", declared.icon)
