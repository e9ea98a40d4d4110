"""The other keyboard layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.kit.keyboard import ENGLISH, RUSSIAN, other_layout


@pytest.mark.parametrize(
    ("typed", "meant"), [("рщеуд", "hotel"), ("cjrjkjdf", "соколова"), ("F,hfvjd", "Абрамов"), ("", "")]
)
def test_keys_are_read_in_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@given(st.sampled_from(RUSSIAN), st.text(RUSSIAN))
def test_switching_twice_changes_nothing(first: str, rest: str) -> None:
    switched = other_layout(first + rest)
    # A text whose first key is a letter in both layouts says itself in which one it is.
    if next((char for char in switched if char.isalpha()), "") == switched[:1] and switched[0] in ENGLISH:
        assert other_layout(switched) == first + rest
