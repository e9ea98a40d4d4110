"""What happens to tasks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskAdded(Event):
    """Somebody was given a task; `records` names what it is about."""

    name: ClassVar[str] = "tasks.task.added"
    task: int
    title: str
    responsible: int
    creator: int
    controller: int | None
    observers: tuple[int, ...]
    deadline: datetime | None
    records: tuple[str, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskChanged(Event):
    """`was` and `now` hold the changed fields only."""

    name: ClassVar[str] = "tasks.task.changed"
    task: int
    was: dict[str, Any]
    now: dict[str, Any]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskMoved(Event):
    """The task has another status, whatever led it there."""

    name: ClassVar[str] = "tasks.task.moved"
    task: int
    was: str
    now: str


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskRemoved(Event):
    """The task is gone for good; `was` is what its fields held, as `engine.values.encode` writes them."""

    name: ClassVar[str] = "tasks.task.removed"
    task: int
    was: dict[str, Any]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskStarted(Event):
    """The responsible person says that the work has begun."""

    name: ClassVar[str] = "tasks.task.started"
    task: int
    by: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskClosed(Event):
    """The task needs nobody any more: somebody completed it, or it was removed."""

    name: ClassVar[str] = "tasks.task.closed"
    task: int
    by: int | None
    removed: bool = False


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskReopened(Event):
    """A completed task is to be done after all."""

    name: ClassVar[str] = "tasks.task.reopened"
    task: int
    by: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskDeferred(Event):
    """The task was put off; it waits for nobody now."""

    name: ClassVar[str] = "tasks.task.deferred"
    task: int
    by: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskHandedIn(Event):
    """The work is done and waits to be accepted."""

    name: ClassVar[str] = "tasks.task.handed_in"
    task: int
    by: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskSentBack(Event):
    """The work was not accepted; the responsible person goes on."""

    name: ClassVar[str] = "tasks.task.sent_back"
    task: int
    by: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskDue(Event):
    """The moment has come at which a task given for later begins."""

    name: ClassVar[str] = "tasks.task.due"
    task: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class TaskOverdue(Event):
    """The deadline of a task has passed and it is not done."""

    name: ClassVar[str] = "tasks.task.overdue"
    task: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class CommentAdded(Event):
    """Something was said about a task; `mentioned` are the people who were called by name."""

    name: ClassVar[str] = "tasks.comment.added"
    task: int
    comment: int
    author: int | None
    text: str
    mentioned: tuple[int, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class CommentChanged(Event):
    """Somebody corrected what he had said; `mentioned` are the people who were not called before."""

    name: ClassVar[str] = "tasks.comment.changed"
    task: int
    comment: int
    was: str
    now: str
    mentioned: tuple[int, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class CommentRemoved(Event):
    """Something that was said about a task is taken back."""

    name: ClassVar[str] = "tasks.comment.removed"
    task: int
    comment: int
    was: str
