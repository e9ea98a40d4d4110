"""Schedules as a definition writes them: `{at: 09:00, days: [mon, fri]}`, `{every: 2 hours}`, `{cron: 0 9 * * *}`."""

from __future__ import annotations

from potok.engine import time
from potok.engine.notation.tree.declarations import WRONG_VALUE, filled
from potok.engine.notation.tree.given import NOT_OFFERED, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.problems import _, problem
from potok.engine.time.schedule import DAY_MINUTES, LAST, WEEKDAYS, Schedule, moment, wrong
from potok.engine.values import MOMENT, Duration

ONE_OF = ("at", "every", "cron", "once")
ONE_WAY = problem(
    "tree.schedule_ways", _("A schedule says its moments in one way."), hint=_("Write one of: at, every, cron, once.")
)
WRONG_STEP = problem(
    "tree.schedule_step",
    _("“{text}” is no pause between two starts."),
    hint=_("Write whole minutes or hours, less than a day: every: 2 hours. For days write at: 09:00."),
)


def read(given: Given) -> Schedule:
    """Take a schedule."""
    ways = [way for way in ONE_OF if given.has(way)]
    if len(ways) != 1:
        given.complain(ONE_WAY)
    found = Schedule(
        at=_several(given, "at"),
        every=_every(given),
        cron=given.text("cron"),
        once=_once(given),
        days=_days(given),
        dates=_dates(given),
        working=given.yes("working"),
    )
    if len(ways) == 1:
        for each in wrong(found):
            place = given.page.place((*given.path, ways[0]))
            given.page.problems.append(each.inside(*place.path, line=place.line, column=place.column))
    return found


def write(schedule: Schedule) -> dict[str, Plain]:
    """Give the keys that `read` takes."""
    at, dates = list(schedule.at), ["last" if each == LAST else each for each in schedule.dates]
    return {
        **filled(at=at[0] if len(at) == 1 else at, every=f"{schedule.every} minutes" if schedule.every else ""),
        **filled(cron=schedule.cron, once=schedule.once),
        **filled(days=list(schedule.days), dates=dates, working=schedule.working),
    }


def _several(given: Given, key: str) -> tuple[str, ...]:
    found = given.any(key)
    return tuple(map(str, found)) if isinstance(found, list) else () if found is None else (str(found),)


def _every(given: Given) -> int:
    text = given.text("every")
    if not text:
        return 0
    lasts = time.read(text)
    if isinstance(lasts, Duration) and not lasts.months and not lasts.days:
        minutes, rest = divmod(lasts.seconds, 60)
        if not rest and 0 < minutes < DAY_MINUTES:
            return minutes
    given.complain(WRONG_STEP, "every", text=text)
    return 1


def _once(given: Given) -> str:
    """A moment written without a zone is one of the definition's, or of the company's, which only the shell knows."""
    text = given.text("once")
    if text and moment(text) is None:
        given.complain(WRONG_VALUE, "once", value=text, type=str(MOMENT))
        return ""
    return text


def _days(given: Given) -> tuple[str, ...]:
    found = _several(given, "days")
    for day in found:
        if day not in WEEKDAYS:
            given.complain(NOT_OFFERED, "days", key="days", value=day, choices=", ".join(WEEKDAYS))
    return tuple(day for day in found if day in WEEKDAYS)


def _dates(given: Given) -> tuple[int, ...]:
    found = _several(given, "dates")
    known = {"last": LAST, **{str(day): day for day in range(1, 32)}}
    for day in found:
        if day not in known:
            given.complain(NOT_OFFERED, "dates", key="dates", value=day, choices="1, 2, … 31, last")
    return tuple(known[day] for day in found if day in known)
