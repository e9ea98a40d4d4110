"""One clock for all processes, which a demo or a test may wind."""

from datetime import UTC, timedelta

import pytest

from potok.kit import clock

pytestmark = pytest.mark.django_db


def test_the_clock_is_in_utc_and_goes_on() -> None:
    first = clock.now()
    assert first.tzinfo is UTC or first.utcoffset() == timedelta(0)
    assert clock.now() > first


def test_a_wound_clock_runs_ahead_and_can_be_set_back() -> None:
    before = clock.now()
    with clock.wound(timedelta(days=30)):
        assert clock.now() - before >= timedelta(days=30)
    assert clock.now() - before < timedelta(days=1)
