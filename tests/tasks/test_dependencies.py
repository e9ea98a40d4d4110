"""Tasks wait for each other: what holds what is said, circles are refused."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.kit import clock
from potok.kit.errors import Refused
from potok.tasks import dependencies, linking, operations
from potok.tasks.models import Task
from tests.tasks.acting import act, give, refused_code

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20)


def link(company: SimpleNamespace, before: Task, after: Task, kind: str = linking.FINISH_START) -> None:
    act(company.alice.pk, dependencies.add, before=before, after=after, kind=kind)


@pytest.mark.parametrize(
    ("kind", "holds_start", "holds_end"),
    [
        (linking.FINISH_START, True, False),
        (linking.START_START, True, False),
        (linking.FINISH_FINISH, False, True),
        (linking.START_FINISH, False, True),
    ],
)
def test_what_comes_first_is_said_until_it_is_done(
    company: SimpleNamespace, kind: str, holds_start: bool, holds_end: bool
) -> None:
    first, second = give(company, title="First"), give(company, title="Second")
    link(company, first, second, kind)
    [one] = dependencies.before(second, by=company.bob.pk)
    assert (one.holds_start, one.holds_end) == (holds_start, holds_end)
    act(company.bob.pk, operations.start, task=first)
    act(company.bob.pk, operations.complete, task=first)
    [one] = dependencies.before(second, by=company.bob.pk)
    assert (one.holds_start, one.holds_end) == (False, False)


def test_dates_that_contradict_a_dependency_are_said(company: SimpleNamespace) -> None:
    now = clock.now()
    first = give(company, deadline=now + timedelta(days=5))
    second = give(company, begins_at=now + timedelta(days=3), deadline=now + timedelta(days=9))
    link(company, first, second)
    assert [one.clashes for one in dependencies.before(second, by=None)] == [True]
    act(company.alice.pk, operations.change, task=second, fields={"begins_at": now + timedelta(days=6)})
    assert [one.clashes for one in dependencies.before(second, by=None)] == [False]


def test_a_circle_is_refused_however_long(company: SimpleNamespace) -> None:
    tasks = [give(company, title=name) for name in "abcd"]
    for before, after in pairwise(tasks):
        link(company, before, after)
    assert refused_code(lambda: link(company, tasks[3], tasks[0])) == "tasks.dependency.circle"
    assert refused_code(lambda: link(company, tasks[0], tasks[0])) == "tasks.dependency.itself"


@given(PAIRS)
def test_what_was_let_through_never_makes_a_circle(pairs: list[tuple[int, int]]) -> None:
    followers: dict[int, list[int]] = {}
    for before, after in pairs:
        try:
            linking.check_circle(before, after, followers=followers)
        except Refused:
            continue
        followers.setdefault(before, []).append(after)
    left = {one: set(following) for one, following in followers.items()}
    while ends := {one for following in left.values() for one in following if not left.get(one)}:
        left = {one: following - ends for one, following in left.items() if following - ends}
    assert not left


def test_a_dependency_is_taken_away(company: SimpleNamespace) -> None:
    first, second = give(company), give(company)
    link(company, first, second)
    [one] = dependencies.before(second, by=None)
    act(company.alice.pk, dependencies.remove, task=second, dependency=one.dependency.pk)
    assert dependencies.before(second, by=None) == []


def test_a_stranger_links_and_unlinks_nothing(company: SimpleNamespace) -> None:
    first, second = give(company), give(company)
    link(company, first, second)
    [one] = dependencies.before(second, by=None)
    carol = company.carol.pk
    assert refused_code(lambda: act(carol, dependencies.add, before=first, after=second)) == "tasks.task.not_yours"
    assert refused_code(lambda: act(carol, dependencies.remove, task=second, dependency=one.dependency.pk)) == (
        "tasks.task.not_yours"
    )
    assert dependencies.before(second, by=carol) == []


def test_what_makes_no_sense_is_refused(company: SimpleNamespace) -> None:
    first, second, alice = give(company), give(company), company.alice.pk
    assert refused_code(lambda: link(company, first, second, "sometime")) == "tasks.dependency.unknown_kind"
    assert refused_code(lambda: act(alice, dependencies.remove, task=second, dependency=404)) == (
        "tasks.dependency.missing"
    )
