"""Titles and addresses of the records that tasks are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from potok.engine.values import RecordRef


@dataclass(frozen=True, slots=True)
class Link:
    """A record as a chip shows it. Without an address the reader may not open it."""

    title: str
    url: str
    icon: str


def of(refs: Iterable[RecordRef]) -> dict[RecordRef, Link]:
    """Title the records, one question for each record type."""
    return {ref: Link(f"{ref.type} {ref.id}", "", "file") for ref in refs}
