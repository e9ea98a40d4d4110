"""What values look like in a table that leaves the house, so that an import reads them back."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from potok.engine.values import FileRef, Money, PersonRef, RecordRef, Value
from potok.records.fields import Field
from potok.records.fields.money import CURRENCY
from potok.records.screens import wording
from potok.records.screens.fields import items
from potok.records.screens.names import Names

SEPARATOR = "; "
Cell = str | int | Decimal | date
# Spreadsheets take a text that begins so for a formula and carry it out; a number or a phone is none.
FORMULA = re.compile(r"'*[=@+\-\t\r]")
HARMLESS = re.compile(r"[+-]?[\d\s().,-]+( ext\. \d+)?")
GUARD = "'"


def cell(field: Field, value: Value, known: Names) -> Cell:
    """The value as a cell: a number or a day as such, everything else as a text."""
    if not field.multiple and isinstance(value, int | Decimal | date) and not isinstance(value, bool | datetime):
        return value
    if isinstance(value, Money) and value.currency == CURRENCY:
        return value.amount
    return SEPARATOR.join(_text(field, one, known) for one in items(value))


def guarded(text: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula."""
    return f"{GUARD}{text}" if FORMULA.match(text) and not HARMLESS.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Read such a text back."""
    return text[1:] if text.startswith(GUARD) and FORMULA.match(text[1:]) else text


def plain(given: Cell) -> str:
    """A cell as a text file holds it."""
    if isinstance(given, date):
        return given.strftime("%d.%m.%Y")
    return guarded(given) if isinstance(given, str) else f"{given:f}".replace(".", ",")


def _text(field: Field, item: Value, known: Names) -> str:
    if isinstance(item, Money):
        return f"{item.amount:f} {item.currency}"
    if isinstance(item, datetime):
        return timezone.localtime(item).strftime("%d.%m.%Y %H:%M:%S")
    if isinstance(item, date):
        return item.strftime("%d.%m.%Y")
    if isinstance(item, int | Decimal) and not isinstance(item, bool):
        return f"{item:f}".replace(".", ",")
    if isinstance(item, FileRef):
        return str(known.files[item.id].name) if item.id in known.files else ""
    if (isinstance(item, RecordRef) and item not in known.records) or (
        isinstance(item, PersonRef) and (item.id not in known.persons)
    ):
        return ""
    return wording.text(field, item, known)
