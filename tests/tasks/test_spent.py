"""Time spent is written down by whoever works, and corrected by whoever wrote it."""

from types import SimpleNamespace

import pytest

from potok.tasks import spent
from potok.tasks.web.reading import duration
from tests.tasks.acting import act, give, refused_code


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("45", 2700), ("1:30", 5400), ("1,5 ч", 5400), ("1.5 h", 5400), ("90 мин", 5400), ("2 ч 15 мин", 8100)],
)
def test_time_is_read_as_people_write_it(typed: str, seconds: int) -> None:
    assert duration(typed) == seconds


@pytest.mark.parametrize("typed", ["", "soon", "1:75", "-3"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert refused_code(lambda: duration(typed)) == "tasks.spent.senseless"


def test_time_adds_up_and_is_corrected(company: SimpleNamespace) -> None:
    task = give(company)
    act(company.alice.pk, spent.add, task=task, seconds=600)
    mine = act(company.bob.pk, spent.add, task=task, seconds=3600, note="Call")
    assert spent.whole(task) == 4200
    act(company.bob.pk, spent.change, task=task, entry=mine.pk, seconds=1800)
    assert spent.whole(task) == 2400
    act(company.bob.pk, spent.remove, task=task, entry=mine.pk)
    assert spent.whole(task) == 600


@pytest.mark.parametrize("seconds", [0, 59, 86_401, -60])
def test_senseless_time_is_refused(company: SimpleNamespace, seconds: int) -> None:
    task = give(company)
    assert refused_code(lambda: act(company.bob.pk, spent.add, task=task, seconds=seconds)) == "tasks.spent.senseless"


def test_a_stranger_spends_corrects_and_takes_back_no_time(company: SimpleNamespace) -> None:
    task = give(company)
    entry = act(company.bob.pk, spent.add, task=task, seconds=600).pk
    carol = company.carol.pk
    for refused in (
        lambda: act(carol, spent.add, task=task, seconds=600),
        lambda: act(carol, spent.change, task=task, entry=entry, seconds=600),
        lambda: act(carol, spent.remove, task=task, entry=entry),
    ):
        assert refused_code(refused) == "tasks.task.not_yours"


def test_the_time_of_another_is_left_alone(company: SimpleNamespace) -> None:
    task = give(company)
    entry = act(company.alice.pk, spent.add, task=task, seconds=600).pk
    assert refused_code(lambda: act(company.bob.pk, spent.remove, task=task, entry=entry)) == "tasks.spent.anothers"


def test_time_of_nobody_and_time_that_is_gone_are_refused(company: SimpleNamespace) -> None:
    task = give(company)
    assert refused_code(lambda: act(None, spent.add, task=task, seconds=600)) == "tasks.spent.nobodys"
    assert refused_code(lambda: act(company.bob.pk, spent.remove, task=task, entry=404)) == "tasks.spent.missing"
