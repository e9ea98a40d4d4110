"""Activities in the calendars of those who are to do them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from potok.calendar.public import places
from potok.crm.activities.record import activity as of
from potok.people import public as people
from potok.records import public as records

SHOWN_MAX = 500


def between(by: int | None, person: int, first: datetime, last: datetime) -> Sequence[places.Entry]:
    """What a person has to do, or did, at these times, as far as the reader may see it."""
    if not people.may(by, permission=of.may("see")):
        return []
    within = Q(starts_at__lt=last) & (Q(starts_at__gte=first) | Q(ends_at__gt=first))
    found = records.rows(of, by=by).filter(within, responsible=person).order_by("starts_at", "pk")
    return [
        places.Entry(
            title=row.title,
            url=f"/{of.path}/{row.pk}/",
            begins_at=row.starts_at,
            ends_at=row.ends_at,
            tone=places.PLANNED,
            is_done=row.is_done,
        )
        for row in found[:SHOWN_MAX]
    ]
