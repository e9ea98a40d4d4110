"""What a report answers, whatever it counts: a table, with what a chart needs to be drawn from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Amount = Decimal | int | float | None
NUMBER, MONEY, PERCENT, LASTS = "number", "money", "percent", "lasts"


@dataclass(frozen=True)
class Heading:
    """A column of figures: its title, and what the figures are; `drawn` ones stand in the chart."""

    title: str
    kind: str = NUMBER
    currency: str = ""
    drawn: bool = True


@dataclass(frozen=True)
class Line:
    """A line: what it is about, where its records are, its figures."""

    title: str
    url: str
    values: Sequence[Amount]
    note: str = ""


@dataclass(frozen=True)
class Table:
    """All of it. `chart` says how it is drawn."""

    head: str
    columns: Sequence[Heading]
    lines: Sequence[Line]
    totals: Sequence[Amount] = ()
    chart: str = "bars"
    notes: Sequence[str] = field(default_factory=tuple)
    is_joined: bool = False  # several currencies were turned into one

    def drawing(self) -> Mapping[str, Any]:
        """What the chart shows, as JSON: categories and one series for each column that is drawn."""
        shown = [(place, one) for place, one in enumerate(self.columns) if one.drawn]
        return {
            "kind": self.chart,
            "categories": [line.title for line in self.lines],
            "series": [
                {
                    "name": one.title,
                    "unit": one.currency or one.kind,
                    "values": [_plain(line.values[place]) for line in self.lines],
                }
                for place, one in shown
            ],
        }


def _plain(amount: Amount) -> float | None:
    return None if amount is None else round(float(amount), 2)
