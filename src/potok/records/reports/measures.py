"""What a report counts: records, or what their numbers come to."""

from dataclasses import dataclass

from django.utils.translation import gettext

from potok.records import catalogue, figures
from potok.records.fields import Field, MoneyField
from potok.records.record_types import RecordType

COUNT, SUM, AVERAGE = "count", "sum", "average"


@dataclass(frozen=True)
class Measure:
    """One figure: how many, or the sum or the average of a field."""

    kind: str
    field: Field | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.field.name}" if self.field else self.kind

    @property
    def title(self) -> str:
        if self.field is None:
            return gettext("Number of records")
        said = gettext("%(field)s, in all") if self.kind == SUM else gettext("%(field)s, on average")
        return said % {"field": self.field.title}

    @property
    def is_money(self) -> bool:
        return isinstance(self.field, MoneyField)


def read(of: RecordType, text: str) -> Measure | None:
    """The figure that a report names; None where it means nothing any more."""
    kind, _colon, name = text.partition(":")
    if kind == COUNT:
        return Measure(COUNT)
    field = catalogue.current().of(of).get(name)
    if kind not in (SUM, AVERAGE) or field is None or not figures.adds_up(field):
        return None
    return Measure(kind, field)


def offered(of: RecordType) -> list[Measure]:
    """All that can be counted of a record type."""
    numbers = [one for one in catalogue.current().of(of).values() if figures.adds_up(one) and not one.hidden]
    return [Measure(COUNT), *(Measure(kind, one) for one in numbers for kind in (SUM, AVERAGE))]
