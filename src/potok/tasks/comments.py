"""What people say about a task, with files."""

import re
from collections.abc import Sequence

from potok.kit import events
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.tasks import access, attachments, rules
from potok.tasks.events import CommentAdded
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


def _let_see(task: Task, called: Sequence[int]) -> None:
    """Whoever is called becomes an observer: a link to a task that he may not open would be a joke."""
    strangers = [person for person in called if person not in task.parties().all()]
    if strangers:
        task.observers = [*task.observers, *strangers]
        Task.objects.filter(pk=task.pk).update(observers=task.observers)
