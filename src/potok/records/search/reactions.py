"""What the search does when something changed: its entries are written anew before the same transaction commits."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from potok.disk.events import FileAdded, FileRemoved
from potok.kit.events import reacts_to
from potok.people import public as people
from potok.people.events import DepartmentChanged, PersonAdded, PersonChanged, PersonDismissed, PersonReturned
from potok.records.events import CHANGED, ERASED, REMOVED, RecordChanged, RecordCommented
from potok.records.record_types import record_types
from potok.records.search import indexing
from potok.records.search.kinds import is_written
from potok.records.search.own import COMMENT, FILE, PERSON


@reacts_to(RecordChanged)
def follow_records(happened: Sequence[RecordChanged]) -> None:
    """Write the entries of changed records, if what changed is looked for."""
    changed: dict[str, set[int]] = defaultdict(set)
    gone: dict[str, set[int]] = defaultdict(set)
    for one in happened:
        of = record_types.get(one.type)
        if of is None or one.kind in (REMOVED, ERASED):
            gone[one.type].add(one.id)
        elif one.kind != CHANGED or any(is_written(of, name) for name in one.after):
            changed[one.type].add(one.id)
    for kind, ids in gone.items():
        indexing.forget(kind, ids)
        changed[kind] -= ids
    indexing.keep(changed)


@reacts_to(RecordCommented)
def follow_comments(happened: Sequence[RecordCommented]) -> None:
    """Let be found what was said."""
    indexing.keep({COMMENT: {one.comment for one in happened}})


def follow_people(happened: Sequence[Any]) -> None:
    """Find people under the names they have now; who has left is not found."""
    indexing.keep({PERSON: {one.person for one in happened}})


for _happening in (PersonAdded, PersonChanged, PersonDismissed, PersonReturned):
    reacts_to(_happening)(follow_people)


@reacts_to(DepartmentChanged)
def follow_departments(happened: Sequence[DepartmentChanged]) -> None:
    """Find people by where they work."""
    indexing.keep({PERSON: {one for each in happened for one in people.members(department=each.department)}})


@reacts_to(FileAdded)
def follow_files(happened: Sequence[FileAdded]) -> None:
    """Find files by their names."""
    indexing.keep({FILE: {one.file for one in happened}})


@reacts_to(FileRemoved)
def forget_files(happened: Sequence[FileRemoved]) -> None:
    """Find no file that is gone."""
    indexing.forget(FILE, {one.file for one in happened})
