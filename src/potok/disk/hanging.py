"""On what files hang: a part above says who may see and who may add, for the kind of thing that it owns.

    hanging.holders.add("task", Holder(sees=tasks.seen_by, adds=tasks.changed_by))

Both answer for many things at once: of these ids, those that the person may see (add to). None is the system.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from potok.disk.models import File
from potok.kit.registry import Registry

Sieve = Callable[[int | None, Set[int]], Set[int]]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may see the files that hang on things of one kind, and who may hang more."""

    sees: Sieve
    adds: Sieve


@dataclass(frozen=True, slots=True)
class Place:
    """The thing on which a file hangs: a kind with a holder, and an id."""

    kind: str
    id: int


holders: Registry[Holder] = Registry("holder of files")


def seen(files: Iterable[File], *, by: int | None) -> list[File]:
    """Leave of these files those that the person may see, in their order; one question for each kind of thing."""
    files = list(files)
    if by is None:
        return files
    wanted: dict[str, set[int]] = defaultdict(set)
    for file in files:
        if file.hangs_id is not None:
            wanted[file.hangs_kind].add(file.hangs_id)
    open_ = {kind: holders[kind].sees(by, ids) for kind, ids in wanted.items() if kind in holders}
    return [file for file in files if _may_see(file, by=by, open_=open_)]


def may_add(place: Place, *, by: int | None) -> bool:
    """Tell whether the person may hang a file there. A kind that nobody answers for is closed."""
    holder = holders.get(place.kind)
    return holder is not None and place.id in holder.adds(by, {place.id})


def _may_see(file: File, *, by: int, open_: dict[str, Set[int]]) -> bool:
    if file.is_loose:
        return file.created_by_id == by
    return file.hangs_id in open_.get(file.hangs_kind, ())
