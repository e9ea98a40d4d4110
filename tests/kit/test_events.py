"""Events: told in their own transaction, in sets, and undone with it."""

from collections.abc import Iterator, Sequence

import pytest

from potok.kit import events
from potok.kit.doors import opened
from potok.kit.errors import Defect
from potok.kit.models import EventRow
from tests.kit import example

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[list[str]]]:
    waves: list[list[str]] = []

    @events.reacts_to(example.EntryAdded)
    def hear(happened: Sequence[example.EntryAdded]) -> None:
        waves.append([one.text for one in happened])

    yield waves
    events._reactions[example.EntryAdded].remove(hear)


def test_a_reaction_hears_all_of_a_transaction_at_once(heard: list[list[str]]) -> None:
    with opened(1, door="screen") as call:
        example.add(call, text="a")
        example.add(call, text="b")
    assert heard == [["a", "b"]]


def test_what_was_undone_is_not_told(heard: list[list[str]]) -> None:
    with opened(1, door="screen") as call:
        example.add(call, text="a")
        with pytest.raises(ZeroDivisionError), events.savepoint():
            example.add(call, text="b")
            raise ZeroDivisionError
    assert heard == [["a"]]
    assert example.texts() == ["a"]


def test_a_failed_transaction_tells_nobody(heard: list[list[str]]) -> None:
    with pytest.raises(ZeroDivisionError), opened(1, door="screen") as call:
        example.add(call, text="a")
        raise ZeroDivisionError
    assert heard == []
    assert EventRow.objects.count() == 0


def test_doors_inside_a_door_are_one_transaction(heard: list[list[str]]) -> None:
    with opened(1, door="screen") as call, opened(2, door="rest") as inner:
        example.add(call, text="a")
        example.add(inner, text="b")
    assert heard == [["a", "b"]]
    assert list(EventRow.objects.order_by("id").values_list("by_id", "cause")) == [
        (1, {"door": "screen"}),
        (2, {"door": "rest"}),
    ]


def test_announcing_outside_a_transaction_is_a_defect() -> None:
    with pytest.raises(Defect):
        events.current()


def test_reactions_that_answer_each_other_for_ever_are_stopped() -> None:
    @events.reacts_to(example.EntryAdded)
    def echo(happened: Sequence[example.EntryAdded]) -> None:
        for one in happened:
            events.announce(one)

    try:
        with pytest.raises(Defect, match="EntryAdded"), opened(1, door="screen") as call:
            example.add(call, text="a")
    finally:
        events._reactions[example.EntryAdded].remove(echo)
