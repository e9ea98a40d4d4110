"""Assignments and stages while people are away: nothing is stuck, nothing is lost, both names stand in the log."""

from collections.abc import Callable

import pytest

from potok.absences import operations
from potok.absences.models import Passed
from potok.kit.doors import opened
from potok.notify.public import Waiting
from potok.people import presence
from potok.people.public import Person, absences
from potok.processes import worker
from potok.processes.models import Assignee, Assignment, Handling, Instance, StageVisit
from potok.processes.operations import assignments
from potok.tasks import public as tasks
from tests.absences.conftest import back, goes
from tests.company import Company
from tests.processes.conftest import Begin, Publish

ASK = """
definition: ask-%(code)s
title: Ask %(code)s
do:
  - id: ok
    block: approve
    with: {to: [%(to)s], title: Approve %(code)s, comment: none%(more)s}
  - block: status_text
    with: {text: "{=ok:outcome}"}
"""
STAGES = """
definition: service
title: Service
stages:
  visit:
    title: Visit
    begin: true
    responsible: user_%d
    results:
      done: {title: Done, to: finished}
  finished: {title: Finished, end: true}
"""
Ask = Callable[..., Assignment]


@pytest.fixture
def ask(company: Company, publish: Publish, begin: Begin) -> Ask:
    def asked(code: str, *who: Person, more: str = "") -> Assignment:
        to = ", ".join(f"user_{one.pk}" for one in who)
        begin(publish(ASK % {"code": code, "to": to, "more": more}))
        return Assignment.objects.latest("pk")

    return asked


def asked(one: Assignment) -> set[int]:
    return set(one.assignees.exclude(status=Assignee.LEFT).values_list("person", flat=True))


def answer(one: Assignment, by: Person) -> None:
    with opened(by.pk, door="screen") as call:
        assignments.complete(call, assignment=one, answer="approved")
    worker.run_until_idle()


def test_an_absence_begins_and_ends_while_work_is_open_and_the_deputy_is_away_too(
    company: Company, ask: Ask, publish: Publish, begin: Begin
) -> None:
    bob, alice = company.bob, company.alice
    with opened(bob.pk, door="screen") as call:
        absences.set_deputies(call, person=bob, deputies=[company.fay])
        task = tasks.add(call, title="Measure", responsible=bob.pk)
    first, second, third = (ask(code, bob) for code in ("first", "second", "third"))
    presence.see(bob.pk)
    run = begin(publish(STAGES % bob.pk))
    goes(company.fay)
    goes(bob)

    def lies_with() -> list[int | None]:
        return [tasks.found(None, id=task.pk).responsible_id, _stands_with(run)]

    # The deputy is away: the head has everything.
    assert asked(first) == asked(second) == asked(third) == {alice.pk}
    assert lies_with() == [alice.pk, alice.pk]
    assert not Waiting.objects.filter(person=bob, closed_at=None).exists()
    # One answer comes from each side.
    answer(first, alice)
    with opened(bob.pk, door="screen") as call:
        operations.take_back(call, passed=Passed.objects.get(title=second.title, closed_at=None))
    answer(second, bob)
    back()
    assert asked(third) == {bob.pk}
    assert lies_with() == [bob.pk, bob.pk]
    assert Waiting.objects.get(key=f"assignment:{third.pk}", closed_at=None).person_id == bob.pk
    assert not Waiting.objects.filter(person=alice, closed_at=None).exists()
    lines = Handling.objects.filter(assignment=third).order_by("pk").values_list("what", "fields")
    assert list(lines) == [
        ("passed_over", {"from": bob.pk, "to": alice.pk}),
        ("returned", {"from": alice.pk, "to": bob.pk}),
    ]
    assert Instance.objects.filter(status_text="approved").count() == 2
    assert not Passed.objects.filter(closed_at=None).exists()


def _stands_with(run: Instance) -> int | None:
    work = Assignment.objects.filter(instance=run, status=Assignment.OPEN).first()
    return asked(work).pop() if work else StageVisit.objects.get(instance=run, left_at=None).responsible_id


def test_nobody_decides_about_an_own_request_for_somebody_else(company: Company, ask: Ask) -> None:
    # Ann, who starts what is begun here, would be the deputy.
    with opened(company.bob.pk, door="screen") as call:
        absences.set_deputies(call, person=company.bob, deputies=[company.ann])
    one = ask("own", company.bob)
    goes(company.bob)
    assert asked(one) == {company.alice.pk}


def test_where_another_answers_it_stays_as_it_is(company: Company, ask: Ask) -> None:
    one = ask("two", company.bob, company.carol, more=", mode: any")
    goes(company.bob)
    assert asked(one) == {company.bob.pk, company.carol.pk}
    goes(company.carol)
    assert company.bob.pk not in asked(one)


def test_nobody_votes_for_two(company: Company, ask: Ask) -> None:
    one = ask("both", company.bob, company.alice, more=", mode: all")
    goes(company.bob)
    assert asked(one) == {company.dan.pk, company.alice.pk}
    back()
    assert asked(one) == {company.bob.pk, company.alice.pk}
