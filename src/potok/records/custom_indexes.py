"""Indexes on custom fields that are compared by more and less: made beside the work once a table has grown large.

What equals is found by the one index over all custom fields. That a number is above another it cannot tell, and a
filter by it would read a million rows; nor does the database know without such an index how many there are.
"""

import hashlib
import logging
import threading
from collections.abc import Mapping

from django.db import InterfaceError, OperationalError, connection

from potok.kit.loops import loop
from potok.records import catalogue
from potok.records.fields import Date, Field, Moment, MoneyField, Number
from potok.records.record_types import RecordType, record_types

ROWS_MIN = 20_000
MOST = 12  # of one table: every write pays for each
IDLE_SECONDS = 60.0
PREFIX = "by_custom_field_"
LOCK = 7_301_422
ROWS = "SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)"
HELD = """SELECT c.relname, i.indisvalid FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
    WHERE starts_with(c.relname, %s)"""
log = logging.getLogger(__name__)


@loop("custom_indexes")
def run(stop: threading.Event) -> None:
    """Look once a minute until told to stop."""
    while not stop.is_set():
        try:
            serve(stop)
        except (OperationalError, InterfaceError) as failure:
            log.warning("Indexes on custom fields wait for the database: %s", failure)
        connection.close()
        stop.wait(IDLE_SECONDS)


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
        for name, (table, expression) in needed.items():
            if held.get(name) or (stop is not None and stop.is_set()):
                continue
            # Of the whole table: what an index over a part of it knows of frequencies is not believed by the planner.
            cursor.execute(f'CREATE INDEX CONCURRENTLY "{name}" ON "{table}" (({expression}))')
            cursor.execute(f'ANALYZE "{table}"')
            made += 1
    return made


def wanted() -> Mapping[str, tuple[str, str]]:
    """The indexes that there should be by name: table and expression, as filters and orders write it."""
    whole = catalogue.whole()
    # What customers design lies in one table for all: an index on a field of one type would be paid by every other.
    types = {_table(of): of for of in record_types.all().values() if not of.is_designed}
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(types)])
        large = [table for table, rows in cursor.fetchall() if rows >= ROWS_MIN]
    found: dict[str, tuple[str, str]] = {}
    for table in large:
        fields = [one for one in whole.of(types[table]).values() if _is_compared(one)]
        found |= {_name(table, one): (table, _expression(one)) for one in fields[:MOST]}
    return found


def _is_compared(field: Field) -> bool:
    return field.custom and not field.multiple and isinstance(field, Number | Date | Moment | MoneyField)


def _expression(field: Field) -> str:
    # Names of fields are identifiers: `rules.is_field_name`.
    return f"props #> '{{{field.name},amount}}'" if isinstance(field, MoneyField) else f"props -> '{field.name}'"


def _table(of: RecordType) -> str:
    return str(of.model._meta.db_table)  # noqa: SLF001 (Django's public face of a model)


def _name(table: str, field: Field) -> str:
    return PREFIX + hashlib.sha256(f"{table} {_expression(field)}".encode()).hexdigest()[:24]
