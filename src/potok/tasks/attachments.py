"""Files of comments: they hang on the task, and whoever takes part in the task may fetch them."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from potok.disk import public as disk
from potok.disk.public import File, Holder, Place, files, holders
from potok.kit.calls import Call
from potok.tasks import queries
from potok.tasks.models import Comment, Task

KIND = "task"


@dataclass(frozen=True)
class Said:
    """A comment with its files."""

    comment: Comment
    files: list[File]


def register() -> None:
    """Answer for files that hang on tasks: who sees the task, sees and adds."""
    holders.add(KIND, Holder(sees=_seen, adds=_seen))


def place(task: Task) -> Place:
    return Place(KIND, task.pk)


def keep(call: Call, *, task: Task, uploaded: Sequence[Any]) -> list[int]:
    """Store uploaded files on the task; ids in the same order."""
    return [files.add(call, name=one.name, content=one.file, on=place(task)).pk for one in uploaded]


def hang(call: Call, *, task: Task, ids: Sequence[int]) -> None:
    """Hang files that were stored before on the task; those that hang there already stay."""
    for one in ids:
        files.hang(call, file=disk.file(one, by=call.by), on=place(task))


def beside(comments: Iterable[Comment]) -> list[Said]:
    """The comments with their files, fetched in one question. The caller has made sure that the task may be seen."""
    said = list(comments)
    wanted = {number for comment in said for number in comment.files}
    found = disk.by_id(wanted, by=None) if wanted else {}
    return [Said(comment, [found[number] for number in comment.files if number in found]) for comment in said]


def _seen(person: int | None, ids: Set[int]) -> Set[int]:
    return set(queries.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True))
