"""Working time: of a person if one is named, otherwise of the company."""

import datetime as dt
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias, TypeVar

from potok.engine import time as calendar
from potok.engine.expr import complaints
from potok.engine.expr.arithmetic import divided
from potok.engine.expr.expression import Context, Failure
from potok.engine.problems import Problems, _, problem
from potok.engine.time import NoWorkingTime, WorkingTime
from potok.engine.values import DATE, DURATION, MOMENT, NUMBER, PERSON, TEXT, YES_NO, Duration, PersonRef

from .dates import shifted_type
from .declared import function, may, needs

Number: TypeAlias = int | Decimal
Worked = TypeVar("Worked")

NOT_WORKED = problem(
    "time.not_worked",
    _("“{text}” cannot be counted in working time."),
    hint=_("Write days, hours and minutes, for example 2 days 4 hours; for months and weeks use dateadd."),
)
NO_WORKING_TIME = problem(
    "time.no_working_time",
    _("There is no working time to be found for this."),
    hint=_("Check the interval, and the working time of the company or the person."),
)


def read_worked(text: str) -> Duration | Problems:
    """Read an interval that can be counted in working time: days, hours, minutes."""
    found = calendar.read(text)
    if isinstance(found, Duration) and (found.months or calendar.names_weeks(text)):
        return Problems([NOT_WORKED.at(text=text)])
    return found


def _schedule(context: Context, person: PersonRef | None) -> WorkingTime:
    return context.ask(_("working time")).working_time(person)


def _found(work: Callable[[], Worked]) -> Worked:
    try:
        return work()
    except NoWorkingTime:
        raise Failure(NO_WORKING_TIME.at()) from None
    except OverflowError:
        raise Failure(complaints.OUT_OF_CALENDAR.at()) from None


def _same_hour(day: dt.date, moved: dt.date, context: Context) -> dt.date:
    """A moment that is moved by days keeps what the clock shows."""
    if not isinstance(day, datetime):
        return moved
    hour = calendar.local(day, zone=context.clock).time()
    return calendar.utc(datetime.combine(moved, hour), zone=context.clock)


def _day(day: dt.date, context: Context) -> dt.date:
    return calendar.local(day, zone=context.clock).date() if isinstance(day, datetime) else day


@function(
    "addworkdays",
    _("The working day so many working days after the date, or before it if the number is negative."),
    needs("date", MOMENT, DATE),
    needs("days", NUMBER),
    may("person", PERSON),
    gives=lambda arguments: shifted_type(arguments[:1]),
    context=True,
)
def add_working_days(context: Context, day: dt.date, days: Number, person: PersonRef | None = None) -> dt.date:
    schedule = _schedule(context, person)
    return _same_hour(day, _found(lambda: schedule.plus_days(_day(day, context), int(days))), context)


@function(
    "workdateadd",
    _("The moment when an interval such as 1 day or 4h of working time has passed since the date."),
    needs("date", MOMENT, DATE),
    needs("interval", TEXT, DURATION, reads=read_worked),
    may("person", PERSON),
    gives=shifted_type,
    context=True,
)
def add_working_time(
    context: Context, start: dt.date, interval: str | Duration, person: PersonRef | None = None
) -> dt.date:
    lasts = interval if isinstance(interval, Duration) else read_worked(interval)
    if isinstance(lasts, Problems):
        raise Failure(lasts[0])
    if lasts.months:
        raise Failure(NOT_WORKED.at(text=context.text(lasts)))
    schedule = _schedule(context, person)
    if isinstance(start, datetime):
        return _found(lambda: schedule.add(start, lasts))
    if not lasts.seconds:
        return _found(lambda: schedule.plus_days(start, lasts.days))
    begins = calendar.utc(datetime.combine(start, dt.time()), zone=context.clock)
    return _found(lambda: schedule.add(begins, lasts))


@function(
    "workdatediff",
    _("How many hours are worked from one moment to another; negative if the second comes first."),
    needs("from", MOMENT),
    needs("to", MOMENT),
    may("person", PERSON),
    gives=NUMBER,
    context=True,
)
def worked_hours(context: Context, start: datetime, end: datetime, person: PersonRef | None = None) -> Number:
    seconds = _found(lambda: _schedule(context, person).between(start, end))
    return divided(seconds, 3600)


@function(
    "workdays",
    _("How many working days there are after one date up to another, that one included."),
    needs("from", DATE),
    needs("to", DATE),
    may("person", PERSON),
    gives=NUMBER,
    context=True,
)
def working_days(context: Context, start: dt.date, end: dt.date, person: PersonRef | None = None) -> int:
    return _found(lambda: _schedule(context, person).days_between(start, end))


@function("isworkday", _("Yes if it is a working day."), needs("date", DATE), may("person", PERSON), gives=YES_NO,
          context=True)  # fmt: skip
def is_working_day(context: Context, day: dt.date, person: PersonRef | None = None) -> bool:
    return _schedule(context, person).is_working_day(day)


@function("isworktime", _("Yes if the moment lies within working hours."), needs("moment", MOMENT),
          may("person", PERSON), gives=YES_NO, context=True)  # fmt: skip
def is_working_time(context: Context, at: datetime, person: PersonRef | None = None) -> bool:
    return _schedule(context, person).is_working(at)


@function("nextworktime", _("The first working moment that is not before this one."), needs("moment", MOMENT),
          may("person", PERSON), gives=MOMENT, context=True)  # fmt: skip
def next_working_time(context: Context, at: datetime, person: PersonRef | None = None) -> datetime:
    return _found(lambda: _schedule(context, person).next(at))
