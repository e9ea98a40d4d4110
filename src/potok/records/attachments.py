"""Files of records: whoever sees a record may fetch what hangs on it, whoever may change it may hang more."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import Any

from potok.disk import public as disk
from potok.disk.public import Holder, Place, files, holders
from potok.records import access
from potok.records.events import RecordChanged
from potok.records.models import Record
from potok.records.record_types import RecordType, for_every_type


def register(record_type: RecordType) -> None:
    """Answer for files that hang on records of a type, under its name."""
    holders.add(record_type.name, Holder(sees=_reached(record_type, "see"), adds=_reached(record_type, "edit")))


def place(record: Record) -> Place:
    """Where files of a record hang."""
    return Place(record.record_type, record.pk)


def hang(happened: Sequence[RecordChanged]) -> None:
    """Hang what people have loaded into fields on the record; what hangs elsewhere stays there."""
    named = [(change, id) for change in happened for id in _files(change.after.values())]
    if not named:
        return
    known = disk.by_id({id for _, id in named}, by=None)
    for change, id in named:
        if (file := known.get(id)) and file.is_loose:
            # Whether he may use the file was looked at before the record changed (see `references`).
            files.hang(replace(change.call, by=None), file=file, on=Place(change.type, change.id))


def _files(plain: Iterable[Any]) -> Iterator[int]:
    for one in plain:
        if isinstance(one, list):
            yield from _files(one)
        elif isinstance(one, dict) and "file" in one:
            yield one["file"]


def _reached(record_type: RecordType, act: str) -> Callable[[int | None, Set[int]], Set[int]]:
    def reached(by: int | None, ids: Set[int]) -> Set[int]:
        found = access.rows(record_type, by=by, act=act).filter(pk__in=ids)
        return set(found.values_list("pk", flat=True))

    return reached


for_every_type(register)
