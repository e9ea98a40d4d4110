"""Stretches of days that move with today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.records import periods

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("this_week", "2026-11-16", "2026-11-22"),
        ("next_week", "2026-11-23", "2026-11-29"),
        ("this_month", "2026-11-01", "2026-11-30"),
        ("next_month", "2026-12-01", "2026-12-31"),
        ("last_quarter", "2026-07-01", "2026-09-30"),
        ("this_year", "2026-01-01", "2026-12-31"),
        ("last_days:30", "2026-10-24", "2026-11-22"),
        ("next_days:7", "2026-11-22", "2026-11-28"),
    ],
)
def test_a_word_means_days(word: str, first: str, last: str) -> None:
    assert periods.stretch(word, today=TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("word", ["", "soon", "last_days", "last_days:0", "last_days:99999", "today:3", "next_days:x"])
def test_what_is_no_period_means_nothing(word: str) -> None:
    assert periods.stretch(word, today=TODAY) is None


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(["week", "month", "quarter", "year"]))
def test_stretches_follow_each_other_without_a_gap(today: date, unit: str) -> None:
    this, last = (periods.stretch(f"{which}_{unit}", today=today) for which in ("this", "last"))
    assert this is not None
    assert last is not None
    assert this[0] <= today <= this[1]
    assert last[1] + periods.DAY == this[0]
