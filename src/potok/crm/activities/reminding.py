"""The loop that reminds of activities before they begin: a row is marked and its person told in one transaction, so it
happens once.

It has no state and no recovery: a crash is a rollback, and what is due is still due. There may be as many of these
loops as one likes.
"""

import logging
import threading
from collections.abc import Iterable
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.kit import clock, ids, sets
from potok.kit.calls import CLOCK, Call, Cause
from potok.kit.events import gathered
from potok.kit.loops import loop
from potok.notify.public import notices
from potok.people.public import Person
from potok.ui import words

BATCH = 200
IDLE_SECONDS = 2.0
TAKE = """UPDATE activities_activity SET reminds_at = NULL WHERE id IN (
    SELECT id FROM activities_activity WHERE reminds_at <= (SELECT potok_now()) ORDER BY reminds_at, id
    LIMIT %b FOR UPDATE SKIP LOCKED) RETURNING id"""
# What cannot be told delays nothing else; whoever reads the log mends what is wrong with it.
PUT_OFF = """UPDATE activities_activity SET reminds_at = potok_now() + interval '10 minutes' WHERE id IN (
    SELECT id FROM activities_activity WHERE reminds_at <= potok_now() ORDER BY reminds_at, id LIMIT 1)"""
KEEP = """UPDATE activities_activity a SET reminds_at = n.at
          FROM unnest(%b::bigint[], %b::timestamptz[]) n(id, at) WHERE a.id = n.id"""
log = logging.getLogger(__name__)


def arm(rows: Iterable[Activity], *, call: Call) -> None:
    """Set when each reminds, as it stands now; a moment that is over reminds of nothing."""
    moments = {row.pk: moment if (moment := row.reminder()) and moment > call.at else None for row in rows}
    known = {row.pk: row.reminds_at for row in rows}
    changed = [(id, moment) for id, moment in moments.items() if moment != known[id]]
    if changed:
        sets.execute(KEEP, changed)


@loop("activity_reminders")
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
    """Remind of what is due; answers how many activities there were. If a batch fails, of one; if that fails, later."""
    for limit in (BATCH, 1):
        try:
            with gathered():
                return _remind(limit)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("Reminders of activities could not be sent")
    with gathered():
        sets.execute(PUT_OFF)
    return 1


def _remind(limit: int) -> int:
    taken = sets.ids(TAKE, (), limit)
    if not taken:
        return 0
    call = Call(None, clock.now(), ids.new_key(), Cause(CLOCK))
    rows = Activity.objects.filter(pk__in=taken).select_related("responsible").order_by("starts_at", "pk")
    told = [row for row in rows if row.waits and row.responsible.is_active]
    notices.send.many([(call, _notice(row, row.responsible)) for row in told])
    return len(taken)


def _notice(row: Activity, to: Person) -> dict[str, Any]:
    with translation.override(to.language), timezone.override(to.zone):
        when = words.moment(row.starts_at) if row.starts_at else ""
        return {
            "to": to.pk,
            "text": f"{words.quoted(row.title)}: {when}",
            "why": _("A reminder of what you have planned."),
            "kind": of.name,
            "url": f"/{of.path}/{row.pk}/",
            "record_type": of.name,
            "record_id": row.pk,
        }
