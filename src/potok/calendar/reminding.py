"""The loop that reminds: an event is marked and its person told in one transaction, so it happens once.

It has no state and no recovery: a crash is a rollback, and what is due is still due. There may be as many of these
loops as one likes.
"""

import logging
import threading
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.calendar import wording
from potok.calendar.events import EventReminded
from potok.calendar.models import Event
from potok.calendar.operations import reminds_next
from potok.kit import clock, ids, sets
from potok.kit.calls import CLOCK, Call, Cause
from potok.kit.events import announce, gathered
from potok.kit.loops import loop
from potok.notify.public import notices
from potok.people.public import Person
from potok.ui import words

KIND = "calendar"
BATCH = 200
IDLE_SECONDS = 2.0
TAKE = """UPDATE calendar_entry SET reminds_at = NULL WHERE id IN (
    SELECT id FROM calendar_entry WHERE reminds_at <= (SELECT potok_now()) ORDER BY reminds_at, id
    LIMIT %b FOR UPDATE SKIP LOCKED) RETURNING id"""
# One that cannot be told delays no other; whoever reads the log mends what is wrong with it.
PUT_OFF = """UPDATE calendar_entry SET reminds_at = potok_now() + interval '10 minutes' WHERE id IN (
    SELECT id FROM calendar_entry WHERE reminds_at <= potok_now() ORDER BY reminds_at, id LIMIT 1)"""
log = logging.getLogger(__name__)


@loop("reminders")
def run(stop: threading.Event) -> None:
    """Remind until told to stop."""
    while not stop.is_set():
        try:
            if not serve():
                connection.close()  # others of the worker wait for one, and this loop has time
                stop.wait(IDLE_SECONDS)
        except (OperationalError, InterfaceError) as failure:
            log.warning("The loop of reminders lost its database and looks for it again: %s", failure)
            connection.close()
            stop.wait(IDLE_SECONDS)


def serve() -> int:
    """Remind of what is due; answers how many events there were. If a batch fails, of one; if that fails, later."""
    for limit in (BATCH, 1):
        try:
            with gathered():
                return _remind(limit)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("Reminders could not be sent")
    with gathered():
        sets.execute(PUT_OFF)
    return 1


def _remind(limit: int) -> int:
    taken = sets.ids(TAKE, (), limit)
    if not taken:
        return 0
    call = Call(None, clock.now(), ids.new_key(), Cause(CLOCK))
    events = list(Event.objects.filter(pk__in=taken).select_related("person").order_by("begins_at", "pk"))
    for one in events:
        _come_again(one, call.at)
    told = [one for one in events if one.person.is_active and one.ends_at > call.at]
    notices.send.many([(call, _notice(one, one.person)) for one in told])
    for one in told:
        announce(EventReminded(call=call, event=one.pk, person=one.person_id))
    return len(taken)


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
