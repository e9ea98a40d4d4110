"""What tasks offer to other parts.

from potok.tasks import public as tasks      # tasks.add(call, title=…), tasks.complete(call, task=…)
from potok.tasks.events import TaskClosed
"""

from potok.tasks import checklist, comments, facts, places
from potok.tasks.models import Comment, Item, Task
from potok.tasks.operations import accept, add, change, complete, defer, remove, reopen, resume, send_back, start
from potok.tasks.queries import about, found, locked_status, status, visible_to
from potok.tasks.rules import NO_RESPONSIBLE

TASK = "task"  # what references to tasks are called: `task:7`

__all__ = [
    "NO_RESPONSIBLE", "TASK", "Comment", "Item", "Task", "about", "accept", "add", "change", "checklist", "comments",
    "complete", "defer", "facts", "found", "locked_status", "places", "remove", "reopen", "resume", "send_back",
    "start", "status", "visible_to",
]  # fmt: skip
