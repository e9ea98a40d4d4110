"""How answers decide, when the rungs of a ladder come, how even load is spread: values alone."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.engine import time
from potok.engine.time import WorkingTime
from potok.engine.values import Duration
from potok.processes.duties import Act, Ladder, Rung, Terms, Vote, decide, spread

MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)  # 18:00 in Moscow, the end of a working week
HOUR = Duration(seconds=3600)


def plus(at: datetime, lasts: Duration) -> datetime:
    moved = time.add(at, lasts, zone=MOSCOW)
    assert isinstance(moved, datetime)
    return moved


def votes(answers: str) -> list[Vote]:
    words = {"y": "approved", "n": "rejected", "r": "rework"}
    return [Vote(person, words[letter]) for person, letter in enumerate(answers)]


@pytest.mark.parametrize(
    ("mode", "given", "asked", "decided"),
    [
        ("any", "", 2, ""),
        ("any", "r", 2, "rework"),
        ("any", "ny", 2, "rejected"),
        ("all", "y", 2, ""),
        ("all", "yy", 2, "approved"),
        ("all", "yr", 3, "rework"),
        ("order", "y", 2, ""),
        ("order", "n", 2, "rejected"),
        ("vote", "y", 3, ""),
        ("vote", "yy", 3, "approved"),
        ("vote", "nn", 3, "rejected"),
        ("vote", "rr", 3, "rework"),
        ("vote", "rn", 3, "rejected"),
        ("vote", "y", 2, "approved"),
        ("all", "", 0, ""),
    ],
)
def test_answers_decide(mode: str, given: str, asked: int, decided: str) -> None:
    assert decide(mode, votes(given), asked=asked) == decided


def test_a_share_that_waits_for_everybody_is_decided_by_the_last() -> None:
    assert decide("vote", votes("yy"), asked=3, wait=True) == ""
    assert decide("vote", votes("yyn"), asked=3, wait=True) == "approved"
    assert decide("vote", votes("ynn"), asked=3, wait=True) == "rejected"


@given(st.text("ynr", min_size=1, max_size=9), st.integers(1, 100))
def test_a_vote_is_always_decided_when_all_have_voted_and_never_changes_its_mind(given: str, percent: int) -> None:
    decided = [
        decide("vote", votes(given[:count]), asked=len(given), percent=percent) for count in range(len(given) + 1)
    ]
    assert decided[-1]
    if "approved" in decided:
        assert set(decided[decided.index("approved") :]) == {"approved"}


def test_the_rungs_come_before_and_after_the_deadline() -> None:
    ladder = Ladder(before=(HOUR,), every=Duration(days=1), head=Duration(days=2), close=Duration(days=3))
    rungs = sorted(
        ladder.moments(opened=FRIDAY - timedelta(days=3), due=FRIDAY, after=FRIDAY - timedelta(days=3), shift=plus)
    )
    assert rungs == [
        Rung(FRIDAY - timedelta(hours=1), Act.REMIND),
        Rung(FRIDAY + timedelta(days=1), Act.REMIND),
        Rung(FRIDAY + timedelta(days=2), Act.HEAD),
        Rung(FRIDAY + timedelta(days=3), Act.CLOSE),
    ]


def test_the_rungs_count_in_working_time() -> None:
    ladder = Ladder(head=Duration(seconds=2 * 3600), working=True)
    monday = datetime(2026, 11, 23, 8, tzinfo=UTC)  # 11:00 in Moscow
    found = ladder.moments(opened=FRIDAY, due=FRIDAY, after=FRIDAY, shift=WorkingTime(zone="Europe/Moscow").add)
    assert list(found) == [Rung(monday, Act.HEAD)]


@given(st.integers(60, 10**6), st.integers(0, 10**8))
def test_the_next_reminder_is_the_first_one_ahead(every: int, passed: int) -> None:
    after = FRIDAY + timedelta(seconds=passed)
    rungs = list(Ladder(every=Duration(seconds=every)).moments(opened=FRIDAY, due=None, after=after, shift=plus))
    assert len(rungs) == 1
    assert after < rungs[0].at <= after + timedelta(seconds=every)
    assert (rungs[0].at - FRIDAY).total_seconds() % every == 0


@given(
    st.builds(
        Terms,
        delegate=st.sampled_from(["all", "subordinates", "nobody"]),
        nobody=st.sampled_from(["incident", "head", "administrator", "skip"]),
        nobody_answer=st.sampled_from(["", "approved"]),
        barred=st.tuples(st.integers(1, 9)),
        private=st.booleans(),
        ladder=st.builds(
            Ladder,
            before=st.tuples(st.just(HOUR)),
            every=st.none() | st.just(Duration(days=1)),
            reassign_to=st.just(("role_4",)),
            close=st.none() | st.just(Duration(months=1)),
            working=st.booleans(),
        ),
    )
)
def test_terms_are_read_as_they_were_written(terms: Terms) -> None:
    assert Terms.read(terms.plain()) == terms


def test_usual_terms_take_no_room() -> None:
    assert Terms().plain() == {}


@given(st.lists(st.sampled_from([(1, 2), (1, 2, 3), (2, 3)]), max_size=30))
def test_even_load_differs_by_one_at_most_among_equals(queues: list[tuple[int, ...]]) -> None:
    chosen = spread(queues, load={})
    assert all(one in queue for one, queue in zip(chosen, queues, strict=True))
    if all(queue == (1, 2, 3) for queue in queues):
        counted = Counter(chosen)
        assert max(counted.values(), default=0) - min((counted[person] for person in (1, 2, 3)), default=0) <= 1
