"""Numbers for new records: taken from counters in the transaction that keeps them, so that none is lost or given twice.

Whoever adds a record holds the counter until he commits; others wait for him. That is the price of a row without gaps.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from potok.kit import sets
from potok.kit.calls import Call
from potok.records import catalogue
from potok.records.fields import Numbered
from potok.records.record_types import RecordType

TAKE = """
INSERT INTO records_counter AS c (record_type, field, period, value) VALUES (%b::text, %b::text, %b::text, %b::bigint)
ON CONFLICT (record_type, field, period) DO UPDATE SET value = c.value + %b::bigint RETURNING value
"""
Rows = Sequence[tuple[Call, Any]]


def give(record_type: RecordType, rows: Rows) -> None:
    """Number new rows in order, in every field of the type that is numbered; a number that is there already stays."""
    for one in catalogue.whole().of(record_type).values():
        if isinstance(one, Numbered):
            _number(record_type, one, [(call, row) for call, row in rows if not one.of(row)])


def _number(record_type: RecordType, field: Numbered, rows: Rows) -> None:
    days = [(_day(call.at), row) for call, row in rows]
    for period in dict.fromkeys(field.period(day) for day, _ in days):
        within = [(day, row) for day, row in days if field.period(day) == period]
        last = _take(record_type, field, period, len(within))
        for place, (day, row) in enumerate(within):
            field.put(row, field.written(last - len(within) + 1 + place, day=day))


def _take(record_type: RecordType, field: Numbered, period: str, count: int) -> int:
    begins = field.first - 1 + count
    [(last,)] = sets.execute(TAKE, (), record_type.name, field.name, period, begins, count).fetchall()
    return int(last)


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(str(settings.COMPANY_ZONE))).date()
