"""Questions about events."""

from collections.abc import Iterable

from django.db.models import Q

from potok.calendar import access, kinds, rules
from potok.calendar.models import Event, Events, Guest
from potok.engine.values import RecordRef
from potok.kit.queries import query


def visible_to(person: int | None) -> Events:
    """The events that a person may see: his own, and those that his permissions reach."""
    events: Events = Event.objects.all()
    if person is None:
        return events
    return events.filter(access.reached(person) | Q(pk__in=Guest.objects.filter(person=person).values("event")))


def standing_with(person: int) -> Q:
    """The events that stand in a person's calendar: his own, and those of others that he has not declined."""
    invited = Guest.objects.filter(person=person).exclude(answer=rules.DECLINED)
    return Q(person=person) | Q(pk__in=invited.values("event"))


def found(person: int | None, *, id: int) -> Event:
    """The event, if the person may see it; otherwise it is missing."""
    for one in visible_to(person).select_related("person", "created_by").filter(pk=id):
        return one
    raise rules.UNKNOWN_EVENT(id=id)


def about(record: RecordRef, *, by: int | None) -> Events:
    """The events that are about a record, those that the person may see, by their time."""
    found: Events = visible_to(by).about(record).select_related("person").by_time()
    return found


def told(codes: Iterable[str]) -> dict[str, str]:
    """The titles of types of events; a type that was taken away has none."""
    known = dict(kinds.kinds())
    return {code: known.get(code, "") for code in codes}


@query("calendar.kind")
def kind(*, named: str) -> str:
    """Tell the code of the type of events that is called so; empty if there is none."""
    wanted = named.strip().casefold()
    return next((code for code, title in kinds.kinds() if wanted in (code.casefold(), title.casefold())), "")
