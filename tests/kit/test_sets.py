"""Statements over many rows: every kind of value that the tables hold goes through, empties too."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from potok.kit import sets

pytestmark = pytest.mark.django_db

ECHO = """SELECT * FROM unnest(%b::bigint[], %b::text[], %b::timestamptz[],
                               %b::numeric[], %b::bool[], %b::text[]::jsonb[])"""


def test_rows_come_back_as_they_went() -> None:
    moment = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
    rows = [(1, "ё", moment, Decimal("1.50"), True, '{"a": 1}'), (None, None, None, None, None, None)]
    assert list(sets.execute(ECHO, rows)) == [(1, "ё", moment, Decimal("1.50"), True, {"a": 1}), (None,) * 6]


def test_a_column_of_empties_alone_goes_through() -> None:
    assert list(sets.execute(ECHO, [(None,) * 6])) == [(None,) * 6]


def test_nothing_is_asked_for_no_rows() -> None:
    assert sets.ids("not even SQL") == set()
