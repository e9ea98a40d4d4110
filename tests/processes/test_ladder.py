"""When nobody answers: reminders, other people, the head, the end; and the deadline moves while it waits."""

from datetime import timedelta
from typing import Any

import pytest

from potok.engine.values import Duration
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Notice, Waiting
from potok.people import public as people
from potok.processes import worker
from potok.processes.models import Assignee, Assignment, Handling, Instance, Timer
from potok.processes.operations import assignments, directing
from tests.company import Company
from tests.processes.conftest import Begin, Publish

LADDER = """
definition: ladder
title: Ladder
do:
  - id: ok
    block: approve
    with:
      to: [user_%(bob)d]
      title: Approve the act
      comment: none
      due: '=dateadd({=System:Now}, "1 day")'
%(more)s
  - block: status_text
    with: {text: "{=ok:outcome} {=ok:timed_out}"}
"""


@pytest.fixture
def ladder(company: Company, publish: Publish, begin: Begin) -> Any:
    def begun(**more: str) -> Assignment:
        lines = "\n".join(f"      {name}: {value}" for name, value in more.items())
        begin(publish(LADDER % {"bob": company.bob.pk, "more": lines}))
        return Assignment.objects.latest("pk")

    return begun


def wind(**lasts: float) -> None:
    clock.wind(timedelta(**lasts))
    worker.run_until_idle()


def asked() -> set[int]:
    return set(Assignee.objects.filter(status="open").values_list("person", flat=True))


# HS-9
def test_people_are_reminded_before_and_after_the_deadline(company: Company, ladder: Any) -> None:
    ladder(remind_before="[2 hours, 1 hour]", remind_every="1 day")
    wind(hours=21)
    assert Notice.objects.count() == 0
    wind(hours=1, minutes=1)
    assert list(Notice.objects.values_list("to", flat=True)) == [company.bob.pk]
    wind(hours=1)
    assert Notice.objects.count() == 2
    wind(hours=30)
    assert Notice.objects.count() == 3
    assert [line.what for line in Handling.objects.all()] == ["reminded"] * 3
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(), answer="approved")
    wind(days=30)
    assert Notice.objects.count() == 3
    assert Instance.objects.get().status_text == "approved no"


def test_what_nobody_answers_goes_to_others_then_to_the_head_and_then_ends(company: Company, ladder: Any) -> None:
    ladder(
        reassign_after="1 hour",
        reassign_to=f"user_{company.fay.pk}",
        head_after="2 hours",
        close_after="3 hours",
        late_answer="approved",
    )
    wind(hours=25, minutes=1)
    assert asked() == {company.fay.pk}
    wind(hours=1)
    assert asked() == {company.alice.pk}
    assert set(Waiting.objects.filter(closed_at=None).values_list("person", flat=True)) == {company.alice.pk}
    wind(hours=1)
    assert asked() == set()
    assert Instance.objects.get().status_text == "approved yes"
    assert [line.what for line in Handling.objects.all()] == ["escalated", "escalated", "late"]


def test_whatever_follows_the_deadline_moves_with_it(company: Company, ladder: Any) -> None:
    asked_of_bob = ladder(close_when_due="true")
    later = asked_of_bob.due_at + timedelta(days=2)
    with opened(company.alice.pk, door="screen") as call:
        directing.change(call, assignment=asked_of_bob, due_at=later, title="Approve the second act")
    assert Timer.objects.get().due == later
    assert Waiting.objects.get(closed_at=None).title == "Approve the second act"
    wind(days=2)
    assert Assignment.objects.get().status == "open"
    wind(days=1, minutes=1)
    assert Instance.objects.get().status_text == "rejected yes"
    assert [line.what for line in Handling.objects.all()] == ["due", "text", "late"]


def test_a_deadline_lies_ahead_and_something_is_different(company: Company, ladder: Any) -> None:
    asked_of_bob = ladder()
    with opened(company.alice.pk, door="screen") as call:
        for given, code in (
            ({"due_at": clock.now() - timedelta(hours=1)}, "processes.due_passed"),
            ({"title": "Approve the act"}, "processes.assignment_same"),
        ):
            with pytest.raises(Refused) as no:
                directing.change(call, assignment=asked_of_bob, **given)
            assert no.value.code == code
        directing.change(call, assignment=asked_of_bob, without_due=True)
    assert Assignment.objects.get().due_at is None


# HS-11
def test_a_head_reminds_adds_excuses_and_reassigns(company: Company, ladder: Any) -> None:
    asked_of_bob = ladder()
    with opened(company.alice.pk, door="screen") as call:
        directing.remind(call, assignment=asked_of_bob)
        with pytest.raises(Refused) as no:
            directing.excuse(call, assignment=asked_of_bob, person=company.bob.pk)
        assert no.value.code == "processes.last_person"
        directing.add_person(call, assignment=asked_of_bob, person=company.carol.pk)
        directing.excuse(call, assignment=asked_of_bob, person=company.bob.pk)
    assert asked() == {company.carol.pk}
    with opened(company.dan.pk, door="screen") as call:
        directing.reassign(call, assignment=asked_of_bob, person=company.carol.pk, to=company.bob.pk)
    assert asked() == {company.bob.pk}
    lines = list(Handling.objects.values_list("what", "by"))
    assert [what for what, _ in lines] == ["reminded", "added", "excused", "reassigned"]
    assert lines[-1][1] == company.dan.pk
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=asked_of_bob, answer="approved")
    assert Instance.objects.get().status_text == "approved no"


def test_the_definition_says_to_whom_it_may_be_handed_over(company: Company, ladder: Any) -> None:
    kept = ladder(delegate="nobody")
    narrow = ladder(delegate="subordinates")
    with opened(company.bob.pk, door="screen") as call:
        for asked_of_bob, code in (
            (kept, "processes.delegation_forbidden"),
            (narrow, "processes.delegation_to_subordinates"),
        ):
            with pytest.raises(Refused) as no:
                assignments.delegate(call, assignment=asked_of_bob, to=company.carol.pk)
            assert no.value.code == code


def test_lengths_count_in_the_companys_working_hours_where_that_is_chosen(company: Company, ladder: Any) -> None:
    asked_of_bob = ladder(head_after="2 hours", working_time="true")
    due = asked_of_bob.due_at
    assert Timer.objects.get().due == people.working_time().add(due, Duration(seconds=2 * 3600))


def test_who_is_away_is_left_out(company: Company, ladder: Any) -> None:
    now = clock.now()
    with opened(company.ann.pk, door="screen") as call:
        people.absences.add(
            call, person=company.bob, begins_at=now - timedelta(hours=1), ends_at=now + timedelta(days=9)
        )
    ladder(skip_absent="true", nobody="head")
    assert asked() == {company.alice.pk}
    ladder()
    assert asked() == {company.alice.pk, company.bob.pk}
