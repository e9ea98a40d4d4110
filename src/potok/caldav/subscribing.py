"""Calendars of others: subscribed to for oneself or for everybody, shown, hidden and given up."""

from django.db.models import Q, QuerySet

from potok.caldav import rules
from potok.caldav.models import Subscription
from potok.calendar import public as calendar
from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.people import public as company
from potok.people.public import Person

COLOURS = range(1, 9)


@operation("caldav.subscription.add", needs="")
def add(call: Call, *, address: str, title: str = "", colour: int = 1, is_shared: bool = False) -> Subscription:
    """Subscribe to a calendar that others publish as `.ics`; it is read soon, and every hour from then on.

    Without a title it is called as it calls itself. For everybody only who keeps shared calendars subscribes.
    """
    person = Person.objects.filter(pk=call.by or 0, is_active=True, is_external=False).first()
    if person is None:
        raise rules.NOBODY()
    _check_shared(call, is_shared=is_shared)
    where, named = rules.tidy_address(address), rules.tidy_title(title) if title.strip() else ""
    mine = Subscription.objects.filter(person=person)
    for there in mine.filter(address=where):
        raise rules.SUBSCRIBED(place="address", title=str(there))
    if mine.count() >= rules.SUBSCRIPTIONS_MAX:
        raise rules.TOO_MANY_SUBSCRIPTIONS(limit=rules.SUBSCRIPTIONS_MAX)
    made = Subscription.objects.create(
        person=person, address=where, title=named, colour=_tidy_colour(colour), is_shared=is_shared, next_at=call.at
    )
    _touch(made)
    return made


@operation("caldav.subscription.change", needs="")
def change(call: Call, *, subscription: Subscription, title: str, colour: int, is_shared: bool) -> Subscription:
    """Call a subscription otherwise, give it another colour, show it to everybody or to oneself only."""
    _check_own(call, subscription)
    if is_shared != subscription.is_shared:
        _check_shared(call, is_shared=True)
    subscription.title, subscription.colour = rules.tidy_title(title), _tidy_colour(colour)
    subscription.is_shared = is_shared
    subscription.save(update_fields=["title", "colour", "is_shared"])
    _touch(subscription)
    return subscription


@operation("caldav.subscription.read_again", needs="")
def read_again(call: Call, *, subscription: Subscription) -> None:
    """Have a calendar read again at once."""
    _check_own(call, subscription)
    Subscription.objects.filter(pk=subscription.pk).update(next_at=call.at)


@operation("caldav.subscription.remove", needs="")
def remove(call: Call, *, subscription: Subscription) -> None:
    """Give a subscription up, with all that was read of it."""
    _check_own(call, subscription)
    Subscription.objects.filter(pk=subscription.pk).delete()
    _touch(subscription)


@operation("caldav.subscription.show", needs="")
def show(call: Call, *, subscription: Subscription, shown: bool) -> Subscription:
    """Show a subscribed calendar among one's own, or hide it; for oneself only."""
    if not seen(call.by).filter(pk=subscription.pk).exists():
        raise rules.NO_SUBSCRIPTION()
    me = call.by or 0
    subscription.hidden_by = [one for one in subscription.hidden_by if one != me] + ([] if shown else [me])
    subscription.save(update_fields=["hidden_by"])
    return subscription


def seen(by: int | None) -> QuerySet[Subscription]:
    """The subscriptions that a person sees: his own, and those for everybody who works here."""
    of_all = Q(is_shared=True) if Person.objects.filter(pk=by or 0, is_external=False).exists() else Q()
    return Subscription.objects.filter(Q(person=by) | of_all).order_by("title", "pk")


def found(by: int | None, *, id: int) -> Subscription:
    """The subscription, if the person sees it; otherwise it is missing."""
    for one in seen(by).filter(pk=id):
        return one
    raise rules.NO_SUBSCRIPTION(id=id)


def may_change(subscription: Subscription, *, by: int | None) -> bool:
    """Tell whether somebody keeps a subscription: who made it, and of one for everybody who keeps shared calendars."""
    if by in (None, subscription.person_id):
        return True
    return subscription.is_shared and company.may(by, permission=calendar.KEEP)


def _check_own(call: Call, subscription: Subscription) -> None:
    if not may_change(subscription, by=call.by):
        raise rules.NO_SUBSCRIPTION()


def _check_shared(call: Call, *, is_shared: bool) -> None:
    if is_shared and call.by is not None and not company.may(call.by, permission=calendar.KEEP):
        raise FORBIDDEN(permission=calendar.KEEP)


def _tidy_colour(colour: int) -> int:
    return colour if colour in COLOURS else COLOURS[0]


def _touch(subscription: Subscription) -> None:
    touch("calendar.shared" if subscription.is_shared else "calendar", subscription.person_id)
