"""What else stands in a calendar: the parts above put here what they plan for people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from potok.ui.slots import MenuEntry, Text, slot

MINE, PLANNED, DUE = "mine", "planned", "due"
"""Tones of the drawing: one's own, what is planned with clients, what falls due."""


@dataclass(frozen=True)
class Entry:
    """One thing on the calendar. Without an end it is a moment; of whole days the ends are midnights."""

    title: str
    url: str
    begins_at: datetime
    ends_at: datetime | None = None
    note: str = ""
    tone: str = MINE
    whole_day: bool = False
    is_done: bool = False
    # Where a hand that moves it tells its new time: see `client/islands/calendar.ts`. Empty: it stays where it is.
    moves: str = ""
    comes_again: bool = False

    def spans(self) -> tuple[str, str]:
        """From when to when on the reader's clock, as a browser counts with it."""
        clock = timezone.get_current_timezone()
        ends_at = self.ends_at or self.begins_at
        return f"{self.begins_at.astimezone(clock):%Y-%m-%dT%H:%M}", f"{ends_at.astimezone(clock):%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class Source:
    """Who plans for people: `between(by, person, first, last)` tells what a reader sees of a person's time.

    Without a `tone` its entries bring colours of their own, and the legend does not name it.
    `inbox` is the kind of inbox lines that the source shows itself, so that nothing stands there twice.
    """

    name: str
    title: Text
    between: Callable[[int | None, int, datetime, datetime], Sequence[Entry]] = field(compare=False)
    tone: str = PLANNED
    inbox: str = ""
    order: int = 100


@dataclass(frozen=True)
class Listed:
    """One more calendar in the menu «Calendars»: a POST to `url` shows it or hides it; `problem` says why it is old."""

    title: str
    tone: str
    shown: bool
    url: str
    problem: str = ""


@dataclass(frozen=True)
class Lister:
    """Who knows of more calendars that a person may show beside his own."""

    name: str
    listed: Callable[[int], Sequence[Listed]] = field(compare=False)
    order: int = 100


listers = slot(Lister, "calendar.listers", "More calendars that stand in the menu «Calendars».")
sources = slot(Source, "calendar.sources", "What else stands in a person's calendar, beside his events.")
doors = slot(MenuEntry, "calendar.doors", "Ways for calendars in and out, at the end of the menu «Calendars».")
