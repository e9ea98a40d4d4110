"""`{=System:…}`: what the context alone answers, so that nobody has to look it up."""

from collections.abc import Callable
from datetime import datetime

from potok.engine import time as calendar
from potok.engine.problems import _
from potok.engine.values import DATE, MOMENT, TEXT, Type, Value

from .expression import Context


def _now(context: Context) -> datetime:
    return context.at


# A moment is the same in every zone, so NowLocal differs from Now only in Bitrix24, where both are clock faces.
SYSTEM_VALUES: dict[str, tuple[Type, Callable[[Context], Value]]] = {
    "Date": (DATE, lambda context: calendar.local(context.at, zone=context.clock).date()),
    "Now": (MOMENT, _now),
    "NowLocal": (MOMENT, _now),
    "Host": (TEXT, lambda context: context.ask(_("host name")).host()),
    "Eol": (TEXT, lambda _context: "\n"),
}
