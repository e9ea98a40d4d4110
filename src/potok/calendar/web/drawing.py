"""Where entries lie in the picture of a day or a week: pure geometry over entries and days.

Boxes are placed by attributes of SVG, per cent across and units down, since the pages of the product carry no inline
style.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from potok.calendar.places import Entry

HOUR_HEIGHT = 46
# What is shorter is drawn as if it lasted so long: a line of text has to fit.
SHORTEST = timedelta(minutes=28)
USUAL_HOURS = (8, 19)
DAY = timedelta(days=1)
ROW_HEIGHT = 24
CELL_MAX = 4


@dataclass(frozen=True)
class Box:
    """An entry in the column of a day."""

    entry: Entry
    x: str
    width: str
    y: int
    height: int
    is_low: bool
    # Its end lies in this column, so that a hand finds it there.
    ends_here: bool = True


@dataclass(frozen=True)
class Column:
    """A day with what it holds; `now_y` is where the hand of the clock stands, today."""

    date: date
    boxes: Sequence[Box]
    is_today: bool
    is_off: bool
    now_y: int | None


@dataclass(frozen=True)
class Bar:
    """An entry of whole days above the columns."""

    entry: Entry
    x: str
    width: str
    y: int
    ends_here: bool = True


@dataclass(frozen=True)
class Cell:
    """A day of a month: the first entries, and how many more there are."""

    date: date
    entries: Sequence[Entry]
    more: int
    is_today: bool
    is_off: bool
    is_outside: bool


@dataclass(frozen=True)
class Hour:
    """A line of the grid."""

    hour: int
    y: int
    text_y: int

    @property
    def title(self) -> str:
        return f"{self.hour:02}:00"


def hours(entries: Iterable[Entry], days: Sequence[date], *, zone: tzinfo) -> tuple[int, int]:
    """From which hour to which the picture reaches: the working day, and whatever lies outside of it."""
    first, last = USUAL_HOURS
    for entry in entries:
        for day in days:
            begins, ends = _within(entry, day, zone)
            if begins < ends:
                first = min(first, begins // 60)
                last = max(last, -(-ends // 60))
    return first, last


def lines(first: int, last: int) -> list[Hour]:
    """The hours of the picture, one line each."""
    return [
        Hour(hour, (hour - first) * HOUR_HEIGHT, max((hour - first) * HOUR_HEIGHT + 4, 12))
        for hour in range(first, last + 1)
    ]


def boxes(entries: Sequence[Entry], day: date, *, first: int, zone: tzinfo) -> list[Box]:
    """The entries of a day side by side where they meet, in the order of their beginnings."""
    placed = sorted(
        ((*_within(entry, day, zone), entry) for entry in entries if _meets(entry, day, zone)),
        key=lambda one: (one[0], -one[1]),
    )
    drawn: list[Box] = []
    for group in _groups(placed):
        lanes = _lanes(group)
        count = max(lanes) + 1
        for (begins, ends, entry), lane in zip(group, lanes, strict=True):
            height = max(ends - begins, SHORTEST.seconds // 60) * HOUR_HEIGHT // 60 - 2
            y = (begins - first * 60) * HOUR_HEIGHT // 60 + 1
            is_low, ends_here = height < HOUR_HEIGHT - 8, _days(entry, zone)[1] == day
            drawn.append(
                Box(entry, _percent(lane, count), _percent(1, count), y, height, is_low=is_low, ends_here=ends_here)
            )
    return drawn


def bars(entries: Sequence[Entry], days: Sequence[date], *, zone: tzinfo) -> list[Bar]:
    """Whole days as bars, each in the first row in which it meets no other."""
    drawn: list[Bar] = []
    rows: list[int] = []  # up to which day each row is taken
    spans = ((*_days(entry, zone), entry) for entry in entries)
    for begins, ends, entry in sorted(spans, key=lambda one: (one[0], -one[1].toordinal())):
        since, until = max(begins, days[0]), min(ends, days[-1])
        if since > until:
            continue
        left, right = (since - days[0]).days, (until - days[0]).days
        row = next((place for place, taken in enumerate(rows) if taken < left), len(rows))
        rows[row : row + 1] = [right]
        width = _percent(right - left + 1, len(days))
        drawn.append(Bar(entry, _percent(left, len(days)), width, row * ROW_HEIGHT, ends_here=ends == until))
    return drawn


def y_of(moment: datetime, *, first: int, zone: tzinfo) -> int:
    here = moment.astimezone(zone)
    return (here.hour * 60 + here.minute - first * 60) * HOUR_HEIGHT // 60


def of_day(entries: Iterable[Entry], day: date, *, zone: tzinfo) -> list[Entry]:
    """What stands on a day, whole days first: the picture as a list, for narrow screens."""
    here = [one for one in entries if (_covers(one, day, zone) if one.whole_day else _meets(one, day, zone))]
    return sorted(here, key=lambda one: (not one.whole_day, one.begins_at))


def cell(entries: Iterable[Entry], day: date, *, zone: tzinfo, **how: bool) -> Cell:
    """A day of the month with what fits into it."""
    here = of_day(entries, day, zone=zone)
    fits = len(here) if len(here) <= CELL_MAX else CELL_MAX - 1
    return Cell(day, here[:fits], len(here) - fits, **how)


def _days(entry: Entry, zone: tzinfo) -> tuple[date, date]:
    begins = entry.begins_at.astimezone(zone).date()
    ends = (entry.ends_at or entry.begins_at).astimezone(zone)
    last = ends.date() - DAY if ends.time() == time() else ends.date()
    return begins, max(begins, last)


def _covers(entry: Entry, day: date, zone: tzinfo) -> bool:
    begins, ends = _days(entry, zone)
    return begins <= day <= ends


def _meets(entry: Entry, day: date, zone: tzinfo) -> bool:
    begins, ends = _within(entry, day, zone)
    return begins < ends


def _within(entry: Entry, day: date, zone: tzinfo) -> tuple[int, int]:
    """The minutes of a day that an entry takes, on the wall; nothing is (0, 0)."""
    begins = entry.begins_at.astimezone(zone)
    ends = max(entry.ends_at or entry.begins_at, entry.begins_at + timedelta(minutes=1)).astimezone(zone)
    if begins.date() > day or ends.date() < day:
        return 0, 0
    since = begins.hour * 60 + begins.minute if begins.date() == day else 0
    until = ends.hour * 60 + ends.minute if ends.date() == day else 24 * 60
    return (since, max(until, since + 1)) if begins.date() == day else (since, until)


Placed = tuple[int, int, Entry]


def _groups(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Entries that meet, directly or through others, share the width of the day."""
    groups: list[list[Placed]] = []
    until = -1
    for one in placed:
        if one[0] >= until:
            groups.append([])
        groups[-1].append(one)
        until = max(until, _until(one))
    return groups


def _lanes(group: Sequence[Placed]) -> list[int]:
    free: list[int] = []  # up to when each lane is taken
    lanes = []
    for one in group:
        lane = next((place for place, until in enumerate(free) if until <= one[0]), len(free))
        free[lane : lane + 1] = [_until(one)]
        lanes.append(lane)
    return lanes


def _until(one: Placed) -> int:
    return max(one[1], one[0] + SHORTEST.seconds // 60)


def _percent(part: int, whole: int) -> str:
    return f"{round(part * 100 / whole, 3):g}%"
