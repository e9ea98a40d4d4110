"""Events, as the search finds them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from potok.calendar import queries
from potok.calendar.events import EventAdded, EventChanged, EventRemoved
from potok.calendar.models import Event
from potok.kit.events import reacts_to
from potok.records.public import searching

EVENT = "event"


def _read(ids: Collection[int]) -> Iterable[searching.Page]:
    for one in Event.objects.filter(pk__in=ids):
        yield searching.Page(one.pk, one.title, one.person_id, [one.text, one.place])


def _seen(by: int | None, ids: Collection[int]) -> Collection[int]:
    return list(queries.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))


def _draw(ids: Collection[int]) -> Mapping[int, searching.Shown]:
    return {id: searching.Shown(reverse("calendar:card", args=[id]), drawer=True) for id in ids}


def fill() -> None:
    """Let events be found; once, at start-up."""
    found = searching.Source(_("Events"), "calendar", _read, Event.objects.all, _seen, _draw)
    searching.sources.add(EVENT, found)


@reacts_to(EventAdded)
def follow_added(happened: Sequence[EventAdded]) -> None:
    """Write the entries of events that are new."""
    searching.keep({EVENT: {one.event for one in happened}})


@reacts_to(EventChanged)
def follow_changed(happened: Sequence[EventChanged]) -> None:
    """Write the entries of events that are different."""
    searching.keep({EVENT: {one.event for one in happened}})


@reacts_to(EventRemoved)
def forget(happened: Sequence[EventRemoved]) -> None:
    """Find no event that was removed."""
    searching.forget(EVENT, {one.event for one in happened})
