"""What a person's devices find: his own calendar, the shared ones that he sees, his tasks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from django.utils.translation import gettext
from icalendar import Calendar as Written

from potok.caldav.of_events import EventsOf
from potok.caldav.of_tasks import TasksOf
from potok.caldav.thing import Thing
from potok.calendar import public as calendar
from potok.kit.calls import Call
from potok.people.public import Person


class Source(Protocol):
    """Where the things of a collection come from and where they go."""

    @property
    def kind(self) -> str: ...
    @property
    def component(self) -> str: ...
    def tags(self) -> dict[str, str]: ...
    def things(self, names: Collection[str] | None = None) -> Iterable[Thing]: ...
    def busy(self, first: datetime, last: datetime) -> Iterable[tuple[datetime, datetime]]: ...
    def put(self, call: Call, name: str, written: Written) -> bool: ...
    def remove(self, call: Call, name: str) -> bool: ...


@dataclass(frozen=True)
class Shelf:
    """One collection: a calendar, or the list of tasks."""

    code: str
    title: str
    colour: str
    order: int
    may_write: bool
    source: Source


COLOURS = ("#0b6872", "#2f76cf", "#35895a", "#cb3a33", "#6069bd", "#b0538f", "#8a8a2a", "#b57608")
OWN, TASKS, SHARED = "own", "tasks", "shared-"


def of(person: Person) -> list[Shelf]:
    """All collections of a person, in the order in which they are offered."""
    written = set(calendar.written(person.pk).values_list("pk", flat=True))
    own = Shelf(OWN, gettext("My calendar"), COLOURS[0], 1, may_write=True, source=EventsOf(person))
    tasks = Shelf(TASKS, gettext("Tasks"), COLOURS[7], 2, may_write=True, source=TasksOf(person))
    shared = [
        Shelf(
            f"{SHARED}{one.pk}",
            one.title,
            COLOURS[one.colour - 1],
            place,
            may_write=one.pk in written,
            source=EventsOf(person, shared=one),
        )
        for place, one in enumerate(calendar.seen(person.pk), 3)
    ]
    return [own, tasks, *shared]


def state(tags: dict[str, str]) -> str:
    """What stands for all of these tags: different as soon as one thing is."""
    return blake2b(repr(sorted(tags.items())).encode(), digest_size=12).hexdigest()
