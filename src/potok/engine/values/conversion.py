"""Making a value fit the place it is put into: a field, a variable, a parameter.

`WIDENS` (kind.py) says which kinds always convert; here stands how, and which texts may be read as something else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from .clock import on_clock
from .kind import Type, type_of
from .show import show as show_plainly
from .value import Money, PersonRef, RecordRef, Value, number

END_OF_DAY = time(23, 59)
Show: TypeAlias = Callable[[Value], str]


class WrongType(ValueError):  # noqa: N818 - it says what happened, as the other words of the engine do
    """The value cannot stand there. `code` is public; `value` and `wanted` tell the story."""

    code = "value.wrong_type"

    def __init__(self, value: Value, wanted: Type) -> None:
        super().__init__(f"{value!r} is not a {wanted}.")
        self.value = value
        self.wanted = wanted


def coerce(value: Value, to: Type, *, zone: tzinfo = UTC, show: Show | None = None) -> Value:
    """Turn a value into one of type `to`, or raise `WrongType`.

    Widens as `fits` allows and reads texts (a number, a date, yes or no) as a form or a file would give them.
    Empty stays empty: `None`, or `()` for a list. A date becomes the moment its day begins in the zone.
    """
    if to.multiple:
        items = value if isinstance(value, tuple) else (value,)
        return tuple(coerce(item, to.single, zone=zone, show=show) for item in items if item not in (None, ""))
    if value is None or to.kind == "any":
        return value
    if to.kind == "text":
        return value if isinstance(value, str) else (show or (lambda it: show_plainly(it, zone=zone)))(value)
    if isinstance(value, tuple):
        return _only_item(value, to, zone=zone)
    return _single(value, to, zone=zone)


def deadline(value: Value, *, zone: tzinfo = UTC) -> Value:
    """Turn a value into the moment by which something has to be done, or raise `WrongType`.

    A date means the last minute of its day in the zone: what is due on Friday may be done on Friday.
    """
    day = coerce(value, Type("date"), zone=zone) if isinstance(value, str) and ":" not in value else value
    if isinstance(day, date) and not isinstance(day, datetime):
        return datetime.combine(day, END_OF_DAY, zone).astimezone(UTC)
    return coerce(day, Type("moment"), zone=zone)


def _only_item(items: tuple[Value, ...], to: Type, *, zone: tzinfo) -> Value:
    if len(items) > 1:
        raise WrongType(items, to)
    return coerce(items[0], to, zone=zone) if items else None


def _single(value: Value, to: Type, *, zone: tzinfo) -> Value:
    if value == "" and to.kind not in ("choice", "email", "phone", "url"):
        return None
    try:
        return _CONVERSIONS[to.kind](value, _Target(to, zone))
    except (ValueError, ArithmeticError):
        raise WrongType(value, to) from None


@dataclass(frozen=True, slots=True)
class _Target:
    type: Type
    zone: tzinfo


def _text(value: Value, target: _Target) -> Value:
    if isinstance(value, str) and (not value or _FORMS[target.type.kind].fullmatch(value)):
        return value
    raise ValueError


def _number(value: Value, target: _Target) -> Value:
    if isinstance(value, Money):
        return number(value.amount)
    if isinstance(value, str):
        return number(_decimal(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
        return number(value)
    raise ValueError


def _decimal(text: str) -> Decimal:
    # People group digits with spaces, also hard and thin ones, and part the fraction with a comma.
    given = Decimal(re.sub(r"\s", "", text).replace(",", "."))
    if not given.is_finite() or abs(given.adjusted()) > 300:
        raise InvalidOperation
    return given


def _money(value: Value, target: _Target) -> Value:
    if isinstance(value, Money):
        return value
    # "12.50 RUB" as people write it, "12.50|RUB" as Bitrix24 does.
    if isinstance(value, str) and (parts := re.fullmatch(r"(.+?)\s*[| ]\s*([A-Z]{3})", value.strip())):
        return Money(_decimal(parts[1]), parts[2])
    raise ValueError


def _person(value: Value, target: _Target) -> Value:
    # The code by which definitions name somebody: user_12.
    if isinstance(value, str) and (code := re.fullmatch(r"user_([0-9]{1,18})", value.strip())):
        return PersonRef(int(code[1]))
    return _same(value, target)


def _yes_no(value: Value, target: _Target) -> Value:
    if isinstance(value, bool):
        return value
    known = _ANSWERS.get(value.strip().lower()) if isinstance(value, str) else None
    if known is None and value not in (0, 1):
        raise ValueError
    return known if known is not None else bool(value)


def _date(value: Value, target: _Target) -> Value:
    if isinstance(value, str):
        value = _written_moment(value, target.zone) if ":" in value else _written_date(value)
    if isinstance(value, datetime):
        return on_clock(value, target.zone).date()
    if isinstance(value, date):
        return value
    raise ValueError


def _moment(value: Value, target: _Target) -> Value:
    if isinstance(value, str):
        value = _written_moment(value, target.zone) if ":" in value else _written_date(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), target.zone).astimezone(UTC)
    raise ValueError


def _written_date(text: str) -> date:
    if parts := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip()):
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    return date.fromisoformat(text.strip())


def _written_moment(text: str, zone: tzinfo) -> datetime:
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    at = datetime.fromisoformat(f"{_written_date(day).isoformat()} {hour.strip().zfill(5)}")
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _record(value: Value, target: _Target) -> Value:
    if isinstance(value, RecordRef) and target.type.of in ("", value.type):
        return value
    raise ValueError


def _same(value: Value, target: _Target) -> Value:
    if type_of(value) == target.type:
        return value
    raise ValueError


_ANSWERS = {"y": True, "yes": True, "true": True, "да": True, "n": False, "no": False, "false": False, "нет": False}
_FORMS = {
    "choice": re.compile(r".+", re.DOTALL),
    "email": re.compile(r"[^\s@]+@[^\s@]+"),
    "phone": re.compile(r"[+\d][\d\s()\-.,;#*]*"),
    "url": re.compile(r"https?://\S+", re.IGNORECASE),
}
_CONVERSIONS: Mapping[str, Callable[[Value, _Target], Value]] = {
    "number": _number,
    "money": _money,
    "yes_no": _yes_no,
    "date": _date,
    "moment": _moment,
    "duration": _same,
    "person": _person,
    "file": _same,
    "record": _record,
    "choice": _text,
    "email": _text,
    "phone": _text,
    "url": _text,
}
