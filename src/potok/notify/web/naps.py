"""Putting a line of the inbox off until later, and taking it up again."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit import clock
from potok.kit.calls import SCREEN
from potok.kit.doors import opened
from potok.notify import rules
from potok.notify.operations import waiting
from potok.ui import answers, words
from potok.ui.answers import Toast

MORNING, EVENING = time(9), time(18)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Nap:
    """One way to put something off."""

    name: str
    title: str
    until: datetime


def offered(now: datetime) -> list[Nap]:
    """The ways that make sense at this hour of this day, on the clock of the reader."""
    today = now.date()
    naps = [
        Nap("hour", _("For an hour"), now + timedelta(hours=1)),
        Nap("evening", _("Until the evening"), _at(today, EVENING, now)),
        Nap("tomorrow", _("Until tomorrow morning"), _at(today + DAY, MORNING, now)),
        Nap("week", _("Until Monday"), _at(today + DAY * (7 - today.weekday()), MORNING, now)),
        Nap("month", _("For a month"), _at(today + DAY * 30, MORNING, now)),
    ]
    return [one for one in naps if one.until > now + timedelta(minutes=59) or one.name == "hour"]


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Put a line off, and open the next one."""
    now = timezone.localtime(clock.now())
    until = next((one.until for one in offered(now) if one.name == request.POST.get("until")), None)
    key = request.POST.get("key", "")
    if until is None:
        raise rules.WRONG_MOMENT(place="until")
    with opened(request.user.pk, door=SCREEN) as call:
        waiting.snooze(call, key=key, until=until)
    undo = f"{reverse('inbox:wake')}?{urlencode({'key': key})}"
    return answers.go(
        request,
        _following(request),
        toast=Toast(_("Put off until %(when)s") % {"when": words.moment(until)}, undo=undo),
    )


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a line up again."""
    key = request.GET.get("key", "") or request.POST.get("key", "")
    with opened(request.user.pk, door=SCREEN) as call:
        waiting.snooze(call, key=key, until=None)
    return answers.go(request, f"{reverse('inbox:show')}?{urlencode({'at': key})}")


def _following(request: HttpRequest) -> str:
    following = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(following, allowed_hosts=None)
    return following if ours else reverse("inbox:show")


def _at(day: date, hour: time, now: datetime) -> datetime:
    return datetime.combine(day, hour, now.tzinfo)
