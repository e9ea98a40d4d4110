"""Events that come again: when each of them is. Counted on the wall clock of the event's zone, bounded, no database.

Nine o'clock stays nine o'clock in summer. A month without the day has no event.
"""

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
TITLES = (
    ("daily", _("Every day")),
    ("workdays", _("Every day from Monday to Friday")),
    ("weekly", _("Every week")),
    ("fortnightly", _("Every second week")),
    ("monthly", _("Every month")),
    ("yearly", _("Every year")),
)
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


def _counted(start: datetime, repeats: str, *, since: datetime, ends: datetime) -> Iterator[datetime]:
    step = STEP_DAYS.get(repeats)
    if step and since > start:
        start += timedelta(days=max(0, (since - start).days // step - 1) * step)
    wanted = rrule.rrulestr(RULES[repeats], dtstart=start)
    for moment in wanted:
        if moment >= ends:
            return
        if moment >= since - DAY:
            yield moment
