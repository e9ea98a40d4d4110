"""The card of an event, as a page and as a drawer, and taking the event out of the calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.calendar import access, links, operations, queries, wording
from potok.calendar.models import Event
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.ui import answers
from potok.ui.answers import Toast


@require_GET
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the card of an event."""
    return answers.draw(request, "calendar/card.html", _card(request, queries.found(request.user.pk, id=id)))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Take the event out of the calendar."""
    event = queries.found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.remove(call, event=event)
    return answers.go(request, address(event, by=request.user.pk), toast=Toast(gettext("The event is removed")))


def address(event: Event, *, by: int | None) -> str:
    """The week in which the event stands."""
    person = "" if event.person_id == by else f"&person={event.person_id}"
    day = timezone.localdate(event.begins_at)
    return f"{reverse('calendar:show')}?day={day.isoformat()}{person}"


def _card(request: HttpRequest, event: Event) -> dict[str, Any]:
    by = request.user.pk
    return {
        "event": event,
        "when": wording.when(event),
        "kind": queries.told([event.kind])[event.kind],
        "reminder": wording.reminder(event.remind_minutes),
        "links": links.of(event.refs(), by=by).values(),
        "other_zone": "" if event.zone == timezone.get_current_timezone_name() else event.zone,
        "may_change": access.may_manage(event.person_id, by=by),
        "week_url": address(event, by=by),
    }
