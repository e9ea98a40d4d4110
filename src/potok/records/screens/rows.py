"""Rows of a list: each record with its cells drawn, whatever the cells refer to asked for once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from potok.engine.values import RecordRef, Value
from potok.records.fields import Field, MoneyField, Number
from potok.records.lines import Line
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens import fields, names
from potok.records.screens.names import Names


@dataclass(frozen=True)
class Cell:
    """One value, drawn; `edits` names its field where it can be edited in place."""

    html: SafeString
    is_number: bool
    edits: str = ""

    @property
    def whole(self) -> SafeString:
        number = SafeString(' class="num"' if self.is_number else "")
        # Whoever stands on a cell stays there when the list comes anew.
        edits = format_html(' data-cell="{}" tabindex="-1"', self.edits) if self.edits else ""
        return format_html("<td{}{}>{}</td>", number, edits, self.html)


@dataclass(frozen=True)
class Row:
    """One record as a line of the list."""

    id: int
    title: str
    cells: Sequence[Cell]

    @property
    def drawn(self) -> SafeString:
        """All its cells: hundreds a page, which a template would take long for."""
        return mark_safe("".join(cell.whole for cell in self.cells))  # noqa: S308 (each is escaped)


def drawn(
    of: RecordType,
    records: Sequence[Record],
    columns: Sequence[Field],
    *,
    by: int | None,
    stand: Mapping[RecordRef, Line] | None = None,
    may_edit: bool = True,
) -> list[Row]:
    """Draw the cells of all records as this person may see them; a last one says where processes `stand`, if given."""
    drawing = [(field, edits(field) if may_edit else "") for field in columns]
    values = [[field.of(record) for field in columns] for record in records]
    known = names.of_values((value for line in values for value in line), by=by)
    cells = [[_cell(of, record, *one, value, known) for one, value in zip(drawing, line, strict=True)]
             for record, line in zip(records, values, strict=True)]  # fmt: skip
    if stand is not None:
        for record, line in zip(records, cells, strict=True):
            line.append(_standing(stand.get(record.ref)))
    return [Row(record.pk, record.title, line) for record, line in zip(records, cells, strict=True)]


def _standing(line: Line | None) -> Cell:
    said = render_to_string("records/list_process.html", {"line": line}) if line else ""
    return Cell(mark_safe(said), is_number=False)  # noqa: S308 (a template of ours)


def address(of: RecordType, id: int) -> str:
    """Where the card of a record is."""
    return f"{_place(of.path)}{id}/"


# Asked for with every row; the path of a type leads to the same place for the life of the process.
@cache
def _place(path: str) -> str:
    return reverse("records:list", args=[path])


def is_number(field: Field) -> bool:
    """Tell whether values stand at the right, so that digits stand under digits."""
    return isinstance(field, MoneyField | Number) and not field.multiple


def _cell(of: RecordType, record: Record, field: Field, edits: str, value: Value, known: Names) -> Cell:
    if field.name == "title":
        title = record.title or gettext("Without a name")
        link = format_html('<a class="b" href="{}" data-drawer>{}</a>', address(of, record.pk), title)
        return Cell(link, is_number=False, edits=edits)
    if value is None and field.name == "responsible":
        nobody = format_html('<span class="dim">{}</span>', gettext("Nobody"))
        return Cell(nobody, is_number=False, edits=edits)
    return Cell(fields.cell(field, value, known), is_number(field), edits)


def edits(field: Field) -> str:
    """The name of a field that a cell can edit: files are handed in on the card."""
    return "" if field.read_only or field.widget == "file" else field.name
