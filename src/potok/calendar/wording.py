"""How the time of an event reads, in the language and zone that are active."""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from potok.calendar.models import Event
from potok.ui import words


def when(event: Event) -> str:
    """«завтра, 10:00–11:00», «24 ноября», «24 ноября – 26 ноября»."""
    if event.whole_day:
        first, last = event.begins_on, event.ends_on
        return words.day(first) if first == last else f"{words.day(first)} – {words.day(last)}"
    begins, ends = words.moment(event.begins_at), event.ends_at
    return begins if ends == event.begins_at else f"{begins}–{_end(event.begins_at, ends)}"


def _end(begins: datetime, ends: datetime) -> str:
    day = begins.astimezone(words.now().tzinfo).date()
    return words.clock(ends) if ends.astimezone(words.now().tzinfo).date() == day else f" {words.moment(ends)}"


def reminder(minutes: int | None) -> str:
    """«за 15 минут», or that there is none."""
    if minutes is None:
        return gettext("Without a reminder")
    if not minutes:
        return gettext("At its beginning")
    return gettext("%(lasts)s before") % {"lasts": words.lasts(timedelta(minutes=minutes))}
