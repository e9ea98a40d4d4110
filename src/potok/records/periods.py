"""Stretches of days that move with today: this week, the last 30 days. A filter keeps the word, not the dates."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from potok.kit.words import _

DAY = timedelta(days=1)
COUNTED_MAX = 3_650
FIRST, LAST = date.min + DAY, date.max - DAY
Stretch = tuple[date, date]


def _month(day: date, *, by: int = 0) -> date:
    """The first day of a month so many away."""
    place = day.year * 12 + day.month - 1 + by
    return date(place // 12, place % 12 + 1, 1)


def _week(today: date, *, by: int) -> Stretch:
    monday = today - today.weekday() * DAY + by * 7 * DAY
    return monday, monday + 6 * DAY


def _months(today: date, *, by: int, long: int) -> Stretch:
    """Months of a year in pieces of so many: one is a month, three a quarter, twelve a year."""
    first = _month(today, by=-((today.month - 1) % long) + by * long)
    return first, _month(first, by=long) - DAY


PERIODS: Mapping[str, tuple[str, Callable[[date], Stretch]]] = {
    "today": (_("today"), lambda today: (today, today)),
    "yesterday": (_("yesterday"), lambda today: (today - DAY, today - DAY)),
    "tomorrow": (_("tomorrow"), lambda today: (today + DAY, today + DAY)),
    "past": (_("before today"), lambda today: (FIRST, today - DAY)),
    "future": (_("after today"), lambda today: (today + DAY, LAST)),
    "this_week": (_("this week"), lambda today: _week(today, by=0)),
    "last_week": (_("last week"), lambda today: _week(today, by=-1)),
    "next_week": (_("next week"), lambda today: _week(today, by=1)),
    "this_month": (_("this month"), lambda today: _months(today, by=0, long=1)),
    "last_month": (_("last month"), lambda today: _months(today, by=-1, long=1)),
    "next_month": (_("next month"), lambda today: _months(today, by=1, long=1)),
    "this_quarter": (_("this quarter"), lambda today: _months(today, by=0, long=3)),
    "last_quarter": (_("last quarter"), lambda today: _months(today, by=-1, long=3)),
    "this_year": (_("this year"), lambda today: _months(today, by=0, long=12)),
    "last_year": (_("last year"), lambda today: _months(today, by=-1, long=12)),
}
# These take a number of days: «last_days:30» ends today, «next_days:7» begins today.
COUNTED: Mapping[str, tuple[str, Callable[[date, int], Stretch]]] = {
    "last_days": (_("the last days, so many:"), lambda today, count: (today - (count - 1) * DAY, today)),
    "next_days": (_("the next days, so many:"), lambda today, count: (today, today + (count - 1) * DAY)),
}


def parted(word: str) -> tuple[str, int]:
    """The name of a period and its number of days; no number is zero."""
    name, _colon, count = word.partition(":")
    return name, int(count) if count.isdecimal() and len(count) <= len(str(COUNTED_MAX)) else 0


def stretch(word: str, *, today: date) -> Stretch | None:
    """The first and the last day that a word means; None where it means nothing."""
    name, count = parted(word)
    if name in PERIODS and not count:
        return PERIODS[name][1](today)
    return COUNTED[name][1](today, count) if name in COUNTED and 0 < count <= COUNTED_MAX else None
