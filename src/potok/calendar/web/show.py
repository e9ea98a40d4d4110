"""The page of a calendar: a day, a week or a month of one person, with the shared calendars beside his own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_GET

from potok.calendar import access, places
from potok.calendar.models import Calendar
from potok.calendar.places import DUE, MINE, Entry, sources
from potok.calendar.rules import EARLIEST, LATEST, NOT_YOURS
from potok.calendar.web import drawing, entries
from potok.kit import clock
from potok.people import public as company
from potok.ui import answers, words, zones

WEEK, ONE_DAY, MONTH = "week", "day", "month"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: whose calendar, which day, a day or its week."""

    person: int
    day: date
    view: str
    own: bool

    @classmethod
    def read(cls, request: HttpRequest, *, today: date) -> "Asked":
        given, mine = request.GET, request.user.pk or 0
        person = int(given["person"]) if given.get("person", "").isdecimal() else mine
        view = given["view"] if given.get("view") in (ONE_DAY, MONTH) else WEEK
        return cls(person, _day(given.get("day", ""), today), view, person == mine)

    def days(self) -> list[date]:
        if self.view == ONE_DAY:
            return [self.day]
        first = self.day.replace(day=1) if self.view == MONTH else self.day
        last = _next_month(self.day) - DAY if self.view == MONTH else self.day
        monday, sunday = first - DAY * first.weekday(), last + DAY * (6 - last.weekday())
        return [monday + DAY * place for place in range((sunday - monday).days + 1)]

    def beside(self) -> tuple[date, date]:
        """The days that stand for what comes before and after."""
        if self.view == MONTH:
            return self.day.replace(day=1) - DAY, _next_month(self.day)
        days = self.days()
        return days[0] - DAY * len(days), days[0] + DAY * len(days)

    def url(self, *, day: date | None = None, view: str = "") -> str:
        said = {"view": view or self.view, "day": (day or self.day).isoformat()}
        if not self.own:
            said["person"] = str(self.person)
        return f"{reverse('calendar:show')}?{urlencode(said)}"


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw a day or a week."""
    now = clock.now()
    asked = Asked.read(request, today=timezone.localdate(now))
    if not access.may_see(asked.person, by=request.user.pk):
        raise NOT_YOURS()
    return answers.draw(
        request, "calendar/show.html", _drawn(request, asked, now), part="calendar/_picture.html", push=asked.url()
    )


def _drawn(request: HttpRequest, asked: Asked, now: datetime) -> dict[str, Any]:
    days, zone = asked.days(), timezone.get_current_timezone()
    first, last = (datetime.combine(day, time(), zone) for day in (days[0], days[-1] + DAY))
    shown = [one.pk for one in _shared(request, asked) if request.user.pk not in one.hidden_by]
    found = entries.between(asked.person, first, last, by=request.user.pk, calendars=shown)
    if asked.view == MONTH:
        return {**_head(request, asked, days, now), "weeks": _weeks(asked, days, found, now)}
    timed = [one for one in found if not one.whole_day]
    since, until = drawing.hours(timed, days, zone=zone)
    whole = drawing.bars([one for one in found if one.whole_day], days, zone=zone)
    return {
        **_head(request, asked, days, now),
        "hours": drawing.lines(since, until),
        "height": (until - since) * drawing.HOUR_HEIGHT + 1,
        "bars": whole,
        "bars_height": max((bar.y for bar in whole), default=0) + drawing.ROW_HEIGHT,
        "columns": _columns(asked, days, timed, now, since=since, until=until),
        "agenda": [(day, drawing.of_day(found, day, zone=zone)) for day in days],
        "cells": [(hour, hour.y) for hour in drawing.lines(since, until - 1)],
        "hour_height": drawing.HOUR_HEIGHT,
        "is_empty": not found,
    }


def _head(request: HttpRequest, asked: Asked, days: Sequence[date], now: datetime) -> dict[str, Any]:
    by, today, (before, after) = request.user.pk or 0, timezone.localdate(now), asked.beside()
    others = access.others(by)
    return {
        "asked": asked,
        "live_url": asked.url(),
        "title": month(asked.day) if asked.view == MONTH else stretch(days[0], days[-1]),
        "today_url": asked.url(day=today),
        "before_url": asked.url(day=before),
        "after_url": asked.url(day=after),
        "views": [
            (pgettext("calendar", "Day"), asked.url(view=ONE_DAY, day=_opened(asked, days, today)), ONE_DAY),
            (pgettext("calendar", "Week"), asked.url(view=WEEK), WEEK),
            (pgettext("calendar", "Month"), asked.url(view=MONTH), MONTH),
        ],
        "people": [(by, gettext("My calendar")), *((one.pk, str(one)) for one in others)] if others else [],
        "person": company.by_id([asked.person]).get(asked.person),
        "may_add": access.may_manage(asked.person, by=by),
        "legend": _legend(asked),
        "shared": [(one, by not in one.hidden_by) for one in _shared(request, asked)],
        "listed": [one for lister in places.listers.all() for one in lister.listed(by)] if asked.own else [],
        "doors": places.doors.all() if asked.own else [],
        "may_keep": company.may(by, permission=access.KEEP),
        "zone": zones.title(timezone.get_current_timezone_name()),
    }


def _shared(request: HttpRequest, asked: Asked) -> list[Calendar]:
    """The shared calendars that stand beside one's own."""
    return list(access.seen(request.user.pk)) if asked.own else []


def _opened(asked: Asked, days: Sequence[date], today: date) -> date:
    """The day that opens out of a week: today, if it is in it."""
    return today if today in days else asked.day


def _legend(asked: Asked) -> list[tuple[str, str]]:
    mine = [(MINE, gettext("Events"))]
    planned = [(source.tone, str(source.title)) for source in sources.all() if source.tone]
    return [*mine, *planned, *([(DUE, gettext("Deadlines"))] if asked.own else [])]


def _columns(
    asked: Asked, days: Sequence[date], timed: Sequence[Entry], now: datetime, *, since: int, until: int
) -> list[drawing.Column]:
    zone = timezone.get_current_timezone()
    here, works = now.astimezone(zone), company.working_time(person=asked.person)
    shown_now = since <= here.hour < until
    return [
        drawing.Column(
            day,
            drawing.boxes(timed, day, first=since, zone=zone),
            is_today=day == here.date(),
            is_off=not works.is_working_day(day),
            now_y=drawing.y_of(now, first=since, zone=zone) if day == here.date() and shown_now else None,
        )
        for day in days
    ]


def _weeks(asked: Asked, days: Sequence[date], found: Sequence[Entry], now: datetime) -> list[list[drawing.Cell]]:
    zone, works = timezone.get_current_timezone(), company.working_time(person=asked.person)
    cells = [
        drawing.cell(
            found,
            day,
            zone=zone,
            is_today=day == timezone.localdate(now),
            is_off=not works.is_working_day(day),
            is_outside=day.month != asked.day.month,
        )
        for day in days
    ]
    return [cells[place : place + 7] for place in range(0, len(cells), 7)]


def month(day: date) -> str:
    """«Ноябрь 2026»."""
    named = format_date(day, "LLLL yyyy", locale=words.language())
    return named[:1].upper() + named[1:]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + DAY * 32).replace(day=1)


def stretch(first: date, last: date) -> str:
    """«16–22 ноября 2026», «30 ноября – 6 декабря 2026», «четверг, 19 ноября 2026»."""
    if first == last:
        return f"{format_date(first, 'EEEE', locale=words.language())}, {words.day(first, year=True)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{words.day(last, year=True)}"
    return f"{words.day(first, year=first.year != last.year)} – {words.day(last, year=True)}"


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if EARLIEST.date() < day < LATEST.date() else today
