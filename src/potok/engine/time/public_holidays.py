"""Days on which a country works otherwise than its week says: holidays, days off that were moved, short days."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

MOVED = re.compile(r"substituted from (\d\d)/(\d\d)/(\d{4})")
NEXT = timedelta(days=1)
# Labour Code of Russia, article 95: the working day before a public holiday is an hour shorter.
SHORT_BEFORE_HOLIDAYS = frozenset({"RU"})


class Otherwise(StrEnum):
    """How a day differs from its weekday."""

    OFF = "off"
    SHORT = "short"
    WORKING = "working"
    WORKING_SHORT = "working_short"


@lru_cache(maxsize=512)
def otherwise(country: str, year: int) -> Mapping[date, Otherwise]:
    """List the days of a year that differ, by a country's code; a country nobody knows has none."""
    # Imported late: the package takes longer to load than all the rest of the engine.
    import holidays

    try:
        known = holidays.country_holidays(country, years=[year, min(year + 1, date.max.year)], language="en_US")
    except NotImplementedError:
        return MappingProxyType({})
    moved = {day: name for day in known if (name := MOVED.search(known[day]))}
    days = dict.fromkeys((day for day in known if day.year == year), Otherwise.OFF)
    days |= {day: Otherwise.WORKING for day in known.weekend_workdays if day.year == year}
    if country in SHORT_BEFORE_HOLIDAYS:
        proper = {day for day in known if day not in moved and "observed" not in known[day]}
        days |= _short_days({day - NEXT for day in proper}, days, moved, year)
    return MappingProxyType(days)


@lru_cache(maxsize=512)
def holidays_of(country: str, year: int) -> frozenset[date]:
    """List the public holidays proper of a year, without the days off that were moved for their sake."""
    import holidays

    try:
        known = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return frozenset()
    return frozenset(day for day in known if not MOVED.search(known[day]) and "observed" not in known[day])


def _short_days(
    eves: set[date], days: Mapping[date, Otherwise], moved: Mapping[date, re.Match[str]], year: int
) -> dict[date, Otherwise]:
    """A day worked in place of an eve is as short as the eve would have been."""
    short = {eve: Otherwise.SHORT for eve in eves if eve.year == year and eve not in days and eve.weekday() < 5}
    for day in eves & moved.keys():
        month, number, of_year = map(int, moved[day].groups())
        worked = date(of_year, month, number)
        if days.get(worked) is Otherwise.WORKING:
            short[worked] = Otherwise.WORKING_SHORT
    return short
