"""Adding a length of time to a date or a moment."""

from datetime import date, datetime, timedelta, tzinfo

from dateutil.relativedelta import relativedelta

from potok.engine.values import Duration

from .zone import local, utc


def add(start: date, lasts: Duration, *, zone: tzinfo) -> date:
    """Add months, then days, then seconds; raise `OverflowError` beyond the years 1 to 9999.

    Months and days are counted on the zone's calendar and clock, and a month that is too short gives its last day.
    Seconds are counted as they pass. A date stays a date unless seconds are added: then it begins at midnight.
    """
    try:
        return _added(start, lasts, zone)
    except ValueError as error:  # What relativedelta says of a year that does not exist.
        raise OverflowError(str(error)) from None


def _added(start: date, lasts: Duration, zone: tzinfo) -> date:
    calendar = relativedelta(months=lasts.months, days=lasts.days)
    if not isinstance(start, datetime):
        if not lasts.seconds:
            return start + calendar
        begins = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - a time on the wall, placed by utc()
        return utc(begins + calendar, zone=zone) + timedelta(seconds=lasts.seconds)
    if lasts.months or lasts.days:
        start = utc(local(start, zone=zone) + calendar, zone=zone)
    return start + timedelta(seconds=lasts.seconds)
