"""How wide the columns of a list are: as its reader keeps them, as the table finds, or as their kind of value needs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from potok.records.fields import Field
from potok.records.models import Widths
from potok.records.screens import rows
from potok.records.screens.asked import Asked

# So many columns find room in a window by themselves; a list of more goes sideways.
ROOMY = 9
FIRST, SHORT, LONG = 260, 120, 170
SHORT_WIDGETS = ("date", "moment", "yes_no")


@dataclass(frozen=True)
class Width:
    """Pixels of a column as they are and as they usually are; none where the table decides."""

    now: int = 0
    usual: int = 0


def of(shown: Asked) -> Mapping[str, Width]:
    """The widths of the columns on the screen, by field."""
    needed = {one.name: FIRST if not place else _needed(one) for place, one in enumerate(shown.columns)}
    usual = needed if len(needed) > ROOMY else {}
    kept = _kept(shown)
    # A column that came later needs a width, too: a table gives what has none the rest, which may be nothing.
    now = {**needed, **kept} if kept else usual
    return {name: Width(now.get(name, 0), usual.get(name, 0)) for name in needed}


def _needed(field: Field) -> int:
    return SHORT if rows.is_number(field) or field.widget in SHORT_WIDGETS else LONG


def _kept(shown: Asked) -> Mapping[str, int]:
    mine = Widths.objects.filter(person=shown.person, record_type=shown.of.name, view=shown.saved)
    found: Mapping[str, int] | None = mine.values_list("widths", flat=True).first()
    return found or {}


def read(text: str) -> Mapping[str, int]:
    """Read what the browser measured; what is no whole number is left out."""
    try:
        given = json.loads(text)
    except ValueError:
        return {}
    return {name: one for name, one in given.items() if type(one) is int} if isinstance(given, dict) else {}
