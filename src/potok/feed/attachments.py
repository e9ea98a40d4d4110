"""Files of the feed hang on their entry: who sees it fetches them, and hangs more when he answers."""

from collections.abc import Collection, Sequence, Set
from typing import Any

from potok.disk import public as disk
from potok.disk.public import File, Holder, Place, files, holders
from potok.feed import access
from potok.kit.calls import Call

KIND = "feed.entry"


def register() -> None:
    """Answer for files that hang on entries."""
    holders.add(KIND, Holder(sees=_seen, adds=_seen))


def keep(call: Call, *, uploaded: Sequence[Any]) -> list[int]:
    """Store uploaded files, loose until they are named by a post or a comment."""
    return [files.add(call, name=one.name, content=one.file).pk for one in uploaded]


def hang(call: Call, *, entry: int, ids: Sequence[int]) -> None:
    """Hang files that one sees on the entry; those that hang there already stay."""
    for one in ids:
        files.hang(call, file=disk.file(one, by=call.by), on=Place(KIND, entry))


def named(ids: Collection[int]) -> dict[int, File]:
    """The files of entries that may be seen, in one question."""
    return disk.by_id(ids, by=None) if ids else {}


def _seen(person: int | None, ids: Set[int]) -> Set[int]:
    return set(access.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True))
