"""Dates and moments. Days begin and hours are counted in the definition's zone."""

import datetime as dt
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from dateutil.relativedelta import relativedelta

from potok.engine import time as calendar
from potok.engine.expr import complaints
from potok.engine.expr.comparison import named_by
from potok.engine.expr.date_format import formatted, moment_of
from potok.engine.expr.expression import Context, Failure
from potok.engine.expr.node import Literal
from potok.engine.problems import Problems, _
from potok.engine.values import ANY, DATE, DURATION, MOMENT, NUMBER, TEXT, Duration, Type, Value, WrongType, coerce

from .declared import Arguments, function, may, needs

Number: TypeAlias = int | Decimal


def shifted_type(arguments: Arguments) -> Type:
    """Tell what a date becomes that is moved.

    By days it stays a date, by hours it becomes a moment; an interval that is not yet known may hold either.
    """
    day, start = arguments[0]
    if isinstance(day, Literal) and isinstance(day.value, str):
        start = named_by(day.value)
    if start == MOMENT:
        return MOMENT
    if len(arguments) == 1:
        return start if start == DATE else ANY
    interval, _type = arguments[1]
    if start == DATE and isinstance(interval, Literal) and isinstance(interval.value, str):
        lasts = calendar.read(interval.value)
        return MOMENT if isinstance(lasts, Duration) and lasts.seconds else DATE
    return ANY


@function(
    "dateadd",
    _("The date or moment moved by an interval such as 2 days, -1 month or 1y 10h."),
    needs("date", MOMENT, DATE),
    needs("interval", TEXT, DURATION, reads=calendar.read),
    gives=shifted_type,
    context=True,
)
def date_add(context: Context, start: dt.date, interval: str | Duration) -> dt.date:
    lasts = interval if isinstance(interval, Duration) else calendar.read(interval)
    if isinstance(lasts, Problems):
        raise Failure(lasts[0])
    try:
        return calendar.add(start, lasts, zone=context.clock)
    except OverflowError:
        raise Failure(complaints.OUT_OF_CALENDAR.at()) from None


@function(
    "datediff",
    _("The time from one date to another, written by a format such as %a days or %m months, %d days."),
    needs("from", MOMENT, DATE),
    needs("to", MOMENT, DATE),
    needs("format", TEXT),
    gives=TEXT,
    context=True,
)
def date_difference(context: Context, start: dt.date, end: dt.date, form: str) -> str:
    first, last = (moment_of(it, context) for it in (start, end))
    early, late = sorted((first, last))
    apart = relativedelta(late, early)
    parts = {
        "y": apart.years, "m": apart.months, "d": apart.days, "h": apart.hours, "i": apart.minutes, "s": apart.seconds,
    }  # fmt: skip
    letters = {letter: str(count) for letter, count in parts.items()}
    letters |= {letter.upper(): f"{count:02}" for letter, count in parts.items()}
    letters |= {"a": str((late - early).days), "%": "%"}
    letters |= {"R": "-" if last < first else "+", "r": "-" if last < first else ""}
    return formatted_by(form, letters)


def formatted_by(form: str, letters: dict[str, str]) -> str:
    """Fill a format: `%` and a letter stand for a part, all else for itself."""
    pieces = form.split("%%")
    for letter, text in letters.items():
        pieces = [piece.replace(f"%{letter}", text) for piece in pieces]
    return "%".join(pieces)


@function(
    "date",
    _("The date or moment, or this moment, as text by a format such as d.m.Y H:i."),
    needs("format", TEXT),
    may("date", MOMENT, DATE),
    gives=TEXT,
    context=True,
)
def date_text(context: Context, form: str, day: dt.date | None = None) -> str:
    return formatted(day or context.at, form, context, language="en")


@function(
    "locdate",
    _("The date or moment as text by a format, with names of months and days in the reader's language."),
    needs("format", TEXT),
    may("date", MOMENT, DATE),
    gives=TEXT,
    context=True,
)
def local_date_text(context: Context, form: str, day: dt.date | None = None) -> str:
    return formatted(day or context.at, form, context, language=context.language)


@function(
    "settime",
    _("The moment at which the clock shows this time on the day of the date."),
    needs("date", MOMENT, DATE),
    needs("hour", NUMBER),
    may("minute", NUMBER),
    may("second", NUMBER),
    gives=MOMENT,
    context=True,
)
def set_time(context: Context, day: dt.date, hour: Number, minute: Number = 0, second: Number = 0) -> datetime:
    shown = moment_of(day, context).date()
    try:
        hands = dt.time(int(hour), int(minute), int(second))
        return calendar.utc(datetime.combine(shown, hands), zone=context.clock)
    except (ValueError, OverflowError):
        raise Failure(complaints.WRONG_VALUE.at(value=f"{hour}:{minute}:{second}", wanted="date and time")) from None


@function(
    "strtotime",
    _("The moment as seconds since the beginning of 1970."),
    needs("date", MOMENT),
    gives=NUMBER,
)
def to_seconds(at: datetime) -> int:
    return int(at.timestamp())


@function(
    "age",
    _("How many full years have passed since the date, today or on another date."),
    needs("since", DATE),
    may("on", DATE),
    gives=NUMBER,
    context=True,
)
def age(context: Context, since: dt.date, on: dt.date | None = None) -> int:
    today = on or calendar.local(context.at, zone=context.clock).date()
    return relativedelta(today, since).years


@function("todate", _("The date of a moment, or the date a text names; empty if none."), needs("value", ANY),
          gives=DATE, context=True)  # fmt: skip
def to_date(context: Context, value: Value) -> Value:
    return _read_as(value, DATE, context)


@function("tomoment", _("The moment a date begins, or the moment a text names; empty if none."), needs("value", ANY),
          gives=MOMENT, context=True)  # fmt: skip
def to_moment(context: Context, value: Value) -> Value:
    return _read_as(value, MOMENT, context)


def _read_as(value: Value, wanted: Type, context: Context) -> Value:
    try:
        return coerce(value, wanted, zone=context.clock)
    except WrongType:
        return None
