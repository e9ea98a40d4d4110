"""Operations: permission, one body for one and for many, and the three laws."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Overtaken, Refused
from potok.kit.models import EventRow, Outgoing
from tests.kit import example

pytestmark = pytest.mark.django_db


def test_a_stranger_is_refused_and_nothing_is_written() -> None:
    with opened(13, door="screen") as call, pytest.raises(Forbidden):
        example.add(call, text="a")
    assert example.texts() == []


def test_the_system_is_refused_nothing() -> None:
    with opened(None, door="screen") as call:
        assert example.add(call, text="a") == "a"


def test_one_refusal_in_a_list_leaves_the_others_kept() -> None:
    with opened(1, door="screen") as call:
        answers = example.add.many([(call, {"text": "a"}), (call, {"text": ""}), (call, {"text": "b"})])
    assert [getattr(answer, "code", answer) for answer in answers] == ["a", "test.entry.empty", "b"]
    assert example.texts() == ["a", "b"]


def test_of_two_asks_for_one_row_the_second_is_overtaken() -> None:
    with opened(1, door="screen") as call:
        first, second = example.add.many([(call, {"text": "a"}), (call, {"text": "a"})])
    assert first == "a"
    assert isinstance(second, Overtaken)
    assert second.code == "kit.overtaken"


def test_an_operation_without_a_set_form_is_undone_alone_when_it_refuses() -> None:
    with opened(1, door="screen") as call:
        answers = example.add_slowly.many([(call, {"text": "a"}), (call, {"text": "never"})])
    assert isinstance(answers[1], Refused)
    assert example.texts() == ["a"]
    assert list(EventRow.objects.values_list("payload", flat=True)) == [{"text": "a"}]


def test_what_an_operation_takes_is_read_from_its_signature() -> None:
    taken = example.add.takes()
    assert list(taken) == ["text"]
    assert taken["text"].type is str
    assert taken["text"].required


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=6), st.integers(1, 4))
def test_however_a_list_is_cut_the_rows_are_the_same(asked: list[str], size: int) -> None:
    def carry(cuts: list[list[str]]) -> list[str]:
        Outgoing.objects.all().delete()
        for cut in cuts:
            with opened(1, door="screen") as call:
                example.add.many([(call, {"text": text}) for text in cut])
        return example.texts()

    whole = carry([asked])
    assert carry([asked[at : at + size] for at in range(0, len(asked), size)]) == whole
