"""Controls in which a value is given: in a row of the filter editor and in the bar that changes many records."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from potok.engine.values import PersonRef, RecordRef, Value
from potok.records.fields import Field
from potok.records.record_types import RecordType
from potok.records.screens import wording
from potok.records.screens.names import Names
from potok.ui.shapes import Option

TYPES = {"date": "date", "moment": "datetime-local", "email": "email"}


def draw(of: RecordType, field: Field, *, name: str, values: Sequence[Any], known: Names, many: bool) -> SafeString:
    """Draw the control of a field under this name; `values` are what stands in it, as text or as values."""
    context = {
        "name": name,
        "field": field,
        "many": many,
        "type": TYPES.get(field.widget, "text"),
        "values": [str(one) for one in values],
        "chosen": [option(of, field, one, known) for one in values],
        "url": f"{reverse('records:filter_options', args=[of.path])}?field={field.name}",
    }
    return SafeString(render_to_string(f"records/editors/{_template(field)}.html", context))


def _template(field: Field) -> str:
    if field.widget in ("choice", "person", "link", "tags"):
        return "picked"
    return "yes_no" if field.widget == "yes_no" else "typed"


def option(of: RecordType, field: Field, value: Value, known: Names) -> Option:
    """A chosen value as the picker holds it."""
    if value == "me":
        return Option("me", gettext("I"))
    if isinstance(value, PersonRef):
        return Option(str(value.id), wording.text(field, value, known), face=known.persons.get(value.id))
    if isinstance(value, RecordRef):
        return Option(str(value.id), wording.text(field, value, known))
    return Option(str(value), wording.text(field, value, known))
