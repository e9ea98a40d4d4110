"""The calendar of a record type: a month, each record on the day that one of its fields names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.views.decorators.http import require_GET

from potok.kit import clock
from potok.records import conditions
from potok.records.fields import Field
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens import asked, bars, periods, phrases, rows
from potok.records.screens.asked import Asked
from potok.records.screens.screen import screen
from potok.ui import answers

MOST = 2_000
IN_A_DAY = 4
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """A record on its day."""

    title: str
    url: str
    at: datetime | None
    person: Any
    is_done: bool


@dataclass(frozen=True)
class Day:
    """One square: its entries, and where those are for which it has no room."""

    date: date
    is_other: bool
    is_today: bool
    entries: Sequence[Entry]
    more: int
    all_url: str


@require_GET
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the month that `day` lies in."""
    shown = asked.read(request, of, layout=asked.CALENDAR, more=("day",))
    fields = bars.days(of)
    if not fields:
        raise Http404
    field = laid_by(shown, fields)
    today = timezone.localdate(clock.now())
    month = read_day(shown.more.get("day", ""), today).replace(day=1)
    first = month - DAY * month.weekday()
    last = month + timedelta(days=31)
    last = last.replace(day=1) - DAY
    last += DAY * (6 - last.weekday())
    found = between(shown, field, first, last)
    days = _days(request, shown, field, list(found), first=first, last=last, month=month, today=today)
    context = {
        **bars.context(request, shown, bars.counted(found)),
        **moves(shown, month, (month - DAY).replace(day=1), (month + timedelta(days=32)).replace(day=1)),
        "title": periods.stretch(month, "month"),
        "weekdays": [formats.date_format(first + DAY * place, "D") for place in range(7)],
        "weeks": [days[place : place + 7] for place in range(0, len(days), 7)],
        "laid": choices(shown, fields, field),
    }
    return answers.draw(request, "records/calendar.html", context)


def laid_by(shown: Asked, fields: Sequence[Field]) -> Field:
    """The field that says on which day a record stands: the chosen one, or the first."""
    name = shown.now.group.partition(":")[0]
    return next((one for one in fields if one.name == name), fields[0])


def choices(shown: Asked, fields: Sequence[Field], chosen: Field) -> list[tuple[str, str, bool]]:
    """The other fields that could say it: address, title, whether it is this one."""
    return [(shown.url(group=one.name), str(one.title), one is chosen) for one in fields]


def moves(shown: Asked, now: date, before: date, after: date) -> Mapping[str, str]:
    """The way to what comes before and after, and to today."""
    return {
        "before_url": shown.url(day=before.isoformat()),
        "after_url": shown.url(day=after.isoformat()),
        "today_url": shown.url(day=""),
        "live_url": shown.url(day=now.isoformat()),
    }


def read_day(text: str, today: date) -> date:
    """The day that the address names; a wrong one is today."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if 1900 < found.year < 2200 else today


def between(shown: Asked, field: Field, first: date, last: date) -> Any:
    """The records whose field lies in a stretch of days, in the order of time."""
    where = field.where("at_least", first) & field.where("less", last + DAY)
    return shown.rows().filter(where).order_by(*conditions.order(shown.of, field.name))


def on_day(value: Any) -> date | None:
    """The day of a value, as whoever looks has it."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value if isinstance(value, date) else None


def is_done(record: Any) -> bool:
    """Tell whether a record has reached the end of its pipeline."""
    stage = getattr(record, "stage", None)
    return stage is not None and stage.kind != "open"


def _days(
    request: HttpRequest,
    shown: Asked,
    field: Field,
    records: Sequence[Record],
    *,
    first: date,
    last: date,
    month: date,
    today: date,
) -> list[Day]:
    by_day: dict[date, list[Entry]] = {}
    for record in records[:MOST]:
        value: Any = field.of(record)
        if (day := on_day(value)) is not None:
            at = timezone.localtime(value) if isinstance(value, datetime) else None
            url = rows.address(shown.of, record.pk)
            by_day.setdefault(day, []).append(Entry(record.title, url, at, None, is_done(record)))
    count = (last - first).days + 1
    return [
        _day(shown, field, first + DAY * place, by_day.get(first + DAY * place, []), month=month, today=today)
        for place in range(count)
    ]


def _day(shown: Asked, field: Field, day: date, entries: list[Entry], *, month: date, today: date) -> Day:
    term = {
        "all": [
            {"field": field.name, "operator": "at_least", "value": day.isoformat()},
            {"field": field.name, "operator": "less", "value": (day + DAY).isoformat()},
        ]
    }
    url = shown.url(layout=asked.LIST, filter=phrases.joined(shown.now.filter, term), group="", day="")
    more = max(0, len(entries) - IN_A_DAY)
    return Day(day, day.month != month.month, day == today, entries[: IN_A_DAY if more else None], more, url)
