"""Records put together by what a field holds: groups of a list, lines of a report.

`close_on:month` is a day or a moment by its month; every other field goes by its value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, F, IntegerField
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Trunc
from django.utils import timezone

from potok.engine.values import PersonRef, RecordRef, Value
from potok.kit.words import _
from potok.records import catalogue, noted
from potok.records.fields import Choice, Date, Field, Link, Moment, Person, PipelineField, StageField, Text, YesNo
from potok.records.record_types import RecordType

UNITS: Mapping[str, str] = {
    "day": _("by day"),
    "week": _("by week"),
    "month": _("by month"),
    "quarter": _("by quarter"),
    "year": _("by year"),
}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
BY_VALUE = (Choice, Link, Person, PipelineField, StageField, YesNo, Text)


def can_group(field: Field) -> bool:
    """Tell whether records can be put together by this field."""
    if field.multiple or field.hidden or field.name == "title" or getattr(field, "long", False):
        return False
    return isinstance(field, (*BY_VALUE, Date, Moment))


def offered(of: RecordType) -> list[Field]:
    """The fields by which records of a type can be put together."""
    return [one for one in noted.fields(of).values() if can_group(one)]


def read(of: RecordType, text: str) -> "Grouping | None":
    """The grouping that an address or a report names; None where it means nothing any more."""
    name, _colon, unit = text.partition(":")
    field = noted.fields(of).get(name)
    if field is None or not can_group(field):
        return None
    if isinstance(field, Date | Moment):
        return Grouping(of, field, unit if unit in UNITS else "month")
    return Grouping(of, field)


@dataclass(frozen=True)
class Grouping:
    """One way to put records together."""

    of: RecordType
    field: Field
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.field.name}:{self.unit}" if self.unit else self.field.name

    @property
    def expression(self) -> Combinable:
        """What the database groups by."""
        field = self.field
        if self.unit:
            return self._stretches()
        if not field.custom:
            return F(
                {"pipeline": "pipeline_id"}.get(field.name, field.columns[0]) if not _is_stage(field) else field.path
            )
        text = KeyTextTransform(field.name, "props")
        return Cast(text, IntegerField()) if isinstance(field, Person | Link) else text

    def _stretches(self) -> Combinable:
        field = self.field
        if not field.custom:
            zone = timezone.get_current_timezone() if isinstance(field, Moment) else None
            return Trunc(field.name, self.unit, output_field=DateField(), tzinfo=zone)
        # Both are kept as text that begins with the day, a moment in UTC.
        return Trunc(Cast(KeyTextTransform(field.name, "props"), DateField()), self.unit, output_field=DateField())

    def value(self, key: Any) -> Value:
        """What a group is called after: the value of the field, or the first day of the stretch."""
        if key in (None, ""):
            return None
        field = self.field
        if self.unit:
            return key.date() if isinstance(key, datetime) else date.fromisoformat(str(key)[:10])
        if isinstance(field, Person):
            return PersonRef(int(key))
        if isinstance(field, Link):
            return RecordRef(field.to, int(key))
        if isinstance(field, YesNo):
            return key in (True, "true")
        return str(key)

    def plain(self, value: Value) -> Any:
        """The same as addresses and charts hold it."""
        if isinstance(value, PersonRef | RecordRef):
            return value.id
        return value.isoformat() if isinstance(value, date) else value

    def where(self, value: Value) -> Mapping[str, Any]:
        """The filter that lets exactly one group through."""
        name = self.field.name
        if value is None:
            return {"field": name, "operator": "empty"}
        if self.unit and isinstance(value, date):
            return {
                "all": [
                    {"field": name, "operator": "at_least", "value": value.isoformat()},
                    {"field": name, "operator": "less", "value": self.after(value).isoformat()},
                ]
            }
        if isinstance(self.field, YesNo | Text):
            return {
                "field": name,
                "operator": "equal",
                "value": "yes" if value is True else "no" if value is False else value,
            }
        return {"field": name, "operator": "in", "value": [str(self.plain(value))]}

    def after(self, first: date) -> date:
        """The first day of the stretch that follows."""
        if self.unit in MONTHS:
            place = first.year * 12 + first.month - 1 + MONTHS[self.unit]
            return date(place // 12, place % 12 + 1, 1)
        return first + timedelta(days=7 if self.unit == "week" else 1)

    def order(self, value: Value) -> tuple[Any, ...]:
        """Where a group stands among the others: as stages and options do, as time goes; what is empty is last."""
        if value is None:
            return (1,)
        if isinstance(value, date):
            return (0, value.toordinal())
        if isinstance(self.field, StageField):
            return (
                0,
                list(catalogue.current().stages.get(self.of.name, {})).index(str(value)) if self._known(value) else 999,
            )
        options: Any = [key for key, _title in getattr(self.field, "options", ())]
        return (0, options.index(value) if value in options else 999)

    def _known(self, value: Value) -> bool:
        return str(value) in catalogue.current().stages.get(self.of.name, {})


def _is_stage(field: Field) -> bool:
    return isinstance(field, StageField)
