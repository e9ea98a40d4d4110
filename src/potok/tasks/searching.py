"""Tasks and what was said about them, as the search finds them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from potok.kit.events import reacts_to
from potok.records.public import searching
from potok.tasks import queries
from potok.tasks.events import CommentAdded, CommentChanged, CommentRemoved, TaskAdded, TaskChanged, TaskClosed
from potok.tasks.models import Comment, Task

TASK, COMMENT = "task", "task_comment"


def _read(ids: Collection[int]) -> Iterable[searching.Page]:
    found = Task.objects.filter(pk__in=ids).values_list("pk", "title", "responsible_id", "description")
    return [searching.Page(id, title, owner, [text]) for id, title, owner, text in found]


def _seen(by: int | None, ids: Collection[int]) -> Collection[int]:
    return list(queries.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))


def _draw(ids: Collection[int]) -> Mapping[int, searching.Shown]:
    return {id: searching.Shown(reverse("tasks:card", args=[id]), drawer=True) for id in ids}


def _read_comments(ids: Collection[int]) -> Iterable[searching.Page]:
    for one in Comment.objects.filter(pk__in=ids):
        yield searching.Page(one.pk, one.text, one.author_id, [one.text], is_named=False)


def _seen_comments(by: int | None, ids: Collection[int]) -> Collection[int]:
    open_ = queries.visible_to(by).values("pk")
    return list(Comment.objects.filter(pk__in=ids, task__in=open_).values_list("pk", flat=True))


def _draw_comments(ids: Collection[int]) -> Mapping[int, searching.Shown]:
    said = Comment.objects.filter(pk__in=ids).values_list("pk", "task_id", "task__title")
    return {id: searching.Shown(reverse("tasks:card", args=[task]), title, drawer=True) for id, task, title in said}


def fill() -> None:
    """Let tasks be found; once, at start-up."""
    tasks = searching.Source(_("Tasks"), "square-check", _read, Task.objects.all, _seen, _draw)
    said = searching.Source(
        _("Comments on tasks"), "message-square", _read_comments, Comment.objects.all, _seen_comments, _draw_comments
    )
    searching.sources.add(TASK, tasks)
    searching.sources.add(COMMENT, said)


def follow(happened: Sequence[Any]) -> None:
    """Write the entries of tasks that are new or different."""
    searching.keep({TASK: {one.task for one in happened}})


for _happening in (TaskAdded, TaskChanged):
    reacts_to(_happening)(follow)


def follow_comments(happened: Sequence[Any]) -> None:
    """Let be found what was said about tasks."""
    searching.keep({COMMENT: {one.comment for one in happened}})


for _saying in (CommentAdded, CommentChanged):
    reacts_to(_saying)(follow_comments)


@reacts_to(CommentRemoved)
def forget_comments(happened: Sequence[CommentRemoved]) -> None:
    """Find no comment that was taken back."""
    searching.forget(COMMENT, {one.comment for one in happened})


@reacts_to(TaskClosed)
def forget(happened: Sequence[TaskClosed]) -> None:
    """Find no task that was removed."""
    if gone := {one.task for one in happened if one.removed}:
        searching.forget(TASK, gone)
