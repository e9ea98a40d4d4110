"""Values written out in a definition, and how a value is written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from potok.engine import time
from potok.engine.notation.tree.source import Plain
from potok.engine.problems import Problems
from potok.engine.values import Duration, FileRef, Money, PersonRef, RecordRef, Type, Value, WrongType, coerce

USER = re.compile(r"user_([0-9]{1,18})")
FILE = re.compile(r"file_([0-9]{1,18})")
RECORD = re.compile(r"([a-z][a-z0-9_.]*):([0-9]{1,18})")


def value(plain: Plain, type: Type, *, zone: str = "") -> Value:
    """Read a value of a type; raises `WrongType` for what is none.

    A person is `user_12`, a file `file_7`, a record `crm.deal:3`, money `100 RUB`, a duration `2 days`.
    """
    if isinstance(plain, dict):
        raise WrongType(str(plain), type)
    if isinstance(plain, list):
        return coerce(tuple(value(item, type.single, zone=zone) for item in plain), type)
    return coerce(_special(plain, type), type, zone=zone_of(zone))


def zone_of(name: str) -> ZoneInfo:
    """Find a zone by its name; the world's own time for none and for what does not exist."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _special(plain: Plain, type: Type) -> Value:
    """Read what has no form of its own in the language of values."""
    found: Value = plain
    if not isinstance(plain, str):
        return found
    if type.kind == "person" and (match := USER.fullmatch(plain)):
        return PersonRef(int(match[1]))
    if type.kind == "file" and (match := FILE.fullmatch(plain)):
        return FileRef(int(match[1]))
    if type.kind == "record" and (match := RECORD.fullmatch(plain)):
        return RecordRef(match[1], int(match[2]))
    if type.kind == "duration" and not isinstance(lasts := time.read(plain), Problems):
        return lasts
    return found


def plain(value: Value) -> Plain:
    """Write a value so that `value` reads it back."""
    match value:
        case tuple():
            return [plain(item) for item in value]
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Money(amount, currency):
            return f"{amount} {currency}"
        case PersonRef(id):
            return f"user_{id}"
        case FileRef(id):
            return f"file_{id}"
        case RecordRef(type_, id):
            return f"{type_}:{id}"
        case Duration(months, days, seconds):
            parts = ((months, "months"), (days, "days"), (seconds, "seconds"))
            return " ".join(f"{count:+d} {unit}" for count, unit in parts if count) or "0 days"
    return value
