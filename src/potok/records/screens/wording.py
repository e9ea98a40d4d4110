"""One value in words, as chips, totals and cells of a list say it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from potok.engine.values import FileRef, Money, PersonRef, RecordRef, Value
from potok.records.fields import Field
from potok.records.screens.names import Names
from potok.ui import words


def text(field: Field, value: Value, known: Names) -> str:
    """Say a value; several are said with commas."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return ", ".join(text(field, item, known) for item in value)
    if isinstance(value, PersonRef):
        return str(known.persons.get(value.id, gettext("Somebody who is not here any more")))
    if isinstance(value, RecordRef):
        return known.records.get(value, f"№{words.NBSP}{value.id}")
    return _plain(field, value)


def _plain(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, Money):
        return words.money(value.amount, value.currency)
    if isinstance(value, datetime):
        return words.moment_short(value)
    if isinstance(value, date):
        return words.day_short(value)
    if isinstance(value, int | Decimal):
        return words.number(value)
    if isinstance(value, FileRef):
        return gettext("File")
    options: Any = dict(getattr(field, "options", ()))
    return str(options.get(value, value))
