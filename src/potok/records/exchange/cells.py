"""What values look like in a table that leaves the house, so that an import reads them back."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from potok.engine.values import FileRef, Money, PersonRef, RecordRef, Value
from potok.records.exchange.formulas import guarded
from potok.records.fields import Field
from potok.records.fields.money import CURRENCY
from potok.records.screens import wording
from potok.records.screens.fields import items
from potok.records.screens.names import Names

SEPARATOR = "; "
Cell = str | int | Decimal | date


def cell(field: Field, value: Value, known: Names) -> Cell:
    """The value as a cell: a number or a day as such, everything else as a text."""
    if value is None or value == ():
        return ""
    if isinstance(value, str) and not hasattr(field, "options"):
        return str(value)  # most cells of most tables
    if not field.multiple and isinstance(value, int | Decimal | date) and not isinstance(value, bool | datetime):
        return value
    if isinstance(value, Money) and value.currency == CURRENCY:
        return value.amount
    return SEPARATOR.join(_text(field, one, known) for one in items(value))


def plain(given: Cell) -> str:
    """A cell as a text file holds it."""
    if isinstance(given, date):
        return given.strftime("%d.%m.%Y")
    return guarded(given) if isinstance(given, str) else _number(given)


def _text(field: Field, item: Value, known: Names) -> str:
    if isinstance(item, str) and not hasattr(field, "options"):
        return str(item)
    if isinstance(item, Money):
        return f"{item.amount:f} {item.currency}"
    if isinstance(item, datetime):
        return timezone.localtime(item).strftime("%d.%m.%Y %H:%M:%S")
    if isinstance(item, date):
        return item.strftime("%d.%m.%Y")
    if isinstance(item, int | Decimal) and not isinstance(item, bool):
        return _number(item)
    if isinstance(item, FileRef):
        return str(known.files[item.id].name) if item.id in known.files else ""
    if (isinstance(item, RecordRef) and item not in known.records) or (
        isinstance(item, PersonRef) and (item.id not in known.persons)
    ):
        return ""
    return wording.text(field, item, known)


def _number(given: int | Decimal) -> str:
    return str(given) if isinstance(given, int) else f"{given:f}".replace(".", ",")
