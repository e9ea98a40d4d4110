"""One's own working day: begun, paused and ended by a button, with the days before it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from potok.absences import rules, workdays
from potok.absences.models import Workday
from potok.absences.web.inside import inside
from potok.kit import clock
from potok.kit.doors import opened
from potok.people import public as people
from potok.people.public import Person
from potok.ui import answers
from potok.ui.answers import Toast

SHOWN_DAYS = timedelta(days=14)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the day and the button."""
    return answers.draw(request, "absences/workday.html", _drawn(inside(request)))


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin it, or go on after a pause."""
    with opened(inside(request).pk, door="screen") as call:
        workdays.begin(call)
    return _back(request, _("Your working day goes on"))


@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Make a pause."""
    with opened(inside(request).pk, door="screen") as call:
        workdays.pause(call)
    return _back(request, _("You make a pause"))


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End it, now or at the time that is typed for a day that was forgotten."""
    me, given = inside(request), request.POST
    there = workdays.current(me.pk)
    ends_at = moment(given["ends_at"], there.day, me, place="ends_at") if there and given.get("ends_at") else None
    if ends_at and there and ends_at < there.begins_at:
        ends_at += timedelta(days=1)  # a night shift ends on the next morning
    with opened(me.pk, door="screen") as call:
        workdays.end(call, ends_at=ends_at, note=given.get("note", ""))
    return _back(request, _("Your working day is over"))


def moment(text: str, day: date, person: Person, *, place: str) -> datetime:
    """An hour of a day on the clock of a person."""
    try:
        return datetime.combine(day, time.fromisoformat(text).replace(tzinfo=None), ZoneInfo(person.zone))
    except ValueError:
        raise rules.WRONG_END(place=place) from None


def told(lasts: timedelta) -> str:
    """Hours and minutes: 7:45."""
    minutes = round(lasts.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def planned(person: int, day: date) -> timedelta:
    """How long the schedule of a person asks him to work on a day."""
    spans = people.working_time(person=person).spans(day)
    return sum((ends - begins for begins, ends in spans), timedelta())


def _back(request: HttpRequest, said: str) -> HttpResponse:
    return answers.go(request, reverse("absences:workday"), toast=Toast(said))


def _drawn(me: Person) -> dict[str, Any]:
    now = clock.now()
    today = now.astimezone(ZoneInfo(me.zone)).date()
    there = workdays.current(me.pk)
    is_forgotten = bool(there and there.ends_at is None and now - there.begins_at > rules.DAY_LASTS_MAX)
    is_today = bool(there and (there.ends_at is None or there.day == today))
    before = workdays.between([me.pk], today - SHOWN_DAYS, today).order_by("-day")
    return {
        "workday": there if is_today else None,
        "state": there.state if there and is_today else "",
        "is_forgotten": is_forgotten,
        "worked": told(there.worked(now=now)) if there and is_today else "0:00",
        "paused": told(there.paused) if there and is_today and there.paused else "",
        "planned": told(planned(me.pk, today)),
        "days": [(one, told(one.worked(now=now)), notes(one)) for one in before],
    }


def notes(one: Workday) -> list[str]:
    """What is written beside a day: one's own note, and those of who corrected it."""
    named = people.by_id([each["by"] for each in one.corrections if each["by"]])
    said = [(named.get(each["by"]), each["note"]) for each in one.corrections]
    return [*([one.note] if one.note else []), *(f"{who}: {note}" if who else note for who, note in said)]
