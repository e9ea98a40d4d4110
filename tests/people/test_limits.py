"""A bucket gives so many tries at once, and time fills it again."""

from datetime import timedelta

import pytest

from potok.kit.clock import wound
from potok.people.limits import Bucket

pytestmark = pytest.mark.django_db
CUP = Bucket("test", size=3, seconds=60)


def test_a_bucket_runs_dry_for_one_key_and_not_for_another() -> None:
    assert [CUP.take("a") for _ in range(5)] == [True, True, True, False, False]
    assert CUP.take("b")


def test_time_fills_it_drop_by_drop_and_not_beyond_its_size() -> None:
    for _ in range(3):
        CUP.take("a")
    with wound(timedelta(seconds=61)):
        assert [CUP.take("a"), CUP.take("a")] == [True, False]
    with wound(timedelta(days=9)):
        assert [CUP.take("a") for _ in range(4)] == [True, True, True, False]


def test_a_dry_bucket_is_not_kept_dry_by_trying() -> None:
    for _ in range(9):
        CUP.take("a")
    with wound(timedelta(seconds=61)):
        assert CUP.take("a")


def test_a_right_sign_in_fills_it() -> None:
    for _ in range(4):
        CUP.take("a")
    CUP.fill("a")
    assert CUP.take("a")
