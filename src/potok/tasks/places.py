"""Places of tasks that the parts above fill from their start-up: the card of a task, the tab «Дела» of a record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from potok.engine.values import RecordRef
from potok.ui.slots import CardTab, Text, slot


@dataclass(frozen=True)
class ToDo:
    """One line of the tab: a task, or what a part above plans on records. Closed, it has the moment `closed_at`."""

    title: str
    url: str
    state: str
    due: datetime | None
    note: str = ""
    icon: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Offer:
    """A button above the list; it opens a drawer."""

    title: Text
    url: str
    icon: str


@dataclass(frozen=True)
class Source:
    """Where lines come from: `lines` and `count` of what is open are asked for one record."""

    name: str
    lines: Callable[[HttpRequest, RecordRef], Sequence[ToDo]] = field(compare=False)
    count: Callable[[HttpRequest, RecordRef], int] = field(compare=False)
    offers: Callable[[HttpRequest, RecordRef], Sequence[Offer]] = field(compare=False)
    order: int = 100


@dataclass(frozen=True)
class After:
    """Where whoever completed a task goes on: `url(request, task)` gives the address, or nothing."""

    name: str
    url: Callable[[HttpRequest, Any], str] = field(compare=False)
    order: int = 100


facts = slot(CardTab, "tasks.facts", "Below the facts of a task: `draw(request, task)` answers one more, or nothing.")
sources = slot(Source, "tasks.sources", "Lines of the tab «Activities» on the card of a record.")
after = slot(After, "tasks.after", "Where completing a task leads: to the work that it was a part of.")
