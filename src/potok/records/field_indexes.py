"""Indexes on fields that are compared by more and less, and on choices: made beside the work once a table has grown
large.

What equals is found by the one index over all custom fields. That a number is above another it cannot tell, and a
filter by it, or a list in its order, would read a million rows; nor does the database know without such an index how
many there are, or how many have the same choice.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from functools import partial

from django.core.exceptions import FieldDoesNotExist
from django.db import connection

from potok.kit.loops import loop, make_rounds
from potok.records import catalogue
from potok.records.fields import Choice, Date, Field, Moment, MoneyField, Number
from potok.records.record_types import RecordType, record_types

ROWS_MIN = 20_000
MOST = 24  # of one type: every write pays for each
PREFIX = "by_field_"
LOCK = 7_301_422
ROWS = "SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)"
# How many of a table's rows have which value, as far as the database knows: the table is not read for it.
SHARES = """SELECT c.value, c.share FROM pg_stats s,
    unnest(s.most_common_vals::text::text[], s.most_common_freqs) c(value, share)
    WHERE s.schemaname = current_schema() AND s.tablename = %s AND s.attname = %s"""
HELD = """SELECT c.relname, i.indisvalid FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
    WHERE starts_with(c.relname, %s)"""
COMPARED = (Number, Date, Moment, MoneyField, Choice)


@loop("field_indexes")
def run(stop: threading.Event) -> None:
    """Look once a minute until told to stop."""
    make_rounds(stop, partial(serve, stop), name="field_indexes", rest_seconds=60.0)


def serve(stop: threading.Event | None = None) -> int:
    """Make what is missing and drop what nobody needs any more; answers how many were made. Nobody waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return _serve(stop)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _serve(stop: threading.Event | None) -> int:
    needed, made = wanted(), 0
    with connection.cursor() as cursor:
        cursor.execute(HELD, [PREFIX])
        held = dict(cursor.fetchall())
        for name, is_valid in held.items():
            # Who was interrupted leaves one that is no good.
            if name not in needed or not is_valid:
                cursor.execute(f'DROP INDEX CONCURRENTLY "{name}"')
        for name, (table, columns) in needed.items():
            if held.get(name) or (stop is not None and stop.is_set()):
                continue
            # Of the whole table: what an index over a part of it knows of frequencies is not believed by the planner.
            cursor.execute(f'CREATE INDEX CONCURRENTLY "{name}" ON "{table}" ({columns})')
            cursor.execute(f'ANALYZE "{table}"')
            made += 1
    return made


def wanted() -> Mapping[str, tuple[str, str]]:
    """The indexes that there should be by name: table and columns, as filters and orders write them."""
    known = catalogue.whole()
    found = {}
    for of in _large():
        table = _table(of)
        fields = sorted(known.of(of).values(), key=lambda field: isinstance(field, Choice))
        for columns in [one for field in fields for one in _columns(of, field)][:MOST]:
            found[_name(table, columns)] = (table, columns)
    return found


def _large() -> list[RecordType]:
    """The types that have so many records that reading all of them is felt."""
    types = list(record_types.all().values())
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [[_table(of) for of in types]])
        rows = dict(cursor.fetchall())
        # One table serves all types that customers design; what one of them has is told by what it shares.
        shares = {table: _shares(cursor, table) for table in {_table(of) for of in types if of.is_designed}}
    return [of for of in types if _count(of, rows, shares) >= ROWS_MIN]


def _count(of: RecordType, rows: Mapping[str, float], shares: Mapping[str, Mapping[str, float]]) -> float:
    table = _table(of)
    return rows.get(table, -1) * (shares[table].get(of.name, 0) if of.is_designed else 1)


def _shares(cursor: object, table: str) -> dict[str, float]:
    cursor.execute(SHARES, [table, "record_type"])  # type: ignore[attr-defined]
    return dict(cursor.fetchall())  # type: ignore[attr-defined]


def _columns(of: RecordType, field: Field) -> Iterator[str]:
    """The columns of the index of a field; nothing for one that needs none."""
    if not isinstance(field, COMPARED) or field.multiple:
        return
    # Names of fields are identifiers: `rules.is_field_name`.
    if field.custom:
        scope = "".join(f'"{name}", ' for name in of.scope)
        # Many have the same choice: of those the newest are read off in their order.
        newest = ", id DESC" if isinstance(field, Choice) else ""
        yield f"{scope}({_expression(field)}){newest}"
    elif not isinstance(field, Choice) and (column := _bare(of, field)):
        yield f'"{column}"'


def _expression(field: Field) -> str:
    return f"props #> '{{{field.name},amount}}'" if isinstance(field, MoneyField) else f"props -> '{field.name}'"


def _bare(of: RecordType, field: Field) -> str:
    """The column of a declared field that no index of the model begins with."""
    meta = of.model._meta  # noqa: SLF001 (Django's public face of a model)
    try:
        column = meta.get_field(field.path)
    except FieldDoesNotExist:
        return ""
    first = {name.removeprefix("-") for index in meta.indexes for name in index.fields[:1]}
    return "" if column.name in first or of.is_designed else str(getattr(column, "column", ""))


def _table(of: RecordType) -> str:
    return str(of.model._meta.db_table)  # noqa: SLF001 (Django's public face of a model)


def _name(table: str, columns: str) -> str:
    return PREFIX + hashlib.sha256(f"{table} {columns}".encode()).hexdigest()[:24]
