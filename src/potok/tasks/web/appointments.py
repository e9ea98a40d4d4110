"""Events of calendars as the tab «Дела» of a record lists them: what is ahead is to be done, what is over is done."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from potok.calendar import public as calendar
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.tasks.models import spelled
from potok.tasks.places import Offer, ToDo

SHOWN_MAX = 200


def lines(request: HttpRequest, record: RecordRef) -> Sequence[ToDo]:
    """What stands in calendars about a record."""
    now = clock.now()
    found = calendar.about(record, by=request.user.pk)[:SHOWN_MAX]
    return [
        ToDo(
            title=one.title,
            url=reverse("calendar:card", args=[one.pk]),
            icon="calendar",
            state="done" if one.ends_at <= now else "timer",
            due=one.begins_at,
            closed_at=one.ends_at if one.ends_at <= now else None,
            note=" · ".join(each for each in (calendar.wording.when(one), str(one.person), one.place) if each),
        )
        for one in found
    ]


def ahead_count(request: HttpRequest, record: RecordRef) -> int:
    """How much of it is ahead."""
    count: int = calendar.about(record, by=request.user.pk).filter(ends_at__gt=clock.now()).count()
    return count


def offers(request: HttpRequest, record: RecordRef) -> Sequence[Offer]:
    """The button that writes an event down."""
    return [Offer(gettext_lazy("New event"), f"{reverse('calendar:new')}?record={spelled(record)}", "calendar")]
