"""Questions about events."""

from collections.abc import Iterable

from django.db.models import Q

from potok.calendar import access, kinds, rules
from potok.calendar.models import Calendar, CalendarType, Event, Events, Guest
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
    return Q(person=person, calendar=None) | Q(pk__in=invited.values("event"))


def found(person: int | None, *, id: int) -> Event:
    """The event, if the person may see it; otherwise it is missing."""
    for one in visible_to(person).select_related("person", "created_by", "calendar").filter(pk=id):
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


@query("calendar.calendar")
def shared(*, type: str, owner: int | None = None) -> int | None:
    """Tell the number of the calendar that is meant by its type and its owner; None is a person's own.

    The type is the code or the title of one of the settings; without one it is a person's own calendar. The owner is
    the number of the group, and of the calendar itself where nobody owns it; the company needs none if it has one.
    """
    meant = type_named(type)
    if meant is None or meant.whose == rules.PERSON:
        return None
    there = Calendar.objects.filter(type=meant).order_by("pk")
    if meant.whose == rules.COMPANY and owner is None:
        owner = there.values_list("pk", flat=True).first()
    if owner is None and meant.whose == rules.COMPANY:
        raise rules.NO_CALENDAR(place="type")
    if owner is None:
        raise rules.NO_OWNER(place="owner")
    found = there.filter(group=owner) if meant.whose == rules.GROUP else there.filter(pk=owner)
    for one in found:
        return one.pk
    raise rules.NO_CALENDAR(place="owner")


def type_named(named: str) -> CalendarType | None:
    """The type of calendars with this code or title; None for no name."""
    wanted = named.strip().casefold()
    if not wanted:
        return None
    known = types()
    for one in known:
        if wanted in (one.code.casefold(), str(one).casefold()):
            return one
    raise rules.UNKNOWN_TYPE(place="type", type=named, known=", ".join(one.code for one in known))


def types() -> list[CalendarType]:
    """The types of calendars, in the order of the settings."""
    return list(CalendarType.objects.order_by("place", "pk"))


def calendar_found(person: int | None, *, id: int) -> Calendar:
    """The shared calendar, if the person sees it; otherwise it is missing."""
    for one in access.seen(person).filter(pk=id):
        return one
    raise rules.UNKNOWN_CALENDAR(id=id)
