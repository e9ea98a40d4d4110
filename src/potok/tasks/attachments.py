"""Files of comments: they hang on the task, and whoever sees the task may fetch them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from potok.kit.calls import Call
from potok.tasks.models import Comment, Task


@dataclass(frozen=True)
class Said:
    """A comment with its files."""

    comment: Comment
    files: list[Any]


def keep(call: Call, *, task: Task, uploaded: Sequence[Any]) -> list[int]:
    """Store uploaded files on the task; ids in the same order."""
    return []


def beside(comments: Iterable[Comment]) -> list[Said]:
    """The comments with their files, fetched in one question."""
    return [Said(comment, []) for comment in comments]
