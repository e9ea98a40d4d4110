"""Events that come again: when each of them is. Counted on the wall clock of the event's zone, bounded, no database.

Nine o'clock stays nine o'clock in summer. A month without the day has no event.
"""

import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule

from potok.kit.words import _

# Each as a calendar of another product reads it (RFC 5545).
RULES = {
    "daily": "FREQ=DAILY",
    "workdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "yearly": "FREQ=YEARLY",
}
BY_ITS_OWN_RULE = _("By a rule of another calendar")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TITLES = (
    ("daily", _("Every day")),
    ("workdays", _("Every day from Monday to Friday")),
    ("weekly", _("Every week")),
    ("fortnightly", _("Every second week")),
    ("monthly", _("Every month")),
    ("yearly", _("Every year")),
)
# What a calendar of another product may say beyond these, each part with what it may hold.
PARTS = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile("[1-9][0-9]{0,2}"),
    "COUNT": re.compile("[1-9][0-9]{0,3}"),
    "BYDAY": re.compile("([+-]?[1-5]?[0-9]?(MO|TU|WE|TH|FR|SA|SU),?)+"),
    "BYMONTHDAY": re.compile("(-?[1-9][0-9]?,?)+"),
    "BYMONTH": re.compile("([1-9][0-2]?,?)+"),
    "BYSETPOS": re.compile("(-?[1-9][0-9]{0,2},?)+"),
    "WKST": re.compile("MO|SU"),
}
# These count day by day: a rule that also asks for days of a month may run through centuries and find none.
BY_DAYS = ("DAILY", "WEEKLY")
# After so many days the rule stands where it stood: a long past need not be counted through.
STEP_DAYS = {"daily": 1, "workdays": 7, "weekly": 7, "fortnightly": 14}
SHOWN_MAX = 400
DAY = timedelta(days=1)


def beginnings(
    begins_at: datetime,
    repeats: str,
    *,
    zone: str,
    first: datetime,
    last: datetime,
    until: date | None = None,
    skipped: Collection[date] = (),
) -> list[datetime]:
    """The moments at which it begins from `first` on and before `last`, at most `SHOWN_MAX` of them."""
    here = ZoneInfo(zone)
    start = begins_at.astimezone(here).replace(tzinfo=None)
    since, ends = (moment.astimezone(here).replace(tzinfo=None) for moment in (first, last))
    if until is not None:
        ends = min(ends, datetime.combine(until + DAY, time()))
    counted = _counted(start, repeats, since=since, ends=ends)
    found = (moment.replace(tzinfo=here).astimezone(UTC) for moment in counted if moment.date() not in skipped)
    return list(islice((moment for moment in found if first <= moment < last), SHOWN_MAX))


def following(
    begins_at: datetime,
    repeats: str,
    *,
    zone: str,
    after: datetime,
    until: date | None = None,
    skipped: Collection[date] = (),
) -> datetime | None:
    """When it begins next, later than `after`; None when it does not come again within ten years."""
    first, last = after + timedelta(microseconds=1), after + timedelta(days=3653)
    found = beginnings(begins_at, repeats, zone=zone, first=first, last=last, until=until, skipped=skipped)
    return found[0] if found else None


def read(text: str, *, begins_at: datetime, zone: str) -> str:
    """What a rule of another calendar is here: one of `RULES` if it means the same, itself otherwise.

    ValueError when it is none, asks for more than days, or never comes true. Its end is not read: see `repeats_until`.
    """
    said = dict(part.split("=", 1) for part in text.strip().upper().rstrip(";").split(";") if "=" in part)
    said.pop("UNTIL", None)
    if said.get("INTERVAL") == "1":
        del said["INTERVAL"]
    for name, value in said.items():
        if name not in PARTS or not PARTS[name].fullmatch(value):
            raise ValueError(f"{name}={value}")
    if said.get("FREQ") in BY_DAYS and {"BYMONTHDAY", "BYSETPOS"} & said.keys():
        raise ValueError(text)
    start = begins_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    meant = _usual(said, start)
    # The first of a rule is its event: what a client writes down otherwise would come twice or never.
    first = next(iter(rrule.rrulestr(rule(meant), dtstart=start)), None)
    if first is None:
        raise ValueError(text)
    return meant


def _usual(said: dict[str, str], start: datetime) -> str:
    """The name of the same rule; a day that the beginning says anyway is left out for it."""
    plain = dict(said)
    plain.pop("WKST", None)
    if plain.get("BYDAY") == DAYS[start.weekday()]:
        del plain["BYDAY"]
    if plain.get("BYMONTHDAY") == str(start.day):
        del plain["BYMONTHDAY"]
    if plain.get("FREQ") == "YEARLY" and plain.get("BYMONTH") == str(start.month):
        del plain["BYMONTH"]
    for name, known in RULES.items():
        if plain == dict(part.split("=", 1) for part in known.split(";")):
            return name
    return ";".join(f"{name}={said[name]}" for name in PARTS if name in said)


def rule(repeats: str) -> str:
    """The rule as RFC 5545 writes it."""
    return RULES.get(repeats, repeats)


def title(repeats: str) -> str:
    """The words for how it comes again, in English."""
    return dict(TITLES).get(repeats, BY_ITS_OWN_RULE)


def _counted(start: datetime, repeats: str, *, since: datetime, ends: datetime) -> Iterator[datetime]:
    step = STEP_DAYS.get(repeats)
    if step and since > start:
        start += timedelta(days=max(0, (since - start).days // step - 1) * step)
    wanted = rrule.rrulestr(rule(repeats), dtstart=start)
    for moment in wanted:
        if moment >= ends:
            return
        if moment >= since - DAY:
            yield moment
