"""The timeline of a record type: a line for each record, from one of its days to another, over three months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from potok.kit import clock
from potok.records import conditions
from potok.records.fields import Field
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens import asked, bars, periods, rows
from potok.records.screens.asked import Asked
from potok.records.screens.calendar import choices, is_done, moves, on_day, read_day
from potok.records.screens.screen import screen
from potok.ui import answers

MOST = 200
MONTHS = 3
# Of the drawing: how wide a day is and how high a line, in its own units.
DAY_WIDTH, LINE_HEIGHT, HEAD_HEIGHT, LEAST = 10, 34, 34, 8
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """A record as a bar: where it lies in the drawing, and what it is called."""

    title: str
    url: str
    x: int
    y: int
    width: int
    text_x: int
    text_y: int
    is_done: bool
    said: str


@dataclass(frozen=True)
class Mark:
    """A line from top to bottom: where a month or a week begins."""

    x: int
    title: str
    is_month: bool


@require_GET
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw three months, beginning with the one that `day` lies in."""
    shown = asked.read(request, of, layout=asked.TIMELINE, more=("day",))
    fields = bars.days(of)
    if not fields:
        raise Http404
    begins, ends = _ends(shown, fields)
    today = timezone.localdate(clock.now())
    first = _month(read_day(shown.more.get("day", ""), today).replace(day=1), -1 if not shown.more.get("day") else 0)
    last = _month(first, MONTHS)
    found = _meets(shown, begins, ends, first=first, last=last)
    records = list(found[:MOST])
    context = {
        **bars.context(request, shown, bars.counted(found)),
        **moves(shown, first, _month(first, -1), _month(first, 1)),
        "title": f"{periods.stretch(first, 'month')} – {periods.stretch(last - DAY, 'month')}",
        "bars": [_bar(of, one, place, begins, ends, first=first, last=last) for place, one in enumerate(records)],
        "marks": _marks(first, last),
        "today_x": (today - first).days * DAY_WIDTH + DAY_WIDTH // 2 if first <= today < last else None,
        "width": (last - first).days * DAY_WIDTH,
        "height": HEAD_HEIGHT + LINE_HEIGHT * max(1, len(records)),
        "laid": choices(shown, fields, begins),
        "ends": ends,
        "begins": begins,
    }
    return answers.draw(request, "records/timeline.html", context)


def _ends(shown: Asked, fields: Sequence[Field]) -> tuple[Field, Field]:
    """The days between which a bar reaches: `group=start:end`; at first, from when it was made to its own day."""
    name, _colon, until = shown.now.group.partition(":")
    known = {one.name: one for one in fields}
    if name in known:
        return known[name], known.get(until, known[name])
    own = [one for one in fields if one.name in shown.of.declared()]
    if len(own) > 1:
        return own[0], own[1]
    return (known["created_at"], own[0]) if own else (fields[0], fields[0])


def _meets(shown: Asked, begins: Field, ends: Field, *, first: date, last: date) -> Any:
    """The records that have a part in the months that are shown, the earliest first."""
    open_ended = ends.where("empty", None) & begins.where("at_least", first)
    where = begins.where("less", last) & (ends.where("at_least", first) | open_ended)
    return shown.rows().filter(where).order_by(*conditions.order(shown.of, begins.name))


def _month(day: date, by: int) -> date:
    place = day.year * 12 + day.month - 1 + by
    return date(place // 12, place % 12 + 1, 1)


def _marks(first: date, last: date) -> list[Mark]:
    marks = []
    for place in range((last - first).days):
        day = first + DAY * place
        if day.day == 1:
            marks.append(Mark(place * DAY_WIDTH, periods.stretch(day, "month"), is_month=True))
        elif day.weekday() == 0:
            marks.append(Mark(place * DAY_WIDTH, "", is_month=False))
    return marks


def _bar(of: RecordType, record: Record, place: int, begins: Field, ends: Field, *, first: date, last: date) -> Bar:
    start = on_day(
        begins.of(record) if begins.name not in ("created_at", "changed_at") else getattr(record, begins.name)
    )
    end = on_day(ends.of(record)) or start
    start, end = start or first, end or first
    if end < start:
        start, end = end, start
    shown_from, shown_to = max(start, first), min(end, last - DAY)
    x = (shown_from - first).days * DAY_WIDTH
    width = max(((shown_to - shown_from).days + 1) * DAY_WIDTH, LEAST)
    y = HEAD_HEIGHT + place * LINE_HEIGHT + 5
    said = (
        periods.stretch(start, "day")
        if start == end
        else f"{periods.stretch(start, 'day')} – {periods.stretch(end, 'day')}"
    )
    return Bar(record.title, rows.address(of, record.pk), x, y, width, x + 8, y + 16, is_done(record), said)
