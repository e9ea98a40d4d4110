"""The card of an event, as a page and as a drawer, and taking the event out of the calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from potok.calendar import access, inviting, links, operations, queries, repeating, rules, series, wording
from potok.calendar.models import Event, Guest
from potok.kit import doors
from potok.kit.calls import SCREEN, Call
from potok.notify.public import Waiting, inbox
from potok.ui import answers
from potok.ui.answers import Toast

SHOWN_GUESTS = 50


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


@require_POST
def answer(request: HttpRequest, id: int) -> HttpResponse:
    """Accept or decline an invitation."""
    event = queries.found(request.user.pk, id=id)
    accepts = request.POST.get("answer") == "accept"
    with doors.opened(request.user.pk, door=SCREEN) as call:
        inviting.answer(call, event=event, accepts=accepts)
    said = gettext("You take part") if accepts else gettext("You do not take part")
    return answers.go(request, reverse("calendar:card", args=[id]), toast=Toast(said))


@require_POST
def skip(request: HttpRequest, id: int) -> HttpResponse:
    """Leave out one of the events that come again."""
    event = queries.found(request.user.pk, id=id)
    day = rules.day_named(request.POST.get("on", ""))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.skip(call, event=event, day=day)
    return answers.go(request, address(event, by=request.user.pk), toast=Toast(gettext("This one is left out")))


def detail(request: HttpRequest, waiting: Waiting, next_url: str) -> str:
    """What the inbox shows of an invitation."""
    event = queries.found(request.user.pk, id=int(waiting.key.partition(":")[2]))
    return render_to_string("calendar/_card.html", {**_card(request, event), "next_url": next_url}, request=request)


def _accept(call: Call, waiting: Waiting) -> object:
    event = queries.found(call.by, id=int(waiting.key.partition(":")[2]))
    return inviting.answer(call, event=event, accepts=True)


ACTS = (inbox.Act("accept", gettext_lazy("Accept"), _accept),)


def address(event: Event, *, by: int | None) -> str:
    """The week in which the event stands."""
    person = "" if event.person_id == by else f"&person={event.person_id}"
    day = timezone.localdate(event.begins_at)
    return f"{reverse('calendar:show')}?day={day.isoformat()}{person}"


def _card(request: HttpRequest, event: Event) -> dict[str, Any]:
    by = request.user.pk
    guests = list(Guest.objects.filter(event=event).select_related("person").order_by("person__sort_key"))
    mine = next((one for one in guests if one.person_id == by), None)
    event = series.on(event, day=request.GET.get("on", ""))
    return {
        "event": event,
        "guests": guests[:SHOWN_GUESTS],
        "guests_more": max(0, len(guests) - SHOWN_GUESTS),
        "accepted": sum(one.answer == rules.ACCEPTED for one in guests),
        "busy": inviting.busy(event, [one.person_id for one in guests[:SHOWN_GUESTS]]),
        "mine": mine,
        "repeats": gettext(repeating.title(event.repeats)) if event.repeats else "",
        "on": f"{event.begins_on:%Y-%m-%d}" if event.repeats else "",
        "when": wording.when(event),
        "kind": queries.told([event.kind])[event.kind],
        "reminder": wording.reminder(event.remind_minutes),
        "links": links.of(event.refs(), by=by).values(),
        "other_zone": "" if event.zone == timezone.get_current_timezone_name() else event.zone,
        "may_change": access.may_write(event, by=by),
        "week_url": address(event, by=by),
    }
