"""An event is moved by hand, or made longer or shorter; answered with the way back."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from potok.calendar import operations, queries, rules, series, wording
from potok.calendar.models import DAY, Event
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.ui import answers, words
from potok.ui.answers import Toast

ONE, FOLLOWING, ALL = "one", "following", "all"
WHICH: Mapping[str, Callable[..., Event]] = {
    ONE: series.change_one,
    FOLLOWING: series.change_following,
    ALL: series.change_all,
}


@require_POST
def move(request: HttpRequest, id: int) -> HttpResponse:
    """Give an event the time to which a hand has moved it: `begins`, `ends` or both, on the reader's clock.

    Of one that comes again `on` names the day, and `which` says whether others go with it.
    """
    event = queries.found(request.user.pk, id=id)
    given = {**request.GET.dict(), **request.POST.dict()}
    was = series.one(event, day=rules.day_named(given.get("on", ""))) if event.repeats else event.at(event.begins_at)
    fields, loses = _times(was, given), bool(event.skipped) or event.apart.exists()
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if event.repeats:
            change = WHICH.get(given.get("which", ""), series.change_one)
            moved = change(call, event=event, day=was.begins_on, fields=fields)
        else:
            moved = operations.change(call, event=event, fields=fields)
    now = moved.at(fields["begins_at"])
    said = {"title": words.inside(now.title), "when": wording.when(now)}
    goes_back = _goes_back(given.get("which", ""), was, now, loses=loses)
    undo = _back(was, now, which=given.get("which", "")) if goes_back else ""
    return answers.done(request, Toast(gettext("“%(title)s” is moved: %(when)s") % said, undo=undo))


def _times(event: Event, given: Mapping[str, str]) -> dict[str, datetime]:
    """Both ends. What is only moved keeps its length, of whole days the number of them."""
    begins_at, ends_at = (_moment(given.get(name, ""), event, place=name) for name in ("begins", "ends"))
    if begins_at is None and ends_at is None:
        raise rules.NO_BEGINNING(place="begins")
    begins_at = begins_at or event.begins_at
    ends_at = ends_at or _end(event, begins_at)
    if ends_at < begins_at:
        raise rules.ENDS_BEFORE(place="ends")
    return {"begins_at": begins_at, "ends_at": ends_at}


def _end(event: Event, begins_at: datetime) -> datetime:
    if not event.whole_day:
        return begins_at + (event.ends_at - event.begins_at)
    zone = ZoneInfo(event.zone)
    days: timedelta = event.ends_on - event.begins_on + DAY
    return datetime.combine(begins_at.astimezone(zone).date() + days, time(), zone)


def _moment(text: str, event: Event, *, place: str) -> datetime | None:
    """What a hand means: whole days on the clock of the event, hours on that of the reader."""
    if not text:
        return None
    try:
        if event.whole_day:
            return datetime.combine(date.fromisoformat(text[:10]), time(), ZoneInfo(event.zone))
        said = datetime.fromisoformat(text)
        # By way of UTC: an hour that the clock leaves out is the one after it.
        return (said if said.tzinfo else said.replace(tzinfo=timezone.get_current_timezone())).astimezone(UTC)
    except (ValueError, OverflowError):
        raise rules.WRONG_TIME(place=place) from None


def _goes_back(which: str, was: Event, now: Event, *, loses: bool) -> bool:
    """Tell whether the same move backwards brings everything back, and what was said about single ones, too."""
    if not now.repeats:
        return True
    return which == ALL and (was.begins_on == now.begins_on or not loses)


def _back(was: Event, now: Event, *, which: str) -> str:
    again = {"which": which, "on": f"{now.begins_on:%Y-%m-%d}"} if now.repeats else {}
    said = {**again, "begins": _said(was.begins_at, was), "ends": _said(was.ends_at, was)}
    return f"{reverse('calendar:time', args=[now.pk])}?{urlencode(said)}"


def _said(moment: datetime, event: Event) -> str:
    return f"{moment.astimezone(ZoneInfo(event.zone)):%Y-%m-%d}" if event.whole_day else moment.isoformat()
