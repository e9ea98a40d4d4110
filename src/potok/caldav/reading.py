"""What a device wrote, as the operations of events and tasks take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext
from icalendar import Calendar

from potok.caldav import rules
from potok.calendar.public import repeating
from potok.kit.errors import Refused

Part = Any  # the library types what may stand anywhere, of which each place here knows one
DAY = timedelta(days=1)
PRIORITIES = {"high": range(1, 5), "low": range(6, 10)}
ANSWERS = {"ACCEPTED": True, "TENTATIVE": True, "DECLINED": False}
# A reminder that is farther ahead than a year is none of ours.
REMIND_MINUTES_MAX = 60 * 24 * 366


@dataclass(frozen=True)
class ReadEvent:
    """An event: the fields of its series or of the one, which days are left out, which go otherwise."""

    uid: str
    fields: dict[str, Any]
    skipped: list[date]
    apart: dict[date, dict[str, Any]]
    answers: dict[str, bool]
    categories: list[str]


@dataclass(frozen=True)
class ReadTask:
    """A task: its fields, and how far it is."""

    uid: str
    fields: dict[str, Any]
    status: str


def calendar(body: bytes) -> Calendar:
    """Read the text; refused when it is none."""
    try:
        return Calendar.from_ical(body.decode())
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as wrong:
        raise rules.UNREADABLE(reason=str(wrong)[:200]) from None


def event(whole: Calendar, *, zone: str) -> ReadEvent:
    """Read an event; `zone` is that of times which name none."""
    parts = _parts(whole, "VEVENT")
    masters = [one for one in parts if "RECURRENCE-ID" not in one]
    if len(masters) != 1:
        raise rules.UNSUPPORTED(what="RECURRENCE-ID")
    master = masters[0]
    try:
        fields = _fields(master, zone=zone)
        where = ZoneInfo(fields["zone"])
        skipped = [_day(moment, where) for moment in _moments(master.get("EXDATE"))]
        others = {_day(one["RECURRENCE-ID"].dt, where): one for one in parts if "RECURRENCE-ID" in one}
        skipped += [day for day, one in others.items() if _is_cancelled(one)]
        apart = {day: _one(one, zone=fields["zone"]) for day, one in others.items() if not _is_cancelled(one)}
    except Refused:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as wrong:
        raise rules.UNREADABLE(reason=str(wrong)[:200]) from None
    return ReadEvent(_uid(master), fields, skipped, apart, dict(_answers(master)), _categories(master))


def task(whole: Calendar, *, zone: str) -> ReadTask:
    """Read a task."""
    parts = _parts(whole, "VTODO")
    todo = parts[0]
    if len(parts) > 1 or "RRULE" in todo:
        raise rules.UNSUPPORTED(what="RRULE")
    try:
        fields: dict[str, Any] = {
            "title": _line(todo) or gettext("Untitled task"),
            "description": str(todo.get("DESCRIPTION", "")).strip(),
            "deadline": _deadline(todo, zone),
            "begins_at": _whole_moment(todo.get("DTSTART"), zone, time()),
            "priority": _priority(int(todo.get("PRIORITY", 0))),
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as wrong:
        raise rules.UNREADABLE(reason=str(wrong)[:200]) from None
    if fields["begins_at"] and fields["deadline"] and fields["begins_at"] > fields["deadline"]:
        fields["begins_at"] = None
    said = str(todo.get("STATUS", "")).upper() or ("COMPLETED" if "COMPLETED" in todo else "NEEDS-ACTION")
    return ReadTask(_uid(todo), fields, said)


def _parts(whole: Calendar, name: str) -> list[Part]:
    parts = [one for one in whole.subcomponents if one.name != "VTIMEZONE"]
    if not parts or any(one.name != name for one in parts):
        raise rules.UNSUPPORTED(what=", ".join(sorted({one.name or "" for one in parts if one.name != name})) or "–")
    if len({_uid(one) for one in parts}) != 1:
        raise rules.UNSUPPORTED(what="UID")
    if wrong := [name for one in parts for name in ("RDATE", "EXRULE") if name in one]:
        raise rules.UNSUPPORTED(what=wrong[0])
    if any(isinstance(one.get("RRULE"), list) for one in parts):
        raise rules.UNSUPPORTED(what="RRULE")
    return parts


def _uid(part: Part) -> str:
    uid = str(part.get("UID", "")).strip()
    if not 0 < len(uid) <= 1000:
        raise rules.UNREADABLE(reason="UID")
    return uid


def _fields(part: Part, *, zone: str) -> dict[str, Any]:
    begins = part["DTSTART"].dt
    whole_day = not isinstance(begins, datetime)
    named = zone if whole_day else _zone_of(part["DTSTART"], zone)
    here = ZoneInfo(named)
    begins_at, ends_at = _moment(begins, here), _end(part, begins, here)
    fields: dict[str, Any] = {
        "title": _line(part) or gettext("Untitled event"),
        "text": str(part.get("DESCRIPTION", "")).strip(),
        "place": " ".join(str(part.get("LOCATION", "")).split()),
        "begins_at": begins_at,
        "ends_at": max(ends_at, begins_at),
        "whole_day": whole_day,
        "zone": named,
        "remind_minutes": _reminder(part, begins_at, here),
    }
    return {**fields, **_repeats(part, begins_at, named)}


def _is_cancelled(part: Part) -> bool:
    return str(part.get("STATUS", "")).upper() == "CANCELLED"


def _one(part: Part, *, zone: str) -> dict[str, Any]:
    if str(part["RECURRENCE-ID"].params.get("RANGE", "")):
        raise rules.UNSUPPORTED(what="RANGE")
    fields = _fields(part, zone=zone)
    return {name: value for name, value in fields.items() if name not in ("repeats", "repeats_until")}


def _end(part: Part, begins: date, here: ZoneInfo) -> datetime:
    if "DTEND" in part:
        return _moment(part["DTEND"].dt, here)
    if "DURATION" in part:
        lasts: timedelta = part["DURATION"].dt
        return _moment(begins, here) + lasts
    return _moment(begins, here) + (timedelta() if isinstance(begins, datetime) else DAY)


def _repeats(part: Part, begins_at: datetime, zone: str) -> dict[str, Any]:
    if "RRULE" not in part:
        return {"repeats": "", "repeats_until": None}
    rule = part["RRULE"]
    try:
        repeats = repeating.read(rule.to_ical().decode(), begins_at=begins_at, zone=zone)
    except (ValueError, KeyError):
        raise rules.UNSUPPORTED(what=rule.to_ical().decode()) from None
    until = rule.get("UNTIL", [None])[0]
    return {"repeats": repeats, "repeats_until": until and _last_day(until, begins_at, ZoneInfo(zone))}


def _last_day(until: date, begins_at: datetime, here: ZoneInfo) -> date:
    """The last day on which it may begin: one that ends before the hour of the event has it no more on that day."""
    if not isinstance(until, datetime):
        return until
    last = _moment(until, here).astimezone(here)
    return last.date() if last.time() >= begins_at.astimezone(here).time() else last.date() - DAY


def _reminder(part: Part, begins_at: datetime, here: ZoneInfo) -> int | None:
    for alarm in part.walk("VALARM"):
        if "TRIGGER" not in alarm:
            continue
        trigger = alarm["TRIGGER"].dt
        before = -trigger if isinstance(trigger, timedelta) else begins_at - _moment(trigger, here)
        minutes = int(before.total_seconds() // 60)
        if 0 <= minutes <= REMIND_MINUTES_MAX:
            return minutes
    return None


def _answers(part: Part) -> Iterable[tuple[str, bool]]:
    named = part.get("ATTENDEE", [])
    for one in named if isinstance(named, list) else [named]:
        said = str(one.params.get("PARTSTAT", "")).upper()
        if said in ANSWERS:
            yield str(one).lower().removeprefix("mailto:"), ANSWERS[said]


def _categories(part: Part) -> list[str]:
    said = part.get("CATEGORIES", [])
    return [str(one) for each in (said if isinstance(said, list) else [said]) for one in each.cats]


def _moments(said: Any) -> list[date]:
    lists = said if isinstance(said, list) else [said] if said is not None else []
    return [one.dt for each in lists for one in each.dts]


def _day(moment: date, here: ZoneInfo) -> date:
    return _moment(moment, here).astimezone(here).date()


def _moment(said: date, here: ZoneInfo) -> datetime:
    """A moment; what names no zone is meant on the clock of the event."""
    if not isinstance(said, datetime):
        return datetime.combine(said, time(), here)
    return (said if said.tzinfo else said.replace(tzinfo=here)).astimezone(UTC)


def _zone_of(said: Any, usual: str) -> str:
    """The zone in which a moment was written down, if it has a name that others know, too."""
    named = str(said.params.get("TZID", ""))
    return named if named in available_timezones() else usual


def _deadline(todo: Part, zone: str) -> datetime | None:
    begins_at = _whole_moment(todo.get("DTSTART"), zone, time())
    if begins_at and "DUE" not in todo and "DURATION" in todo:
        lasts: timedelta = todo["DURATION"].dt
        return begins_at + lasts
    return _whole_moment(todo.get("DUE"), zone, time(23, 59))


def _whole_moment(said: Any, zone: str, at: time) -> datetime | None:
    if said is None:
        return None
    if isinstance(said.dt, datetime):
        return _moment(said.dt, ZoneInfo(_zone_of(said, zone)))
    return datetime.combine(said.dt, at, ZoneInfo(zone))


def _priority(number: int) -> str:
    return next((name for name, numbers in PRIORITIES.items() if number in numbers), "normal")


def _line(part: Part) -> str:
    return " ".join(str(part.get("SUMMARY", "")).split())
