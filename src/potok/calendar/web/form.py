"""The form of an event: a new one, and changing one."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.calendar import (
    access,
    inviting,
    kinds,
    links,
    models,
    operations,
    queries,
    repeating,
    rules,
    series,
    wording,
)
from potok.calendar.models import Event
from potok.calendar.web import card, moving
from potok.kit import clock, doors
from potok.kit.calls import SCREEN, Call
from potok.kit.errors import Refusals, Refused
from potok.people import public as company
from potok.ui import answers, zones
from potok.ui.answers import Toast
from potok.ui.shapes import Option

REMINDERS = (0, 15, 30, 60, 120, 24 * 60, 2 * 24 * 60, 7 * 24 * 60)
USUAL_REMINDER = 15


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write an event down."""
    if request.method == "GET":
        return answers.draw(request, "calendar/form.html", _blank(request))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        event = operations.add(call, **_read(request))
        _invite(call, request, event)
    response = answers.go(request, card.address(event, by=request.user.pk), toast=Toast(gettext("The event is added")))
    return answers.made(response, type="event", id=event.pk, title=event.title)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: int) -> HttpResponse:
    """Change an event."""
    event = queries.found(request.user.pk, id=id)
    if request.method == "GET":
        if not access.may_write(event, by=request.user.pk):
            raise rules.NOT_YOURS()
        return answers.draw(request, "calendar/form.html", _filled(request, event))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        event = _changed(call, request, event)
        _invite(call, request, event)
    return answers.go(request, card.address(event, by=request.user.pk), toast=Toast(gettext("The event is changed")))


def _changed(call: Call, request: HttpRequest, event: Event) -> Event:
    """All of a series, one of it, or one and those that follow."""
    which, fields = request.POST.get("which", ""), _read(request)
    if not event.repeats or "on" not in request.GET:
        return operations.change(call, event=event, fields=fields)
    change: Callable[..., Event] = moving.WHICH.get(which, series.change_all)
    return change(call, event=event, day=rules.day_named(request.GET["on"]), fields=fields)


def _invite(call: Call, request: HttpRequest, event: Event) -> None:
    inviting.invite(call, event=event, persons=[int(one) for one in request.POST.getlist("guests") if one.isdecimal()])


def _read(request: HttpRequest) -> dict[str, Any]:
    """What was typed, as the operation takes it; all that cannot be read is refused together, each with its place."""
    given = request.POST
    zone = rules.zone_named(given.get("zone") or timezone.get_current_timezone_name())
    readers: dict[str, Callable[[], Any]] = {
        "title": lambda: rules.tidy_title(given.get("title", "")),
        "person": lambda: _person(given.get("person", ""), request.user.pk or 0),
        "calendar": lambda: int(given["calendar"]) if given.get("calendar", "").isdecimal() else None,
        "whole_day": lambda: bool(given.get("whole_day")),
        "zone": lambda: zone.key,
        "kind": lambda: given.get("kind", ""),
        "place": lambda: rules.tidy_place(given.get("place", "")),
        "text": lambda: rules.tidy_text(given.get("text", "")),
        "records": lambda: [models.read(one) for one in given.getlist("records") if one.rpartition(":")[2].isdecimal()],
        "repeats": lambda: given.get("repeats", ""),
        "repeats_until": lambda: _day(given.get("repeats_until", ""), place="repeats_until"),
        "remind_minutes": lambda: int(given["remind"]) if given.get("remind", "").isdecimal() else None,
    }
    read, wrong = {}, []
    for name, reader in readers.items():
        try:
            read[name] = reader()
        except Refused as refused:
            wrong.append(refused)
    try:
        read |= _times(given, zone)
    except Refused as refused:
        wrong.append(refused)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)
    return read


def _times(given: Any, zone: ZoneInfo) -> dict[str, datetime]:
    """Both ends; without a day of the end it is the day of the beginning, whole days end with their last one."""
    first = _day(given.get("day", ""), place="day")
    if first is None:
        raise rules.NO_BEGINNING(place="day")
    last = _day(given.get("until_day", ""), place="until_day") or first
    if given.get("whole_day"):
        ends = {"begins_at": datetime.combine(first, time(), zone)}
        ends["ends_at"] = datetime.combine(last + timedelta(days=1), time(), zone)
    else:
        begins = datetime.combine(first, _hour(given.get("hour", ""), place="hour") or time(9), zone)
        hour = _hour(given.get("until", ""), place="until")
        usual = begins + rules.USUAL_LENGTH + (last - first)
        ends = {"begins_at": begins, "ends_at": datetime.combine(last, hour, zone) if hour else usual}
    if ends["ends_at"] < ends["begins_at"]:
        raise rules.ENDS_BEFORE(place="until_day" if last < first else "until")
    return ends


def _day(text: str, *, place: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise rules.WRONG_TIME(place=place) from None
    if day and not rules.EARLIEST.date() < day < rules.LATEST.date():
        raise rules.WRONG_TIME(place=place)
    return day


def _hour(text: str, *, place: str) -> time | None:
    try:
        return time.fromisoformat(text.strip()).replace(tzinfo=None) if text.strip() else None
    except ValueError:
        raise rules.WRONG_TIME(place=place) from None


def _person(text: str, usual: int) -> int:
    return int(text) if text.isdecimal() else usual


def _blank(request: HttpRequest) -> dict[str, Any]:
    given, here = request.GET, timezone.localtime(clock.now())
    hour = int(given["hour"]) if given.get("hour", "").isdecimal() and int(given["hour"]) < 24 else None
    begins = here.replace(hour=here.hour if hour is None else hour, minute=0, second=0, microsecond=0)
    if hour is None:
        begins += timedelta(hours=1)
    try:
        day = _day(given.get("day", ""), place="day")
    except Refused:
        day = None
    begins = datetime.combine(day, begins.time(), here.tzinfo) if day else begins
    event = Event(
        person_id=_person(given.get("person", ""), request.user.pk or 0),
        calendar_id=int(given["calendar"]) if given.get("calendar", "").isdecimal() else None,
        begins_at=begins,
        ends_at=begins + rules.USUAL_LENGTH,
        zone=timezone.get_current_timezone_name(),
        records=[one for one in given.getlist("record") if one.rpartition(":")[2].isdecimal()],
        remind_minutes=USUAL_REMINDER,
    )
    return {"is_new": True, **_choices(request, event)}


def _rules(event: Event) -> list[str]:
    known = [code for code, _title in repeating.TITLES]
    return [*known, event.repeats] if event.repeats and event.repeats not in known else known


def _filled(request: HttpRequest, event: Event) -> dict[str, Any]:
    shown = series.on(event, day=request.GET.get("on", ""))
    is_another = bool(event.repeats) and "on" in request.GET
    which = [
        ("one", gettext("This one only")),
        ("following", gettext("This one and those that follow")),
        ("all", gettext("All of them")),
    ]
    return {"is_new": False, "which": which if is_another else [], **_choices(request, shown)}


def _choices(request: HttpRequest, event: Event) -> dict[str, Any]:
    zone = ZoneInfo(event.zone)
    begins, ends = event.begins_at.astimezone(zone), event.ends_at.astimezone(zone)
    offered = sorted({*REMINDERS, *([] if event.remind_minutes is None else [event.remind_minutes])})
    by, person = request.user.pk or 0, company.by_id([event.person_id]).get(event.person_id)
    return {
        "event": event,
        "day": f"{event.begins_on:%Y-%m-%d}",
        "until_day": f"{event.ends_on:%Y-%m-%d}" if event.ends_on != event.begins_on else "",
        "hour": "" if event.whole_day else f"{begins:%H:%M}",
        "until": "" if event.whole_day else f"{ends:%H:%M}",
        "repeats": [(code, gettext(repeating.title(code))) for code in _rules(event)],
        "until_last": f"{event.repeats_until:%Y-%m-%d}" if event.repeats_until else "",
        "guests": [
            Option(value=str(one.person_id), title=str(one.person), face=one.person)
            for one in (event.guests.select_related("person").order_by("pk") if event.pk else ())
        ],
        "calendars": [(str(one.pk), str(one)) for one in access.written(by)],
        "kinds": kinds.kinds(),
        "reminders": [(str(one), wording.reminder(one)) for one in offered],
        "reminder": "" if event.remind_minutes is None else str(event.remind_minutes),
        "zones": zones.options(event.zone),
        "person": [Option(value=str(person.pk), title=str(person), face=person)] if person else [],
        "may_choose": bool(access.others(by)),
        "links": [(models.spelled(ref), link) for ref, link in links.of(event.refs(), by=by).items()],
    }
