"""Intervals as people write them."""

import pytest

from potok.engine import time
from potok.engine.problems import Problems
from potok.engine.values import Duration

HOUR, MINUTE = 3600, 60


@pytest.mark.parametrize(
    ("text", "lasts"),
    [
        ("2 days", Duration(days=2)),
        ("2 days 3 minutes", Duration(days=2, seconds=3 * MINUTE)),
        ("1y 10h", Duration(months=12, seconds=10 * HOUR)),
        ("1y10h", Duration(months=12, seconds=10 * HOUR)),
        ("-2d", Duration(days=-2)),
        ("+1d", Duration(days=1)),
        ("1m", Duration(months=1)),
        ("1i", Duration(seconds=MINUTE)),
        ("1 Month", Duration(months=1)),
        ("5 S", Duration(seconds=5)),
        ("2 weeks", Duration(days=14)),
        ("-1 month 3h", Duration(months=-1, seconds=-3 * HOUR)),
        ("-1 month +3h", Duration(months=-1, seconds=3 * HOUR)),
        ("1 day 1 day", Duration(days=2)),
        (" 3 дня  2 ч. ", Duration(days=3, seconds=2 * HOUR)),
        ("1 год 5 месяцев", Duration(months=17)),
        ("0d", Duration()),
    ],
)
def test_reads(text: str, lasts: Duration) -> None:
    assert time.read(text) == lasts


@pytest.mark.parametrize("text", ["", " ", "5", "days", "2 fortnights", "2 days and", "2,5 days", "1e9 d", "- d"])
def test_anything_else_is_no_interval(text: str) -> None:
    found = time.read(text)
    assert isinstance(found, Problems)
    assert [problem.code for problem in found] == ["time.wrong_interval"]
