"""The text of a calendar of others, as events that can be drawn: what cannot be kept is counted, not refused."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from icalendar import Calendar

from potok.caldav import reading
from potok.caldav.models import TIMED, Foreign
from potok.kit.errors import Refused, refusal
from potok.kit.words import _

EVENTS_MAX = 3000
TITLE_MAX, TEXT_MAX = 400, 4000
NO_CALENDAR = refusal("caldav.subscription.no_calendar", _("There is no calendar at this address, but something else."))
TOO_MANY_EVENTS = refusal(
    "caldav.subscription.too_many_events", _("The calendar holds more than {limit} events, too many to be shown.")
)


@dataclass
class Read:
    """What stands in a calendar: its own name, its events, and how many could not be read."""

    title: str = ""
    events: list[Foreign] = field(default_factory=list)
    passed_over: int = 0


def read(body: bytes, *, zone: str) -> Read:
    """Read a whole calendar; `zone` is that of times which name none. Refused when it is none, or far too much."""
    if b"BEGIN:VCALENDAR" not in body[:2000].upper():
        raise NO_CALENDAR()
    whole = reading.calendar(body)
    here = str(whole.get("X-WR-TIMEZONE", ""))
    found = Read(title=" ".join(str(whole.get("X-WR-CALNAME", "")).split())[:100])
    groups: dict[str, list[Any]] = defaultdict(list)
    for part in whole.walk("VEVENT"):
        groups[str(part.get("UID", "")) or f"without {len(groups)}"].append(part)
    if sum(map(len, groups.values())) > EVENTS_MAX:
        raise TOO_MANY_EVENTS(limit=EVENTS_MAX)
    for parts in groups.values():
        try:
            found.events += _events(parts, zone=here if here in available_timezones() else zone)
        except Refused:
            found.passed_over += 1
    return found


def _events(parts: Sequence[Any], *, zone: str) -> list[Foreign]:
    """An event, and those of its series that go otherwise; what is called off is not there."""
    alone = Calendar()
    for part in parts:
        if "UID" not in part:
            part.add("uid", "none")
        alone.add_component(part)
    one = reading.event(alone, zone=zone)
    days = sorted({*one.skipped, *one.apart})
    kept = [_foreign({**one.fields, "skipped": days})] if not _is_cancelled(parts) else []
    return kept + [_foreign(fields) for fields in one.apart.values()]


def _is_cancelled(parts: Sequence[Any]) -> bool:
    return any("RECURRENCE-ID" not in part and str(part.get("STATUS", "")).upper() == "CANCELLED" for part in parts)


def _foreign(fields: dict[str, Any]) -> Foreign:
    one = Foreign(**{name: value for name, value in fields.items() if name in TIMED})
    one.title, one.place, one.text = one.title[:TITLE_MAX], one.place[:TITLE_MAX], one.text[:TEXT_MAX]
    return one
