"""Who is told of an event that somebody else wrote into his calendar, moved or took away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.calendar import wording
from potok.calendar.events import EventAdded, EventChanged
from potok.calendar.models import Event
from potok.kit.calls import Call
from potok.kit.events import reacts_to
from potok.notify.public import notices
from potok.people import public as company
from potok.people.public import Person
from potok.ui import words

KIND = "calendar"


@dataclass(frozen=True, slots=True)
class Telling:
    """What is to be told of one event to its person."""

    call: Call
    event: Event
    moved: bool


@reacts_to(EventAdded)
def tell_added(happened: Sequence[EventAdded]) -> None:
    """Tell a person what another one wrote into his calendar."""
    there = _events(happened)
    _tell(Telling(one.call, there[one.event], moved=False) for one in happened if one.event in there)


@reacts_to(EventChanged)
def tell_moved(happened: Sequence[EventChanged]) -> None:
    """Tell a person that another one moved what stands in his calendar, or gave it to him."""
    there = _events(happened)
    _tell(
        Telling(one.call, there[one.event], moved="person" not in one.now)
        for one in happened
        if one.event in there and {"begins_at", "person"} & one.now.keys()
    )


def _events(happened: Sequence[Any]) -> dict[int, Event]:
    return Event.objects.in_bulk({one.event for one in happened})


def _tell(tellings: Iterable[Telling]) -> None:
    due = [one for one in tellings if one.event.person_id != one.call.author]
    people = company.by_id({id for one in due for id in (one.event.person_id, one.call.author) if id})
    asked = [
        (one.call.by_system(), _notice(one, people[one.event.person_id], people))
        for one in due
        if one.event.person_id in people
    ]
    if asked:
        notices.send.many(asked)


def _notice(telling: Telling, to: Person, people: dict[int, Person]) -> dict[str, Any]:
    event, author = telling.event, people.get(telling.call.author or 0)
    with translation.override(to.language), timezone.override(to.zone):
        who = str(author) if author else telling.call.cause.title or _("A process")
        said = {"who": who, "title": words.inside(event.title), "when": wording.when(event)}
        text = (
            _("%(who)s moved “%(title)s”: %(when)s") if telling.moved else _("%(who)s: event “%(title)s”, %(when)s")
        ) % said
        why = _("It stands in your calendar.")
    return {"to": to.pk, "text": text, "why": why, "kind": KIND, "url": reverse("calendar:card", args=[event.pk])}
