"""Shared calendars and their types: kept by whoever has the permission, hidden and shown by everybody for himself."""

import re

from potok.calendar import access, rules
from potok.calendar.models import Calendar, CalendarType
from potok.kit import events
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people.public import Group


@operation("calendar.type.add", needs=access.KEEP)
def add_type(call: Call, *, code: str, title: str, whose: str = rules.NAMED) -> CalendarType:
    """Add a type of calendars to the settings; `whose` says whose calendars of this type are."""
    code = code.strip()
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,60}", code):
        raise rules.WRONG_CODE(place="code", code=code)
    if whose not in rules.WHOSE:
        raise rules.UNKNOWN_WHOSE(place="whose")
    if CalendarType.objects.filter(code__iexact=code).exists():
        raise rules.TYPE_TAKEN(place="code", type=code)
    last = CalendarType.objects.order_by("-place").values_list("place", flat=True).first() or 0
    return CalendarType.objects.create(code=code, title=rules.tidy_name(title), whose=whose, place=last + 1)


@operation("calendar.type.rename", needs=access.KEEP)
def rename_type(call: Call, *, type: CalendarType, title: str) -> CalendarType:
    """Call a type of calendars otherwise."""
    type.title = rules.tidy_name(title)
    type.save(update_fields=["title"])
    return type


@operation("calendar.type.remove", needs=access.KEEP)
def remove_type(call: Call, *, type: CalendarType) -> None:
    """Take a type of calendars out of the settings; one that calendars have stays."""
    if type.code in rules.TYPES:
        raise rules.TYPE_STAYS()
    if there := Calendar.objects.filter(type=type).count():
        raise rules.TYPE_IN_USE(calendars=there)
    CalendarType.objects.filter(pk=type.pk).delete()


@operation("calendar.calendar.add", needs=access.KEEP)
def add(
    call: Call,
    *,
    type: CalendarType,
    title: str = "",
    group: Group | None = None,
    colour: int = 1,
    is_open: bool = False,
) -> Calendar:
    """Add a calendar of a group, of the company or of a room. One of a group is called like it without a title."""
    if type.whose == rules.PERSON:
        raise rules.NOT_SHARED(place="type")
    if type.whose == rules.GROUP and group is None:
        raise rules.NO_GROUP(place="group")
    if type.whose == rules.GROUP and Calendar.objects.filter(group=group).exists():
        raise rules.GROUP_HAS_ONE(place="group")
    owner = group if type.whose == rules.GROUP else None
    named = rules.tidy_name(title or (owner.name if owner else ""))
    made = Calendar.objects.create(
        type=type, group=owner, title=named, colour=rules.tidy_colour(colour), is_open=is_open
    )
    events.touch("calendar.shared", made.pk)
    return made


@operation("calendar.calendar.change", needs=access.KEEP)
def change(call: Call, *, calendar: Calendar, title: str, colour: int, is_open: bool) -> Calendar:
    """Call a shared calendar otherwise, give it another colour, open it for writing or close it."""
    calendar.title, calendar.colour = rules.tidy_name(title), rules.tidy_colour(colour)
    calendar.is_open = is_open
    calendar.save(update_fields=["title", "colour", "is_open"])
    events.touch("calendar.shared", calendar.pk)
    return calendar


@operation("calendar.calendar.remove", needs=access.KEEP)
def remove(call: Call, *, calendar: Calendar) -> None:
    """Remove a shared calendar; one in which events stand stays."""
    # Under the lock of its row nobody writes an event into it meanwhile.
    Calendar.objects.select_for_update().filter(pk=calendar.pk).first()
    if there := calendar.events.count():
        raise rules.CALENDAR_IN_USE(events=there)
    Calendar.objects.filter(pk=calendar.pk).delete()
    events.touch("calendar.shared", calendar.pk)


@operation("calendar.calendar.show", needs="")
def show(call: Call, *, calendar: Calendar, shown: bool) -> Calendar:
    """Show a shared calendar among one's own, or hide it; for oneself only."""
    access.check_seen(call, calendar=calendar)
    me = call.by or 0
    calendar.hidden_by = [one for one in calendar.hidden_by if one != me] + ([] if shown else [me])
    calendar.save(update_fields=["hidden_by"])
    return calendar
