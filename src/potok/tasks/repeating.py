"""Rules by which tasks are given again: a safe part of RRULE, read and counted on the wall clock of a zone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule

from potok.kit.errors import refusal
from potok.kit.words import _

DAILY, WEEKLY, MONTHLY, YEARLY = "daily", "weekly", "monthly", "yearly"
FREQUENCIES = {DAILY: _("Every day"), WEEKLY: _("Every week"), MONTHLY: _("Every month"), YEARLY: _("Every year")}
# What a rule may say: all of it is cheap to count, and none of it is finer than a day.
KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "COUNT", "UNTIL"}
NUMBER_MAX = 10_000
HORIZON = timedelta(days=3653)
EXAMPLE = datetime(2026, 1, 1, tzinfo=UTC)
UNREADABLE = refusal(
    "tasks.repeat.unreadable", _("The rule “{rule}” cannot be read. Write it as FREQ=WEEKLY;BYDAY=MO,TH.")
)


def written(frequency: str, *, interval: int = 1, days: tuple[str, ...] = ()) -> str:
    """The rule that the form stands for: every `interval` weeks on these days (MO, TU …)."""
    parts = [f"FREQ={frequency.upper()}"]
    parts += [f"INTERVAL={interval}"] if interval > 1 else []
    parts += [f"BYDAY={','.join(days)}"] if days and frequency == WEEKLY else []
    return tidy(";".join(parts))


def tidy(rule: str) -> str:
    """The rule, if it can be read and is within bounds; otherwise refused."""
    text = rule.strip().upper().removeprefix("RRULE:")
    said = parts(text)
    try:
        small = all(0 < int(said.get(name, "1")) <= NUMBER_MAX for name in ("INTERVAL", "COUNT"))
        if not small or not said.keys() <= KNOWN or said.get("FREQ", "").lower() not in FREQUENCIES:
            raise UNREADABLE(place="repeats", rule=rule)
        following(text, begins_at=EXAMPLE, after=EXAMPLE, zone="UTC")
    except (ValueError, TypeError):
        raise UNREADABLE(place="repeats", rule=rule) from None
    return text


def parts(rule: str) -> dict[str, str]:
    """What a rule says, by its names."""
    return {name: value for name, _sign, value in (part.partition("=") for part in rule.split(";"))}


def following(rule: str, *, begins_at: datetime, after: datetime, zone: str) -> datetime | None:
    """The next moment after `after`, on the wall clock of the zone: nine o'clock stays nine o'clock in summer.

    None when the rule has ended, or says nothing for ten years ahead.
    """
    here = ZoneInfo(zone)
    first, passed = (moment.astimezone(here).replace(tzinfo=None) for moment in (begins_at, after))
    for place, moment in enumerate(_moments(rule, first, last=max(first, passed) + HORIZON, zone=here)):
        if place >= int(parts(rule).get("COUNT", NUMBER_MAX)):
            return None
        if moment > passed:
            return moment.replace(tzinfo=here)
    return None


def _moments(rule: str, first: datetime, *, last: datetime, zone: ZoneInfo) -> Iterable[datetime]:
    """The moments of a rule up to a bound: a rule that never comes true would be counted to the year 9999."""
    said = parts(rule)
    until = min(last, _wall(said["UNTIL"], zone)) if "UNTIL" in said else last
    text = ";".join(f"{name}={value}" for name, value in said.items() if name not in ("COUNT", "UNTIL"))
    counted: Any = rrule.rrulestr(text, dtstart=first)
    moments: Iterable[datetime] = counted.replace(until=until)
    return moments


def _wall(until: str, zone: ZoneInfo) -> datetime:
    """An UNTIL on the wall clock: a day is meant whole, world time is moved to the zone."""
    if until.endswith("Z"):
        return datetime.strptime(until, "%Y%m%dT%H%M%S%z").astimezone(zone).replace(tzinfo=None)
    if "T" in until:
        return datetime.fromisoformat(until)
    return datetime.combine(date.fromisoformat(until), time.max)
