"""Whose calendars a person sees, and into whose he writes: his own, those that his permissions reach, shared ones.

The calendar of a group is seen and written by its people. The others are seen by everybody who works here, and written
by whoever has the permission, or by all of them if the calendar is open.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from potok.calendar import rules
from potok.calendar.models import Calendar, Event
from potok.kit.calls import Call
from potok.kit.permissions import permission
from potok.people import public as company
from potok.people.public import Group, Person

SEE = permission("calendar.event.see", _("See calendars of others"), of_records=True)
MANAGE = permission("calendar.event.manage", _("Write into calendars of others"), of_records=True)
WRITE = permission("calendar.calendar.write", _("Write into calendars of the company"))
KEEP = permission("calendar.calendar.keep", _("Keep shared calendars and their types"))


def may_see(person: int, *, by: int | None) -> bool:
    """Tell whether the calendar of a person is open to another; who writes into it sees it."""
    return by in (None, person) or any(company.visible(by, permission=one).covers((person,)) for one in (SEE, MANAGE))


def may_manage(person: int, *, by: int | None) -> bool:
    """Tell whether somebody writes into the calendar of a person."""
    return by in (None, person) or company.visible(by, permission=MANAGE).covers((person,))


def reached(by: int) -> Q:
    """The events of those whose calendars are open to a person, his own among them."""
    mine = Q(person=by)
    own = (
        mine
        | company.visible(by, permission=SEE).narrows("person")
        | company.visible(by, permission=MANAGE).narrows("person")
    )
    return (own & Q(calendar=None)) | Q(calendar__in=seen(by))


def seen(by: int | None) -> QuerySet[Calendar]:
    """The shared calendars that a person sees; the system sees all."""
    shared = Calendar.objects.select_related("type").order_by("type__place", "title", "pk")
    if by is None or company.may(by, permission=KEEP):
        return shared
    either = Q(group__in=_groups(by))
    if Person.objects.filter(pk=by, is_external=False).exists():
        either |= Q(group=None)
    return shared.filter(either)


def written(by: int | None) -> QuerySet[Calendar]:
    """The shared calendars into which a person writes."""
    shared = seen(by)
    if by is None or company.may(by, permission=KEEP) or company.may(by, permission=WRITE):
        return shared
    return shared.filter(Q(group__in=_groups(by)) | Q(is_open=True))


def _groups(by: int) -> QuerySet[Group]:
    return Group.objects.filter(people=by)


def check_seen(call: Call, *, calendar: Calendar) -> None:
    """Refuse whoever does not see a shared calendar."""
    if not seen(call.by).filter(pk=calendar.pk).exists():
        raise rules.UNKNOWN_CALENDAR()


def may_write(event: Event, *, by: int | None) -> bool:
    """Tell whether somebody changes and removes an event where it stands."""
    if event.calendar_id is None:
        return may_manage(event.person_id, by=by)
    return written(by).filter(pk=event.calendar_id).exists()


def writable(events: Iterable[Event], *, by: int | None) -> set[int]:
    """Those of the events that somebody changes where they stand."""
    events = list(events)
    persons = {one.person_id for one in events if one.calendar_id is None}
    managed = {person for person in persons if may_manage(person, by=by)}
    shared = {one.calendar_id for one in events if one.calendar_id}
    open_ = set(written(by).filter(pk__in=shared).values_list("pk", flat=True)) if shared else set()
    return {one.pk for one in events if one.calendar_id in open_ or (not one.calendar_id and one.person_id in managed)}


def check_place(call: Call, *, person: int, calendar: int | None) -> None:
    """Refuse a stranger to the calendar in which something is to stand: a person's own, or a shared one.

    A process writes into the calendars that its author named: who published it answers for it.
    """
    if calendar is None:
        check_manage(call, person=person)
    elif call.cause.instance is None and not written(call.by).filter(pk=calendar).exists():
        raise rules.NOT_YOUR_CALENDAR(place="calendar")


def check_write(call: Call, *, event: Event) -> None:
    """Refuse whoever may not change what stands in this calendar."""
    check_place(call, person=event.person_id, calendar=event.calendar_id)


def others(by: int) -> list[Person]:
    """Those whose calendars are open to a person, by name, without himself."""
    reach = [company.visible(by, permission=one) for one in (SEE, MANAGE)]
    if all(one.is_nowhere for one in reach):
        return []
    everybody = company.active().exclude(pk=by)
    if any(one.owners is None for one in reach):
        return list(everybody)
    return list(everybody.filter(pk__in={owner for one in reach for owner in one.owners or ()}))


def check_manage(call: Call, *, person: int) -> None:
    """Refuse a stranger. A process writes into the calendars that its author named: who published it answers for it."""
    if call.cause.instance is None and not may_manage(person, by=call.by):
        raise rules.NOT_YOURS()


def check_person(person: int) -> None:
    """Refuse whoever is not there, or not at work any more."""
    if not Person.objects.filter(pk=person, is_active=True).exists():
        raise rules.NOBODY(place="person")
