"""Whose calendars a person sees, and into whose he writes: his own, and those that his permissions reach."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from potok.calendar import rules
from potok.kit.calls import Call
from potok.kit.permissions import permission
from potok.people import public as company
from potok.people.public import Person

SEE = permission("calendar.event.see", _("See calendars of others"), of_records=True)
MANAGE = permission("calendar.event.manage", _("Write into calendars of others"), of_records=True)


def may_see(person: int, *, by: int | None) -> bool:
    """Tell whether the calendar of a person is open to another; who writes into it sees it."""
    return by in (None, person) or any(company.visible(by, permission=one).covers((person,)) for one in (SEE, MANAGE))


def may_manage(person: int, *, by: int | None) -> bool:
    """Tell whether somebody writes into the calendar of a person."""
    return by in (None, person) or company.visible(by, permission=MANAGE).covers((person,))


def reached(by: int) -> Q:
    """The events of those whose calendars are open to a person, his own among them."""
    mine = Q(person=by)
    return (
        mine
        | company.visible(by, permission=SEE).narrows("person")
        | company.visible(by, permission=MANAGE).narrows("person")
    )


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
