"""What happens in the feed."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PostAdded(Event):
    """Somebody wrote to colleagues."""

    name: ClassVar[str] = "feed.post.added"
    post: int
    mentioned: tuple[int, ...]
    important: bool


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PostChanged(Event):
    """A post says something else now, or goes to others; `mentioned` are those who were not called before."""

    name: ClassVar[str] = "feed.post.changed"
    post: int
    mentioned: tuple[int, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PostRemoved(Event):
    """A post was taken back, with what was answered to it."""

    name: ClassVar[str] = "feed.post.removed"
    post: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PostAnswered(Event):
    """Somebody commented on an entry; `mentioned` are those who are called in it and see it."""

    name: ClassVar[str] = "feed.comment.added"
    post: int
    comment: int
    mentioned: tuple[int, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingAsked(Event):
    """Those who have not said that they have read an important post are asked again."""

    name: ClassVar[str] = "feed.post.reminded"
    post: int
    persons: tuple[int, ...]
