"""What a trial waits for where it stands: whatever a person who tries it out may let happen next. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """An open assignment: its form, and the names of those who may answer."""

    step: str
    title: str
    description: str
    form: Mapping[str, Any]
    whom: Mapping[int, str]
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """An open command, and the names of those who may give it."""

    step: str
    title: str
    whom: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message that some step waits for, with the values that it has to have."""

    name: str
    where: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """All of it. `chores` are steps that wait for something that a person does elsewhere, such as closing a task;
    `next_at` is when something happens by itself."""

    questions: Sequence[Question] = ()
    offers: Sequence[Offer] = ()
    chores: Mapping[str, str] = field(default_factory=dict)
    messages: Sequence[Awaited] = ()
    next_at: datetime | None = None
