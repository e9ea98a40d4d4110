"""Dates by the letters that PHP gave to formats: `d.m.Y H:i`."""

import re
from calendar import isleap, monthrange
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo

from babel.dates import get_day_names, get_month_names

from potok.engine import time as calendar

from .expression import Context

_LETTERS: dict[str, Callable[[datetime], str]] = {
    "d": lambda it: f"{it.day:02}",
    "j": lambda it: str(it.day),
    "N": lambda it: str(it.isoweekday()),
    "w": lambda it: str(it.isoweekday() % 7),
    "z": lambda it: str(it.timetuple().tm_yday - 1),
    "W": lambda it: f"{it.isocalendar().week:02}",
    "m": lambda it: f"{it.month:02}",
    "n": lambda it: str(it.month),
    "t": lambda it: str(monthrange(it.year, it.month)[1]),
    "L": lambda it: str(int(isleap(it.year))),
    "Y": lambda it: f"{it.year:04}",
    "y": lambda it: f"{it.year % 100:02}",
    "a": lambda it: "am" if it.hour < 12 else "pm",
    "A": lambda it: "AM" if it.hour < 12 else "PM",
    "g": lambda it: str(it.hour % 12 or 12),
    "G": lambda it: str(it.hour),
    "h": lambda it: f"{it.hour % 12 or 12:02}",
    "H": lambda it: f"{it.hour:02}",
    "i": lambda it: f"{it.minute:02}",
    "s": lambda it: f"{it.second:02}",
}
_NAMES: dict[str, Callable[[datetime, str], str]] = {
    # The form inside a date: "5 января", not "январь".
    "F": lambda it, language: get_month_names("wide", "format", language)[it.month],
    "f": lambda it, language: get_month_names("wide", "stand-alone", language)[it.month],
    "M": lambda it, language: get_month_names("abbreviated", "format", language)[it.month],
    "l": lambda it, language: get_day_names("wide", "stand-alone", language)[it.weekday()],
    "D": lambda it, language: get_day_names("abbreviated", "stand-alone", language)[it.weekday()],
}
# Known letters, and what stands between them. Any other letter makes it no format.
FORMAT = re.compile(rf"[{''.join([*_LETTERS, *_NAMES])}\s\d:./_()-]+")


def formatted(day: date, form: str, context: Context, *, language: str, clock: tzinfo | None = None) -> str:
    """Write a date or moment by a format, on the zone's clock; after a backslash a letter stands for itself."""
    shown = moment_of(day, context, clock=clock)
    return re.sub(r"\\(.)|(.)", lambda sign: sign[1] or _part(sign[2], shown, language), form, flags=re.DOTALL)


def moment_of(day: date, context: Context, *, clock: tzinfo | None = None) -> datetime:
    """Tell what the zone's clock shows at a moment, or at the beginning of a date."""
    if isinstance(day, datetime):
        return calendar.local(day, zone=clock or context.clock)
    return datetime.combine(day, time())


def _part(letter: str, shown: datetime, language: str) -> str:
    if letter in _NAMES:
        return _NAMES[letter](shown, language)
    return _LETTERS[letter](shown) if letter in _LETTERS else letter
