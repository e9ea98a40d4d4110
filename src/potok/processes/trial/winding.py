"""Winding the clock of a trial: to a moment that is so many minutes, days or working days later. Pure."""

from datetime import datetime, timedelta

from potok.engine import time
from potok.engine.time import WorkingTime
from potok.engine.values import Duration
from potok.kit.words import _

MINUTE, HOUR, DAY, WORK_DAY, MONTH = "minute", "hour", "day", "work_day", "month"
UNITS = {
    MINUTE: _("minutes"),
    HOUR: _("hours"),
    WORK_DAY: _("working days"),
    DAY: _("days"),
    MONTH: _("months"),
}
COUNT_MAX = 1_000
LENGTHS = {
    MINUTE: Duration(seconds=60),
    HOUR: Duration(seconds=3600),
    DAY: Duration(days=1),
    MONTH: Duration(months=1),
}


def later(at: datetime, count: int, unit: str, *, hours: WorkingTime) -> datetime:
    """Give the moment so much later, on the clock of the company; a working day keeps the hour."""
    count, zone = min(max(count, 0), COUNT_MAX), hours.clock
    if unit == WORK_DAY:
        here = time.local(at, zone=zone)
        day = hours.plus_days(here.date(), count)
        return time.utc(datetime.combine(day, here.time()), zone=zone)
    length = LENGTHS.get(unit, LENGTHS[DAY])
    added = time.add(at, Duration(length.months * count, length.days * count, length.seconds * count), zone=zone)
    assert isinstance(added, datetime)
    return added


def minutes_up(lasts: timedelta) -> timedelta:
    """Round up to whole minutes: a script counts in these, and what is due within one has to be over."""
    return timedelta(minutes=-(-lasts // timedelta(minutes=1)))
