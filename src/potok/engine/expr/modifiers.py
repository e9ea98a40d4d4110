"""What may stand after `>` in a reference, and what it makes of the value."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from potok.engine.problems import _
from potok.engine.values import FILE, MOMENT, NUMBER, TEXT, URL, YES_NO, FileRef, Type, Value, WrongType, coerce, title

from . import complaints
from .date_format import FORMAT, formatted
from .expression import Context, Failure

_DAY_AND_HOUR = "d.m.Y H:i"
_PRINTED = frozenset({"printable", "friendly"})
_CAST = {"bool": YES_NO, "int": NUMBER, "double": NUMBER}
_ZONES: dict[str, Callable[[Context], str]] = {
    "server": lambda context: context.zone,
    "user": lambda context: context.user_zone or context.zone,
    "author": lambda context: context.ask(_("time zone")).zone("author"),
    "responsible": lambda context: context.ask(_("time zone")).zone("responsible"),
}
# Three ways of Bitrix24 to the same page of a file: who may see the file is asked there, whichever way he came.
_ADDRESSES = frozenset({"src", "shortlink", "publink"})


def type_after(modifier: str, given: Type) -> Type | None:
    """Tell the type a modifier gives, or None where it says nothing."""
    if modifier in _PRINTED:
        return TEXT
    if modifier in _CAST:
        return replace(_CAST[modifier], multiple=given.multiple)
    if (modifier in _ZONES or FORMAT.fullmatch(modifier)) and given.kind in ("date", "moment", "any"):
        return replace(TEXT, multiple=given.multiple)
    if modifier in _ADDRESSES and given.kind in ("file", "any"):
        return replace(URL, multiple=given.multiple)
    return None


def modified(value: Value, modifier: str, context: Context) -> Value:
    """Apply a modifier; to each item of a list, unless it prints the list as a whole. Empty stays empty."""
    if modifier in _PRINTED:
        return context.text(value)
    if isinstance(value, tuple):
        return tuple(modified(item, modifier, context) for item in value)
    if value is None:
        return None
    try:
        return _one(value, modifier, context)
    except WrongType as error:
        raise Failure(complaints.WRONG_VALUE.at(value=context.text(value), wanted=title(error.wanted))) from None


def _one(value: Value, modifier: str, context: Context) -> Value:
    if modifier in _CAST:
        cast = coerce(value, _CAST[modifier], zone=context.clock)
        return int(cast) if modifier == "int" and isinstance(cast, Decimal) else cast
    if modifier in _ADDRESSES:
        file = coerce(value, FILE)
        return context.ask(_("file")).file(file) if isinstance(file, FileRef) else None
    if not isinstance(value, date):
        value = coerce(value, MOMENT, zone=context.clock)
    if not isinstance(value, date):
        return None
    if modifier in _ZONES:
        there = replace(context, zone=ZoneInfo(_ZONES[modifier](context)).key)
        return formatted(value, _DAY_AND_HOUR, there, language=context.language)
    return formatted(value, modifier, context, language=context.language)
