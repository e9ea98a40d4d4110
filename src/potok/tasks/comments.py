"""What people say about a task, with files."""

import re
from collections.abc import Sequence

from potok.kit import events
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.tasks import access, attachments, rules
from potok.tasks.events import CommentAdded, CommentChanged, CommentRemoved
from potok.tasks.models import Comment, Task

MENTION = re.compile(r"@(\w[\w-]*)[  ](\w[\w-]*)")


@operation("tasks.comment.add", needs="")
def add(call: Call, *, task: Task, text: str, files: Sequence[int] = ()) -> Comment:
    """Comment on a task. `@Name Surname` calls a colleague; stored files, by their ids, then hang on the task."""
    rules.check_part(access.standing(task, by=call.by))
    kept = rules.tidy_comment(text, files=files)
    attachments.hang(call, task=task, ids=files)
    mentioned = access.people_called(MENTION.findall(kept))
    comment = Comment.objects.create(
        task=task, author_id=call.author, text=kept, files=list(files), mentioned=list(mentioned), at=call.at
    )
    _let_see(task, mentioned)
    told = CommentAdded(call=call, task=task.pk, comment=comment.pk, author=call.author, text=kept, mentioned=mentioned)
    events.announce(told)
    events.touch("task", task.pk)
    return comment


@operation("tasks.comment.change", needs="")
def change(call: Call, *, task: Task, comment: int, text: str, files: Sequence[int] | None = None) -> Comment:
    """Correct what one has said; without `files` those that hang there stay."""
    said = own(call, task, comment)
    held = said.files if files is None else list(files)
    kept = rules.tidy_comment(text, files=held)
    if files:
        attachments.hang(call, task=task, ids=[one for one in files if one not in said.files])
    mentioned = access.people_called(MENTION.findall(kept))
    fresh = tuple(one for one in mentioned if one not in said.mentioned)
    was, said.text, said.files, said.mentioned = said.text, kept, held, list(mentioned)
    said.save(update_fields=["text", "files", "mentioned"])
    _let_see(task, fresh)
    told = CommentChanged(call=call, task=task.pk, comment=comment, was=was, now=kept, mentioned=fresh)
    events.announce(told)
    events.touch("task", task.pk)
    return said


@operation("tasks.comment.remove", needs="")
def remove(call: Call, *, task: Task, comment: int) -> None:
    """Take back what one has said; whoever leads the task may take back what others said."""
    said = own(call, task, comment, leads=True)
    said.delete()
    events.announce(CommentRemoved(call=call, task=task.pk, comment=comment, was=said.text))
    events.touch("task", task.pk)


def own(call: Call, task: Task, comment: int, *, leads: bool = False) -> Comment:
    """A comment that the caller may change, or with `leads` take away; otherwise refuse."""
    standing = access.standing(task, by=call.by)
    rules.check_part(standing)
    said = Comment.objects.filter(pk=comment, task=task).first()
    if said is None:
        raise rules.UNKNOWN_COMMENT()
    if not rules.may_change_comment(standing, is_own=said.author_id == call.by, leads=leads):
        raise rules.ANOTHERS_COMMENT()
    return said


def _let_see(task: Task, called: Sequence[int]) -> None:
    """Whoever is called becomes an observer: a link to a task that he may not open would be a joke."""
    strangers = [person for person in called if person not in task.parties().all()]
    if strangers:
        task.observers = [*task.observers, *strangers]
        Task.objects.filter(pk=task.pk).update(observers=task.observers)
