"""Shared calendars: kept on a page with their types, hidden and shown in the menu of the calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.calendar import access, calendars, queries, rules
from potok.calendar.models import Calendar, CalendarType
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import FORBIDDEN, MISSING
from potok.people import public as company
from potok.people.public import Group
from potok.ui import answers
from potok.ui.answers import Toast

KEPT = "calendar:calendars"


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the shared calendars and the types of calendars."""
    _check(request)
    shown = {
        "calendars": Calendar.objects.select_related("type", "group").order_by("type__place", "title"),
        "types": [(one, gettext(rules.WHOSE[one.whose]), one.code in rules.TYPES) for one in queries.types()],
        "whose": [(code, gettext(title)) for code, title in rules.WHOSE.items()],
    }
    return answers.draw(request, "calendar/calendars.html", shown)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add a shared calendar."""
    _check(request)
    if request.method == "GET":
        return answers.draw(request, "calendar/calendar_form.html", _form(None))
    given = request.POST
    with doors.opened(request.user.pk, door=SCREEN) as call:
        calendars.add(
            call,
            type=_type(given.get("type", "")),
            title=given.get("title", ""),
            group=company.group(int(given["group"])) if given.get("group", "").isdecimal() else None,
            colour=_colour(given.get("colour", "")),
            is_open="is_open" in given,
        )
    return answers.go(request, reverse(KEPT), toast=Toast(gettext("The calendar is added")))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Change a shared calendar."""
    _check(request)
    calendar = queries.calendar_found(request.user.pk, id=id)
    if request.method == "GET":
        return answers.draw(request, "calendar/calendar_form.html", _form(calendar))
    given = request.POST
    with doors.opened(request.user.pk, door=SCREEN) as call:
        calendars.change(
            call,
            calendar=calendar,
            title=given.get("title", ""),
            colour=_colour(given.get("colour", "")),
            is_open="is_open" in given,
        )
    return answers.go(request, reverse(KEPT), toast=Toast(gettext("The calendar is changed")))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Remove a shared calendar in which nothing stands."""
    calendar = queries.calendar_found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        calendars.remove(call, calendar=calendar)
    return answers.go(request, reverse(KEPT), toast=Toast(gettext("The calendar is removed")))


@require_POST
def hide(request: HttpRequest, id: int) -> HttpResponse:
    """Show a shared calendar among one's own, or hide it."""
    calendar = queries.calendar_found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        calendars.show(call, calendar=calendar, shown="shown" in request.POST)
    return answers.go(request, reverse("calendar:show"))


@require_POST
def add_type(request: HttpRequest) -> HttpResponse:
    """Add a type of calendars."""
    given = request.POST
    with doors.opened(request.user.pk, door=SCREEN) as call:
        calendars.add_type(call, code=given.get("code", ""), title=given.get("title", ""), whose=given.get("whose", ""))
    return answers.go(request, reverse(KEPT), toast=Toast(gettext("The type is added")))


@require_POST
def change_type(request: HttpRequest, id: int) -> HttpResponse:
    """Call a type of calendars otherwise."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        calendars.rename_type(call, type=_type(str(id)), title=request.POST.get("title", ""))
    return answers.go(request, reverse(KEPT), toast=Toast(gettext("The type is renamed")))


@require_POST
def remove_type(request: HttpRequest, id: int) -> HttpResponse:
    """Remove a type of calendars that no calendar has."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        calendars.remove_type(call, type=_type(str(id)))
    return answers.go(request, reverse(KEPT), toast=Toast(gettext("The type is removed")))


def _check(request: HttpRequest) -> None:
    if not company.may(request.user.pk, permission=access.KEEP):
        raise FORBIDDEN(permission=access.KEEP)


def _type(text: str) -> CalendarType:
    found = CalendarType.objects.filter(pk=int(text)).first() if text.isdecimal() else None
    if found is None:
        raise MISSING(id=text)
    return found


def _colour(text: str) -> int:
    return int(text) if text.isdecimal() else 1


def _form(calendar: Calendar | None) -> dict[str, Any]:
    free = Group.objects.exclude(pk__in=Calendar.objects.exclude(group=None).values("group")).order_by("name")
    return {
        "calendar": calendar,
        "types": [(str(one.pk), str(one)) for one in queries.types() if one.whose != rules.PERSON],
        "groups": [(str(one.pk), one.name) for one in free],
        "colours": rules.COLOURS,
        "colour": calendar.colour if calendar else 1,
    }
