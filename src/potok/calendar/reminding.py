"""Events remind their people before they begin; those that come again remind of the following time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.calendar import wording
from potok.calendar.events import EventReminded
from potok.calendar.models import Event
from potok.calendar.operations import reminds_next
from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.loops import rounds
from potok.notify.public import Reminders, notices
from potok.people.public import Person
from potok.ui import words

KIND = "calendar"


def _tell(call: Call, taken: Collection[int]) -> None:
    events = list(Event.objects.filter(pk__in=taken).select_related("person").order_by("begins_at", "pk"))
    for one in events:
        _come_again(one, call.at)
    told = [one for one in events if one.person.is_active and one.ends_at > call.at]
    notices.send.many([(call, _notice(one, one.person)) for one in told])
    for one in told:
        announce(EventReminded(call=call, event=one.pk, person=one.person_id))


@rounds("reminders", rest_seconds=2.0)
def serve() -> int:
    """Remind of what is due; answers of how many events."""
    return Reminders("calendar_entry", _tell).serve()


def _come_again(event: Event, now: datetime) -> None:
    """Of one that comes again: show the time that is meant, and remind of the following one."""
    if not event.repeats:
        return
    lasts = event.ends_at - event.begins_at
    meant = event.next_time(after=now - max(lasts, timedelta(minutes=1)))
    Event.objects.filter(pk=event.pk).update(reminds_at=reminds_next(event, now=now))
    if meant:
        event.begins_at, event.ends_at = meant, meant + lasts


def _notice(event: Event, to: Person) -> dict[str, Any]:
    with translation.override(to.language), timezone.override(to.zone):
        said = {"title": words.inside(event.title), "when": wording.when(event)}
        place = f", {event.place}" if event.place else ""
        return {
            "to": to.pk,
            "text": _("“%(title)s”: %(when)s") % said + place,
            "why": _("A reminder from your calendar."),
            "kind": KIND,
            "url": reverse("calendar:card", args=[event.pk]),
        }
