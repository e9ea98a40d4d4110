"""A task is begun, put off, handed in, accepted or sent back, and waits for whoever's turn it is."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from potok.kit import clock
from potok.notify.public import Notice, waiting_for
from potok.tasks import operations, rules
from potok.tasks.models import Comment, Task
from potok.tasks.operations import states
from tests.tasks.acting import act, give, refused_code

LEADING = [states.accept, states.send_back, states.defer, states.resume]


def waits(person: Any) -> list[str]:
    return [one.title for one in waiting_for(person.pk)]


def test_work_that_has_to_be_accepted_is_handed_in_and_waits_for_its_creator(company: SimpleNamespace) -> None:
    task = act(company.bob.pk, states.complete, task=give(company, needs_control=True))
    assert task.status == rules.AWAITING
    assert (waits(company.bob), waits(company.alice)) == ([], ["Call"])
    act(company.alice.pk, states.accept, task=task)
    assert Task.objects.get().is_closed
    assert waits(company.alice) == []


def test_the_controller_accepts_in_place_of_the_creator(company: SimpleNamespace) -> None:
    task = give(company, needs_control=True, controller=company.carol.pk)
    act(company.bob.pk, states.complete, task=task)
    assert (waits(company.alice), waits(company.carol)) == ([], ["Call"])


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_who_may_accept_completes_at_once(company: SimpleNamespace, who: str) -> None:
    task = give(company, needs_control=True, controller=company.carol.pk)
    assert act(getattr(company, who).pk, states.complete, task=task).is_closed


def test_work_that_is_sent_back_waits_for_whoever_does_it_with_the_reason(company: SimpleNamespace) -> None:
    task = act(company.bob.pk, states.complete, task=give(company, needs_control=True))
    act(company.alice.pk, states.send_back, task=task, comment="The stamp is missing")
    assert Task.objects.get().status == rules.IN_PROGRESS
    assert (waits(company.bob), waits(company.alice)) == (["Call"], [])
    assert Comment.objects.get().text == "The stamp is missing"
    assert "Работа не принята. Почему, сказано в комментарии." in [one.why for one in Notice.objects.all()]


def test_sending_back_asks_for_a_reason(company: SimpleNamespace) -> None:
    task = act(company.bob.pk, states.complete, task=give(company, needs_control=True))
    assert refused_code(lambda: act(company.alice.pk, states.send_back, task=task)) == "tasks.task.unexplained"


@pytest.mark.parametrize("operation", [states.accept, states.send_back])
def test_whoever_does_the_work_does_not_judge_it(company: SimpleNamespace, operation: Any) -> None:
    task = act(company.bob.pk, states.complete, task=give(company, needs_control=True))
    assert refused_code(lambda: act(company.bob.pk, operation, task=task)) == "tasks.task.not_yours_to_accept"


@pytest.mark.parametrize("operation", [states.accept, states.send_back])
def test_only_what_was_handed_in_is_judged(company: SimpleNamespace, operation: Any) -> None:
    task = give(company, needs_control=True)
    assert refused_code(lambda: act(company.alice.pk, operation, task=task)) == "tasks.task.not_handed_in"


def test_what_is_put_off_waits_for_nobody_until_it_is_taken_up(company: SimpleNamespace) -> None:
    task = act(company.bob.pk, states.defer, task=give(company))
    assert waits(company.bob) == []
    act(company.bob.pk, states.resume, task=task)
    assert waits(company.bob) == ["Call"]
    act(company.bob.pk, states.defer, task=task)
    act(company.bob.pk, states.start, task=task)
    assert (waits(company.bob), task.status) == (["Call"], rules.IN_PROGRESS)


def test_helpers_begin_the_work_and_do_not_complete_it(company: SimpleNamespace) -> None:
    task = give(company, accomplices=[company.carol.pk, company.bob.pk])
    assert task.accomplices == [company.carol.pk]
    assert waits(company.carol) == ["Call"]
    act(company.carol.pk, states.start, task=task)
    assert refused_code(lambda: act(company.carol.pk, states.complete, task=task)) == ("tasks.task.not_yours_to_close")


def test_a_task_given_for_later_waits_for_nobody_until_it_begins(company: SimpleNamespace) -> None:
    give(company, begins_at=clock.now() + timedelta(hours=3))
    assert waits(company.bob) == []
    clock.wind(timedelta(hours=4))
    assert waits(company.bob) == ["Call"]


def test_taking_the_beginning_away_lets_it_wait_at_once(company: SimpleNamespace) -> None:
    task = give(company, begins_at=clock.now() + timedelta(hours=3))
    act(company.alice.pk, operations.change, task=task, fields={"begins_at": None})
    assert waits(company.bob) == ["Call"]


def test_a_beginning_after_the_deadline_is_refused(company: SimpleNamespace) -> None:
    now = clock.now()
    wrong = {"begins_at": now + timedelta(days=2), "deadline": now + timedelta(days=1)}
    assert refused_code(lambda: give(company, **wrong)) == "tasks.task.begins_late"
    task = give(company, deadline=now + timedelta(days=1))
    change = {"begins_at": now + timedelta(days=2)}
    assert refused_code(lambda: act(company.alice.pk, operations.change, task=task, fields=change)) == (
        "tasks.task.begins_late"
    )


def test_a_task_is_no_part_of_its_own_parts(company: SimpleNamespace) -> None:
    whole = give(company)
    part = give(company, parent=whole.pk)
    act(company.alice.pk, operations.change, task=give(company), fields={"parent": part.pk})
    for parent in (whole.pk, part.pk):
        assert refused_code(
            lambda: act(company.alice.pk, operations.change, task=whole, fields={"parent": parent})  # noqa: B023
        ) == ("tasks.task.own_parent")


@pytest.mark.parametrize("who", ["carol", "eve"])
@pytest.mark.parametrize(
    "operation",
    [states.accept, states.send_back, states.defer, states.resume],
    ids=lambda one: one.name,
)
def test_a_stranger_leads_a_task_nowhere(company: SimpleNamespace, who: str, operation: Any) -> None:
    task = act(company.bob.pk, states.complete, task=give(company, needs_control=True))
    assert refused_code(lambda: act(getattr(company, who).pk, operation, task=task)) == "tasks.task.not_yours"


def test_the_work_is_not_handed_in_twice(company: SimpleNamespace) -> None:
    task = act(company.bob.pk, states.complete, task=give(company, needs_control=True))
    code = refused_code(lambda: act(company.bob.pk, states.complete, task=task))
    assert code == "tasks.task.handed_in_already"


@pytest.mark.parametrize("operation", [states.defer, states.resume])
def test_only_what_is_worked_on_is_put_off_or_taken_up(company: SimpleNamespace, operation: Any) -> None:
    task = act(company.bob.pk, states.complete, task=give(company))
    assert refused_code(lambda: act(company.bob.pk, operation, task=task)) == "tasks.task.not_active"


@pytest.mark.parametrize("minutes", [0, -5, 600_001])
def test_a_planned_time_that_makes_no_sense_is_refused(company: SimpleNamespace, minutes: int) -> None:
    assert refused_code(lambda: give(company, planned_minutes=minutes)) == "tasks.task.wrong_plan"
