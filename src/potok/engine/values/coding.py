"""Values as JSON and back: tagged only where JSON alone would not tell what it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec

from .value import Duration, FileRef, Money, PersonRef, RecordRef, Value

Plain: TypeAlias = Any  # what json.dumps takes: None, str, bool, int, list, dict with one tag


def encode(value: Value) -> Plain:
    """Turn a value into what JSON can hold; equal values of one type give equal bytes."""
    if value is None or type(value) in (str, bool, int):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, str):
        return str(value)  # of a text that remembers more, the text is the value
    tag, write, _read = _BY_CLASS[type(value)]
    return {tag: write(value)}


def decode(plain: Plain) -> Value:
    """Turn back what `encode` wrote; anything else is a defect of the store and raises."""
    if isinstance(plain, list):
        return tuple(decode(item) for item in plain)
    if isinstance(plain, dict):
        ((tag, inside),) = plain.items()
        return _BY_TAG[tag](inside)
    if plain is None or type(plain) in (str, bool, int):
        return plain  # type: ignore[no-any-return]
    raise TypeError(f"{type(plain).__name__} is not how a value is kept.")


to_bytes: Callable[[Plain], bytes] = msgspec.json.Encoder().encode  # named tuples are written as lists
from_bytes: Callable[[bytes], Plain] = msgspec.json.Decoder().decode


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().removesuffix("+00:00")


_BY_CLASS: dict[type, tuple[str, Callable[[Any], Plain], Callable[[Any], Value]]] = {
    Decimal: ("n", str, Decimal),
    date: ("date", date.isoformat, date.fromisoformat),
    datetime: ("at", _moment, lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)),
    Duration: ("lasts", lambda it: [it.months, it.days, it.seconds], lambda parts: Duration(*parts)),
    Money: ("money", lambda it: [str(it.amount), it.currency], lambda it: Money(Decimal(it[0]), it[1])),
    PersonRef: ("person", lambda it: it.id, PersonRef),
    RecordRef: ("record", lambda it: [it.type, it.id], lambda it: RecordRef(*it)),
    FileRef: ("file", lambda it: it.id, FileRef),
}
_BY_TAG: dict[str, Callable[[Any], Value]] = {tag: read for tag, _write, read in _BY_CLASS.values()}
