"""Working time: when somebody works, and reckoning with nothing but the time worked.

A shift belongs to the day on which it begins, also if it ends after midnight. Lengths are those that pass: a night
shift over the change of clocks is an hour longer or shorter. All moments are in UTC, all days and hours on the
schedule's own clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TypeAlias
from zoneinfo import ZoneInfo

from potok.engine.values import Duration

from .adding import add
from .public_holidays import Otherwise, otherwise
from .zone import local, utc

DAY = timedelta(days=1)
EARLIEST = datetime.min.replace(tzinfo=UTC)
# Nobody plans further; a schedule without any work in all this time has none.
SEARCH_DAYS_MAX = 366 * 30
SHORT_BY = 60

# From and to in minutes after midnight; `to` may lie beyond it, up to the next midnight but one.
Shift: TypeAlias = tuple[int, int]
Shifts: TypeAlias = tuple[Shift, ...]
Span: TypeAlias = tuple[datetime, datetime]

OFFICE_DAY: Shifts = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
OFFICE_WEEK: tuple[Shifts, ...] = (*((OFFICE_DAY,) * 5), (), ())


class NoWorkingTime(ValueError):  # noqa: N818 - it says what is the matter
    """Within the years that are searched nobody works."""


@dataclass(frozen=True)
class WorkingTime:
    """When somebody works: a week, Monday first, with the days that go otherwise.

    `country` brings public holidays, moved and short days; what `exceptions` say of a day goes before them.
    Nothing of an absence is worked.
    """

    zone: str = "UTC"
    week: tuple[Shifts, ...] = OFFICE_WEEK
    country: str = ""
    exceptions: tuple[tuple[date, Shifts], ...] = ()
    absences: tuple[Span, ...] = ()

    @cached_property
    def clock(self) -> ZoneInfo:
        """The zone whose days and hours are meant."""
        return ZoneInfo(self.zone)

    @cached_property
    def _otherwise(self) -> Mapping[date, Shifts]:
        return dict(self.exceptions)

    @cached_property
    def _known(self) -> dict[date, tuple[Span, ...]]:
        return {}

    @cached_property
    def _never(self) -> bool:
        return not any(self.week) and not any(shifts for _day, shifts in self.exceptions)

    def shifts(self, day: date) -> Shifts:
        """Tell the hours that are scheduled on a day, absences apart."""
        if day in self._otherwise:
            return self._otherwise[day]
        usual = self.week[day.weekday()]
        match otherwise(self.country, day.year).get(day) if self.country else None:
            case Otherwise.OFF:
                return ()
            case Otherwise.SHORT:
                return shortened(usual)
            case Otherwise.WORKING:
                return usual or self._fullest
            case Otherwise.WORKING_SHORT:
                return shortened(usual or self._fullest)
        return usual

    @cached_property
    def _fullest(self) -> Shifts:
        """A Saturday worked instead of a Monday has a Monday's hours: those of the first day that has any."""
        return next((shifts for shifts in self.week if shifts), ())

    def spans(self, day: date) -> tuple[Span, ...]:
        """List the time worked in the shifts that begin on a day, in order, absences taken out."""
        if day not in self._known:
            if len(self._known) > SEARCH_DAYS_MAX:
                self._known.clear()
            self._known[day] = tuple(_without(self._scheduled(day), self.absences))
        return self._known[day]

    def _scheduled(self, day: date) -> list[Span]:
        found: list[Span] = []
        try:
            # Yesterday's night shift may reach into this day; no minute is worked twice.
            latest = max((self._at(day - DAY, to) for _begin, to in self.shifts(day - DAY)), default=EARLIEST)
            for shift in sorted(self.shifts(day)):
                begin, latest_of_shift = (self._at(day, minutes) for minutes in shift)
                if max(begin, latest) < latest_of_shift:
                    found.append((max(begin, latest), latest_of_shift))
                    latest = latest_of_shift
        except OverflowError:
            return []  # Where the calendar ends nobody works.
        return found

    def _at(self, day: date, minutes: int) -> datetime:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a time on the wall, placed by utc()
        return utc(midnight + timedelta(minutes=minutes), zone=self.clock)

    def is_working_day(self, day: date) -> bool:
        """Tell whether anything is worked in shifts that begin on this day."""
        return bool(self.spans(day))

    def is_working(self, at: datetime) -> bool:
        """Tell whether a moment is worked; the moment a shift ends is not."""
        return any(begin <= at < end for day in self._around(at) for begin, end in self.spans(day))

    def next(self, at: datetime) -> datetime:
        """Give the first working moment that is not before `at`; raise `NoWorkingTime` if there is none."""
        return max(at, next(self._forward(at))[0])

    def next_working_day(self, day: date) -> date:
        """Give the first working day that is not before `day`."""
        return next(each for each in self._days(day, step=1) if self.is_working_day(each))

    def day_of(self, at: datetime) -> date:
        """Tell the date on the schedule's clock."""
        return local(at, zone=self.clock).date()

    def plus(self, at: datetime, seconds: int) -> datetime:
        """Give the moment when so many seconds were worked since `at`; before it if they are negative.

        Of all such moments it is the nearest to `at`, but always a working one or the end of work:
        with no seconds the next working moment.
        """
        if abs(seconds) > SEARCH_DAYS_MAX * DAY.total_seconds():
            raise NoWorkingTime
        left = timedelta(seconds=abs(seconds))
        if seconds < 0:
            return self._minus(at, left)
        for begin, end in self._forward(at):
            begin = max(begin, at)
            if left < end - begin or (left and left == end - begin):
                return begin + left
            left -= end - begin
        raise NoWorkingTime

    def _minus(self, at: datetime, left: timedelta) -> datetime:
        for begin, end in self._backward(at):
            end = min(end, at)
            if left <= end - begin:
                return end - left
            left -= end - begin
        raise NoWorkingTime

    def plus_days(self, day: date, count: int) -> date:
        """Give the working day so many working days after a date, or before it; with none the next, if it is off."""
        if count == 0:
            return self.next_working_day(day)
        step = 1 if count > 0 else -1
        left = abs(count)
        for each in self._days(day + step * DAY, step=step):
            left -= self.is_working_day(each)
            if not left:
                return each
        raise NoWorkingTime

    def add(self, at: datetime, lasts: Duration) -> datetime:
        """Add a duration of which only time worked counts.

        Months go by the calendar, days are working days at the same hour, seconds are seconds worked.
        The answer is a working moment, or the end of work where hours were added.
        """
        if lasts.months:
            at = _moment(add(at, Duration(months=lasts.months), zone=self.clock))
        if lasts.days:
            shown = local(at, zone=self.clock)
            at = utc(datetime.combine(self.plus_days(shown.date(), lasts.days), shown.time()), zone=self.clock)
        return self.plus(at, lasts.seconds)

    def between(self, start: datetime, end: datetime) -> int:
        """Tell how many seconds were worked from one moment to another; negative if the other was first."""
        if end < start:
            return -self.between(end, start)
        if self._never or start == end:
            return 0
        worked = timedelta()
        for begin, close in self._forward(start, until=end):
            worked += min(close, end) - max(begin, start)
        return int(worked.total_seconds())

    def days_between(self, start: date, end: date) -> int:
        """Count the working days after one date up to another, that one included; negative backwards."""
        if end < start:
            return -self.days_between(end, start)
        if (end - start).days > SEARCH_DAYS_MAX:
            raise NoWorkingTime
        return sum(self.is_working_day(start + DAY * (count + 1)) for count in range((end - start).days))

    def _around(self, at: datetime) -> tuple[date, ...]:
        # A shift may begin the day before, and end up to two days after it began.
        day = self.day_of(at)
        return (day, day - DAY) if day > date.min else (day,)

    def _days(self, first: date, *, step: int) -> Iterator[date]:
        """Walk through days in one direction; `NoWorkingTime` beyond what is searched and where the calendar ends."""
        if self._never:
            raise NoWorkingTime
        try:
            for count in range(SEARCH_DAYS_MAX):
                yield first + DAY * (step * count)
        except OverflowError:
            pass
        raise NoWorkingTime

    def _forward(self, at: datetime, *, until: datetime | None = None) -> Iterator[Span]:
        """Give what is worked and not over by `at`, in order."""
        for day in self._days(self._around(at)[-1], step=1):
            for begin, end in self.spans(day):
                if until is not None and begin >= until:
                    return
                if end > at:
                    yield begin, end
            if until is not None and day > self.day_of(until):
                return

    def _backward(self, at: datetime) -> Iterator[Span]:
        """Give what is worked and begun before `at`, the last first."""
        for day in self._days(self.day_of(at), step=-1):
            for begin, end in reversed(self.spans(day)):
                if begin < at:
                    yield begin, end


def shortened(shifts: Shifts, *, by: int = SHORT_BY) -> Shifts:
    """Take so many minutes off the end of a day."""
    kept = sorted(shifts)
    while kept and by > 0:
        begin, end = kept.pop()
        if end - by > begin:
            kept.append((begin, end - by))
            break
        by -= end - begin
    return tuple(kept)


def _without(spans: Iterable[Span], absences: Iterable[Span]) -> list[Span]:
    left = list(spans)
    for gone, back in absences:
        left = [
            piece
            for begin, end in left
            for piece in ((begin, min(end, gone)), (max(begin, back), end))
            if piece[0] < piece[1]
        ]
    return left


def _moment(shifted: date) -> datetime:
    assert isinstance(shifted, datetime)
    return shifted
