"""Moments that come again by the clock on a wall: on which days, and at which minutes of them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from potok.engine.problems import Problem, _, problem
from potok.engine.values import MOMENT, WrongType, coerce

from .zone import local, utc

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LAST = -1  # the last day of whatever month
DAY_MINUTES = 24 * 60
# A 29 February that the turn of a century leaves out comes again after eight years.
DAYS_AHEAD_MAX = 366 * 8
COUNTED_MAX = 1_000

WRONG_CLOCK = problem(
    "time.wrong_clock", _("“{text}” is no time of day."), hint=_("Write hours and minutes, for example 09:00.")
)
WRONG_CRON = problem(
    "time.wrong_cron",
    _("“{text}” is no schedule."),
    hint=_("Write minute, hour, day, month and weekday, for example 0 9 * * mon-fri."),
)
NEVER = problem("time.never", _("This moment never comes."), hint=_("Look at the days: no month has them."))

Works = Callable[[date], bool]
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_CRON_PART = re.compile(r"(\*|[0-9a-z]+)(?:-([0-9a-z]+))?(?:/([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something begins by the clock.

    The minutes of a day are said by `at` (09:00), by `every` (so many minutes, from midnight on) or by `cron`; `once`
    is one moment, nothing else. `days` are weekdays, `dates` days of the month; where both are given, both must fit.
    `working` leaves out the days on which the company does not work.
    """

    at: tuple[str, ...] = ()
    every: int = 0
    cron: str = ""
    once: str = ""
    days: tuple[str, ...] = ()
    dates: tuple[int, ...] = ()
    working: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """The same as sets. In cron a day fits one of two rules if both are given; elsewhere it has to fit both."""

    minutes: tuple[int, ...]
    weekdays: frozenset[int]
    dates: frozenset[int]
    months: frozenset[int]
    either: bool = False

    def on(self, day: date) -> bool:
        last = calendar.monthrange(day.year, day.month)[1]
        dated = day.day in self.dates or (LAST in self.dates and day.day == last)
        named = day.weekday() in self.weekdays
        return day.month in self.months and (dated or named if self.either else dated and named)


def moment(text: str, *, zone: tzinfo = UTC) -> datetime | None:
    """Read the moment of a schedule that comes once; None for what is none."""
    try:
        found = coerce(text, MOMENT, zone=zone)
    except WrongType:
        return None
    return found if isinstance(found, datetime) else None


def wrong(schedule: Schedule) -> list[Problem]:
    """List what is wrong with a schedule as it was written."""
    texts = [WRONG_CLOCK.at(text=text) for text in schedule.at if not _CLOCK.fullmatch(text)]
    if schedule.cron and _read_cron(schedule.cron) is None:
        texts.append(WRONG_CRON.at(text=schedule.cron))
    if texts or schedule.once:
        return texts
    return [] if any(map(_plan(schedule).on, _days(date(2096, 1, 1)))) else [NEVER.at()]


def following(schedule: Schedule, after: datetime, *, zone: tzinfo, works: Works | None = None) -> datetime | None:
    """Give the first moment after `after`; None if there will be none.

    A time that daylight saving skips moves forward, of one that comes twice it is the first.
    """
    if schedule.once:
        only = moment(schedule.once, zone=zone)
        return only if only is not None and only > after else None
    plan = _plan(schedule)
    for day in _days(local(after, zone=zone).date()):
        if not plan.on(day) or (schedule.working and works is not None and not works(day)):
            continue
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a time on the wall, placed by utc()
        moments = (utc(midnight + timedelta(minutes=each), zone=zone) for each in plan.minutes)
        if later := [moment for moment in moments if moment > after]:
            # Not the first of the list: a skipped time may have moved past the one behind it.
            return min(later)
    return None


def count(schedule: Schedule, since: datetime, *, until: datetime, zone: tzinfo, works: Works | None = None) -> int:
    """Count the moments after `since` up to `until`, at most a thousand."""
    found, moment = 0, following(schedule, since, zone=zone, works=works)
    while moment is not None and moment <= until and found < COUNTED_MAX:
        found, moment = found + 1, following(schedule, moment, zone=zone, works=works)
    return found


def _days(first: date) -> Iterator[date]:
    for ahead in range(DAYS_AHEAD_MAX):
        yield first + timedelta(days=ahead)


@lru_cache(maxsize=256)
def _plan(schedule: Schedule) -> _Plan:
    if schedule.cron:
        found = _read_cron(schedule.cron)
        assert found is not None  # `wrong` is asked before
        return found
    if schedule.every:
        minutes = tuple(range(0, DAY_MINUTES, schedule.every))
    else:
        minutes = tuple(sorted(map(_minute, schedule.at)))
    weekdays = frozenset(map(WEEKDAYS.index, schedule.days)) or frozenset(range(7))
    dates = frozenset(schedule.dates) or frozenset(range(1, 32))
    return _Plan(minutes, weekdays, dates, frozenset(range(1, 13)))


def _minute(clock: str) -> int:
    hours, _colon, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


# A library reckons cron by its own rules for daylight saving; ours hold for whatever a definition does by the clock.
def _read_cron(text: str) -> _Plan | None:
    written = text.lower().split()
    if len(written) != 5:
        return None
    bounds = ((0, 59, ()), (0, 23, ()), (1, 31, ()), (1, 12, MONTHS), (0, 7, ("sun", *WEEKDAYS[:6])))
    found = [_cron_field(part, low, high, names) for part, (low, high, names) in zip(written, bounds, strict=True)]
    if not all(found):
        return None
    minutes, hours, dates, months, weekdays = found
    return _Plan(
        minutes=tuple(sorted(hour * 60 + minute for hour in hours for minute in minutes)),
        weekdays=frozenset((day - 1) % 7 for day in weekdays),  # cron counts from Sunday, and knows it as 7 too
        dates=dates,
        months=months,
        either="*" not in written[2] and "*" not in written[4],
    )


def _cron_field(text: str, low: int, high: int, names: tuple[str, ...]) -> frozenset[int]:
    """Read one field; empty if it is wrong."""
    found: set[int] = set()
    for part in text.split(","):
        match = _CRON_PART.fullmatch(part)
        if match is None:
            return frozenset()
        first, last, step = match.groups()
        begin = low if first == "*" else _number(first, low, names)
        end = high if first == "*" or (step and not last) else _number(last or first, low, names)
        if not low <= begin <= end <= high or (step and int(step) == 0) or (first == "*" and last):
            return frozenset()
        found.update(range(begin, end + 1, int(step or 1)))
    return frozenset(found)


def _number(word: str, low: int, names: tuple[str, ...]) -> int:
    if word in names:
        return names.index(word) + low
    return int(word) if word.isdecimal() else -1
