"""Statements over many rows at once: `unnest` of binary arrays, one round trip for two hundred rows."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def execute(statement: str, rows: Sequence[Sequence[Any]] = (), *given: Any) -> psycopg.Cursor[Any]:
    """Run a statement whose last parameters are the columns of `rows`, after the plain values in `given`.

    Parameters are `%b`, binary: psycopg writes arrays of text through a regular expression otherwise, the dearest
    line of a batch. The cursor iterates over what `RETURNING` gave.
    """
    connection.ensure_connection()
    columns = [list(column) for column in zip(*rows, strict=True)]
    raw: psycopg.Connection[Any] = connection.connection
    return psycopg.Cursor(raw).execute(statement, [*given, *columns], binary=True)


def ids(statement: str, rows: Sequence[Sequence[Any]] = (), *given: Any) -> set[int]:
    """Run a statement that returns ids; with no rows nothing is asked."""
    return {row[0] for row in execute(statement, rows, *given)} if rows or given else set()
