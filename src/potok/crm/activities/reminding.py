"""Activities remind their responsible people before they begin."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.loops import rounds
from potok.notify.public import Reminders, notices
from potok.people.public import Person
from potok.ui import words

KEEP = """UPDATE activities_activity a SET reminds_at = n.at
          FROM unnest(%b::bigint[], %b::timestamptz[]) n(id, at) WHERE a.id = n.id"""


def arm(rows: Iterable[Activity], *, call: Call) -> None:
    """Set when each reminds, as it stands now; a moment that is over reminds of nothing."""
    moments = {row.pk: moment if (moment := row.reminder()) and moment > call.at else None for row in rows}
    known = {row.pk: row.reminds_at for row in rows}
    changed = [(id, moment) for id, moment in moments.items() if moment != known[id]]
    if changed:
        sets.execute(KEEP, changed)


def _tell(call: Call, taken: Collection[int]) -> None:
    rows = Activity.objects.filter(pk__in=taken).select_related("responsible").order_by("starts_at", "pk")
    told = [row for row in rows if row.waits and row.responsible.is_active]
    notices.send.many([(call, _notice(row, row.responsible)) for row in told])


@rounds("activity_reminders", rest_seconds=2.0)
def serve() -> int:
    """Remind of what is due; answers of how many activities."""
    return Reminders("activities_activity", _tell).serve()


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
