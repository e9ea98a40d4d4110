"""Names of what values refer to, people, records and files, asked for once for a whole page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

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


def of_values(values: Iterable[Value], *, by: int | None) -> Names:
    """Fetch the people, the titles and the files that values refer to, in one question a kind, as far as the reader
    may see them."""
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
        queries.titles(records, by=by) if records else {},
        # Who sees the record sees what its files are called; the bytes ask for themselves.
        disk.by_id(files, by=None) if files else {},
    )


def once(request: HttpRequest, values: Iterable[Value]) -> Names:
    """Name what values refer to, asking in one request only for what has not been named yet."""
    known = kept(request)
    items = [item for value in values for item in (value if isinstance(value, tuple) else (value,))]
    fresh = of_values((item for item in items if not _is_known(item, known)), by=request.user.pk)
    known.persons.update(fresh.persons)
    known.records.update(fresh.records)
    known.files.update(fresh.files)
    return known


def kept(request: HttpRequest) -> Names:
    """What this request knows by name; whoever has loaded a record adds its title."""
    known: Names = vars(request).setdefault("potok_records_names", Names({}, {}, {}))
    return known


def _is_known(item: Value, known: Names) -> bool:
    if isinstance(item, PersonRef):
        return item.id in known.persons
    if isinstance(item, RecordRef):
        return item in known.records
    return isinstance(item, FileRef) and item.id in known.files
