"""Tables written from records: CSV and XLSX, row by row, however many there are."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import IO, Any

from potok.kit.errors import FORBIDDEN
from potok.kit.permissions import permissions
from potok.records import access
from potok.records.exchange.cells import Cell, cell, plain
from potok.records.fields import Field
from potok.records.models import Record, Records
from potok.records.record_types import RecordType
from potok.records.screens import names

AT_ONCE = 1_000
ID = "ID"
# Spreadsheets end here; whoever has more takes CSV.
XLSX_ROWS_MAX = 1_048_575
XLSX_CELL_MAX = 32_767
Line = Sequence[Cell]


def reachable(of: RecordType, rows: Records, *, by: int | None) -> Records:
    """Those of the rows that the person may take out of the house; refuse whoever may take none."""
    reach = access.reach(by, of, "export")
    if reach.is_nowhere:
        raise FORBIDDEN(permission=permissions[of.may("export")].title)
    return rows.filter(reach.narrows())


def lines(rows: Any, columns: Sequence[Field], *, by: int | None) -> Iterator[Line]:
    """A head and a line for each record, the number first; what cells refer to is named a thousand at a time."""
    yield head(columns)
    records: Iterator[Record] = rows.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(records, AT_ONCE)):
        yield from cells_of(batch, columns, by=by)


def head(columns: Sequence[Field]) -> Line:
    """What stands above the columns."""
    return [ID, *(str(field.title) for field in columns)]


def cells_of(records: Sequence[Record], columns: Sequence[Field], *, by: int | None) -> Iterator[Line]:
    """A line for each of some records; what they refer to is named at once."""
    held = [[field.of(record) for field in columns] for record in records]
    known = names.of_values((value for line in held for value in line), by=by)
    for record, line in zip(records, held, strict=True):
        yield [record.pk, *(cell(field, value, known) for field, value in zip(columns, line, strict=True))]


def to_csv(table: Iterator[Line], file: IO[bytes]) -> None:
    """Write what Excel here opens by a double click: UTF-8 that says so, semicolons, commas in numbers."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows([plain(one) for one in line] for line in table)
    text.detach()


def to_xlsx(table: Iterator[Line], file: IO[bytes]) -> None:
    """Write a workbook of one sheet; texts are texts, whatever they begin with."""
    import xlsxwriter  # type: ignore[import-untyped]  # heavy, and only for this

    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for row, line in enumerate(islice(table, XLSX_ROWS_MAX + 1)):
            for column, one in enumerate(line):
                _put(sheet, row, column, one, bold if row == 0 else None)


def _put(sheet: Any, row: int, column: int, one: Cell, form: Any) -> None:
    if isinstance(one, str):
        if one:
            sheet.write_string(row, column, one[:XLSX_CELL_MAX], form)
    elif isinstance(one, date):
        sheet.write_datetime(row, column, one)
    else:
        sheet.write_number(row, column, one, form)


Writer = Callable[[Iterator[Line], IO[bytes]], None]
FORMS: Mapping[str, tuple[Writer, str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

__all__ = ["FORMS", "cells_of", "head", "lines", "reachable", "to_csv", "to_xlsx"]
