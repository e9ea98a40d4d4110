"""Calendars of others on the screen: the page that keeps them, what they put into the picture, the card of an event."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.caldav import rules, subscribing
from potok.caldav.models import Foreign, Subscription
from potok.calendar import public as calendar
from potok.calendar.public import Event, places
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people import public as company
from potok.ui import answers
from potok.ui.answers import Toast

PAGE = "caldav:subscriptions"
SHOWN_MAX = 1000
# How far apart clocks may stand: a whole day is the same day everywhere.
DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Draw the calendars of others; a POST subscribes to one."""
    if request.method == "POST":
        with doors.opened(request.user.pk, door=SCREEN) as call:
            subscribing.add(call, address=request.POST.get("address", ""), **_read(request))
        return answers.go(request, reverse(PAGE), toast=Toast(gettext("The calendar is subscribed to")))
    by = request.user.pk
    shown = {
        "subscriptions": [(one, subscribing.may_change(one, by=by)) for one in subscribing.seen(by)],
        "colours": subscribing.COLOURS,
        "may_share": company.may(by, permission=calendar.KEEP),
    }
    return answers.draw(request, "caldav/subscriptions.html", shown)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Call a subscription otherwise, or give it another colour."""
    one, by = subscribing.found(request.user.pk, id=id), request.user.pk
    if request.method == "GET":
        may_share = company.may(by, permission=calendar.KEEP)
        shown = {"one": one, "colours": subscribing.COLOURS, "may_share": may_share}
        return answers.draw(request, "caldav/subscription.html", shown)
    with doors.opened(by, door=SCREEN) as call:
        subscribing.change(call, subscription=one, **_read(request))
    return answers.go(request, reverse(PAGE), toast=Toast(gettext("The subscription is changed")))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Give a subscription up."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        subscribing.remove(call, subscription=subscribing.found(request.user.pk, id=id))
    return answers.go(request, reverse(PAGE), toast=Toast(gettext("The subscription is removed")))


@require_POST
def read_again(request: HttpRequest, id: int) -> HttpResponse:
    """Have it read at once."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        subscribing.read_again(call, subscription=subscribing.found(request.user.pk, id=id))
    return answers.go(request, reverse(PAGE), toast=Toast(gettext("The calendar is read within a minute")))


@require_POST
def hide(request: HttpRequest, id: int) -> HttpResponse:
    """Show it among one's own calendars, or hide it."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        one = subscribing.found(request.user.pk, id=id)
        subscribing.show(call, subscription=one, shown="shown" in request.POST)
    return answers.go(request, reverse("calendar:show"))


@require_GET
def event(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the card of an event of such a calendar."""
    one = Foreign.objects.filter(pk=id).select_related("subscription").first()
    if one is None or not subscribing.seen(request.user.pk).filter(pk=one.subscription_id).exists():
        raise rules.NO_SUBSCRIPTION(id=id)
    shown = {"event": one, "when": calendar.wording.when(_on(one.as_event(), request.GET.get("on", "")))}
    return answers.draw(request, "caldav/foreign.html", shown)


def listed(person: int) -> Sequence[places.Listed]:
    """The lines of the menu «Calendars»."""
    return [
        places.Listed(
            title=str(one),
            tone=one.tone,
            shown=person not in one.hidden_by,
            url=reverse("caldav:subscription_shown", args=[one.pk]),
            problem=one.problem,
        )
        for one in subscribing.seen(person)
    ]


def between(by: int | None, person: int, first: datetime, last: datetime) -> list[places.Entry]:
    """What the calendars of others put into one's own calendar."""
    if by != person:
        return []
    shown = {one.pk: one for one in subscribing.seen(by) if person not in one.hidden_by}
    since, until = first - DAY, last + DAY
    again = ~Q(repeats="") & (Q(repeats_until=None) | Q(repeats_until__gte=since.date() - DAY))
    rows = Foreign.objects.filter(subscription__in=shown, begins_at__lt=until).filter(Q(ends_at__gt=since) | again)
    found = rows.order_by("begins_at", "pk")[:SHOWN_MAX] if shown else []
    entries = [_entry(row, each, shown[row.subscription_id]) for row in found for each in _times(row, since, until)]
    return [one for one in entries if one.begins_at < last and (one.ends_at or one.begins_at) > first]


def _times(row: Foreign, first: datetime, last: datetime) -> Iterator[Event]:
    one = row.as_event()
    if not one.repeats:
        return iter([one])
    return map(one.at, one.times(first - (one.ends_at - one.begins_at), last))


def _entry(row: Foreign, one: Event, of: Subscription) -> places.Entry:
    here = timezone.get_current_timezone()
    begins, ends = one.begins_at, one.ends_at
    if one.whole_day:
        begins = datetime.combine(one.begins_on, time(), here)
        ends = datetime.combine(one.ends_on + DAY, time(), here)
    url = reverse("caldav:foreign", args=[row.pk]) + (f"?on={one.begins_on:%Y-%m-%d}" if one.repeats else "")
    return places.Entry(one.title, url, begins, ends, note=one.place, tone=of.tone, whole_day=one.whole_day)


def _on(one: Event, day: str) -> Event:
    return calendar.series.on(one, day=day)


def _read(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    colour = int(given["colour"]) if given.get("colour", "").isdecimal() else 1
    return {"title": given.get("title", ""), "colour": colour, "is_shared": "is_shared" in given}
