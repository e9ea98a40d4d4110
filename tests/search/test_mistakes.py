"""Words with a mistake."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from potok.records.search.mistakes import COMPARED, mistakes, near, nearest

WORDS = st.text("abcdefgh", min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("typed", "word", "count"),
    [
        ("ivanov", "ivanov", 0),
        ("ivnov", "ivanov", 1),
        ("ivannov", "ivanov", 1),
        ("iwanov", "ivanov", 1),
        ("ivaonv", "ivanov", 1),
        ("gulivr", "guliver", 1),
        ("zaharcheko", "zaharchenko", 1),
        ("zahrcheko", "zaharchenko", 2),
        ("gulli", "gulliver", 0),
    ],
)
def test_mistakes_are_counted_up_to_the_beginning_of_a_word(typed: str, word: str, count: int) -> None:
    assert mistakes(typed, word, most=2) == count


@given(WORDS, st.data())
def test_one_mistake_leaves_something_in_common(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, min(len(word), COMPARED) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    act = data.draw(st.sampled_from(["less", "more", "other", "exchanged"]))
    wrong = {
        "less": word[:place] + word[place + 1 :],
        "more": word[:place] + letter + word[place:],
        "other": word[:place] + letter + word[place + 1 :],
        "exchanged": word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }[act]
    assume(len(word) < COMPARED and len(wrong) <= COMPARED)
    assert set(near(word)) & set(near(wrong))
    assert mistakes(wrong, word, most=2) <= 1


def test_the_nearest_words_come_first_and_far_ones_not_at_all() -> None:
    assert nearest("ivanof", ["petrov", "ivanof", "ivanov", "ivanova"])[:2] == ["ivanof", "ivanov"]
    assert nearest("petrov", ["ivanov"]) == []
