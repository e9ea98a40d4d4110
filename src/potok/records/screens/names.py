"""Names of what values refer to, people, records and files, asked for once for a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from potok.disk import public as disk
from potok.engine.values import FileRef, PersonRef, RecordRef, Value
from potok.people import public as people
from potok.records import queries


@dataclass(frozen=True)
class Names:
    """Who and what is behind references; what is not there any more is missing."""

    persons: dict[int, Any]
    records: dict[RecordRef, str]
    files: dict[int, Any] = field(default_factory=dict)


def of_values(values: Iterable[Value]) -> Names:
    """Fetch the people, the titles and the files that values refer to, in one question a kind."""
    persons: set[int] = set()
    records: set[RecordRef] = set()
    files: set[int] = set()
    for value in values:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, PersonRef):
                persons.add(item.id)
            elif isinstance(item, RecordRef):
                records.add(item)
            elif isinstance(item, FileRef):
                files.add(item.id)
    return Names(
        people.by_id(persons) if persons else {},
        queries.titles(records) if records else {},
        # Who sees the record sees what its files are called; the bytes ask for themselves.
        disk.by_id(files, by=None) if files else {},
    )
