"""Cutting, searching and changing texts. Positions count from 0; a negative one counts from the end."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import quote

from potok.engine.expr import complaints
from potok.engine.expr.expression import Context, Failure, checked_length
from potok.engine.expr.limits import ITEMS_MAX
from potok.engine.problems import _
from potok.engine.values import ANY, NUMBER, TEXT, Value, many

from .declared import function, may, needs

Number: TypeAlias = int | Decimal


@function("strlen", _("How many characters the text has."), needs("text", TEXT), gives=NUMBER, takes_empty=True)
def length(text: str | None) -> int:
    return len(text or "")


@function(
    "strpos",
    _("Where a text first occurs in another, counted from 0; empty if nowhere."),
    needs("text", TEXT),
    needs("wanted", TEXT),
    may("from", NUMBER),
    gives=NUMBER,
)
def position(text: str, wanted: str, start: Number = 0) -> int | None:
    at = text.find(wanted, int(start))
    return at if at >= 0 else None


@function(
    "substr",
    _("A piece of the text from a position on, so many characters long."),
    needs("text", TEXT),
    needs("start", NUMBER),
    may("length", NUMBER),
    gives=TEXT,
)
def piece(text: str, start: Number, size: Number | None = None) -> str:
    first = int(start) if start >= 0 else max(0, len(text) + int(start))
    if size is None:
        return text[first:]
    # A negative length leaves so many characters off the end, as in PHP.
    return text[first : int(size)] if size < 0 else text[first : first + int(size)]


@function("strtolower", _("The text in small letters."), needs("text", TEXT), gives=TEXT)
def lower(text: str) -> str:
    return text.lower()


@function("strtoupper", _("The text in capital letters."), needs("text", TEXT), gives=TEXT)
def upper(text: str) -> str:
    return text.upper()


@function("ucfirst", _("The text with a capital first letter."), needs("text", TEXT), gives=TEXT)
def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@function("ucwords", _("The text with a capital first letter in each word."), needs("text", TEXT), gives=TEXT)
def capitals(text: str) -> str:
    return "".join(letter.upper() if at == 0 or text[at - 1].isspace() else letter for at, letter in enumerate(text))


def _trimmer(name: str, about: str, trim: Callable[[str, str | None], str]) -> None:
    @function(name, about, needs("text", TEXT), may("characters", TEXT), gives=TEXT)
    def trimmed(text: str, characters: str | None = None) -> str:
        return trim(text, characters or None)


_trimmer("trim", _("The text without spaces, or the characters named, at both ends."), str.strip)
_trimmer("ltrim", _("The text without spaces, or the characters named, at its beginning."), str.lstrip)
_trimmer("rtrim", _("The text without spaces, or the characters named, at its end."), str.rstrip)


@function(
    "replace",
    _("The text with every occurrence of one text replaced by another."),
    needs("text", TEXT),
    needs("old", TEXT),
    needs("new", TEXT),
    gives=TEXT,
    takes_empty=True,
)
def replace(text: str | None, old: str | None, new: str | None) -> str | None:
    if not text or not old:
        return text
    checked_length(len(text) + text.count(old) * (len(new or "") - len(old)))
    return text.replace(old, new or "")


@function(
    "split",
    _("The text taken apart at a separator, or into pieces of so many characters if a number is given."),
    needs("text", TEXT),
    needs("by", NUMBER, TEXT),
    gives=many(TEXT),
)
def split(text: str, by: str | Number) -> tuple[str, ...]:
    if isinstance(by, str):
        return tuple(text.split(by)) if by else (text,)
    size = int(by)
    if size < 1:
        raise Failure(complaints.WRONG_VALUE.at(value=str(by), wanted="number"))
    if len(text) > size * ITEMS_MAX:
        raise Failure(complaints.RESULT_TOO_LONG.at(most=ITEMS_MAX))
    return tuple(text[at : at + size] for at in range(0, len(text), size))


@function("urlencode", _("The text as it may stand in a web address."), needs("text", TEXT), gives=TEXT)
def url_encode(text: str) -> str:
    checked_length(len(text))
    return quote(text, safe="", errors="replace").replace("%20", "+")


@function("totext", _("The value as it reads in a text."), needs("value", ANY), gives=TEXT, context=True)
def to_text(context: Context, value: Value) -> str:
    return context.text(value)
