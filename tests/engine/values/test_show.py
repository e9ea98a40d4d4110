"""How values read where nobody says better."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.engine import time
from potok.engine.values import Duration, FileRef, Money, PersonRef, RecordRef, Value, show


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("текст", "текст"),
        (("a", 1), "a, 1"),
        (True, "yes"),
        (False, "no"),
        (12, "12"),
        (Decimal("1E-7"), "0.0000001"),
        (date(2026, 1, 5), "05.01.2026"),
        (date(33, 1, 5), "05.01.0033"),
        (datetime(2026, 1, 5, 22, 0, tzinfo=UTC), "06.01.2026 01:00"),
        (Duration(14, 2, 3661), "1 year 2 months 2 days 1 hour 1 minute 1 second"),
        (Duration(), "0 days"),
        (Duration(1, -2), "+1 month -2 days"),
        (Money(Decimal("10.50"), "RUB"), "10.50 RUB"),
        (PersonRef(7), "person 7"),
        (RecordRef("crm.deal", 7), "crm.deal 7"),
        (FileRef(7), "file 7"),
    ],
)
def test_shows(value: Value, text: str) -> None:
    assert show(value, zone=ZoneInfo("Europe/Moscow")) == text


counts = st.integers(-100_000, 100_000)


@given(st.builds(Duration, counts, counts, counts))
def test_a_duration_reads_back_as_an_interval(lasts: Duration) -> None:
    assert time.read(show(lasts)) == lasts
