"""An assignment in a queue is taken by one, given back, and shared out evenly."""

import threading
from collections import Counter

import pytest
from django.db import connection

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Waiting
from potok.people.public import Person
from potok.processes.models import Assignment, Handling
from potok.processes.operations import assignments, directing
from tests.company import Company
from tests.processes.conftest import Begin, Publish

QUEUE = """
definition: queue
title: Queue
do:
  - block: approve
    with: {to: [%(to)s], title: Look at the order, comment: none, give: %(give)s}
"""


@pytest.fixture
def queued(company: Company, publish: Publish, begin: Begin) -> Assignment:
    begin(publish(QUEUE % {"to": f"group_g{company.group.pk}, user_{company.fay.pk}", "give": "queue"}))
    return Assignment.objects.get()


def waiting() -> set[int]:
    return set(Waiting.objects.filter(closed_at=None).values_list("person", flat=True))


def claim(by: Person, asked: Assignment) -> None:
    with opened(by.pk, door="screen") as call:
        assignments.claim(call, assignment=asked)


def test_one_takes_it_and_the_others_see_it_no_more(queued: Assignment, company: Company) -> None:
    assert waiting() == {company.bob.pk, company.carol.pk, company.fay.pk}
    claim(company.bob, queued)
    assert waiting() == {company.bob.pk}
    for act in (
        lambda call: assignments.claim(call, assignment=Assignment.objects.get()),
        lambda call: assignments.complete(call, assignment=Assignment.objects.get(), answer="approved"),
    ):
        with opened(company.carol.pk, door="screen") as call, pytest.raises(Refused) as no:
            act(call)
        assert no.value.code == "processes.assignment_claimed"
        assert "Bob Petrov" in no.value.sentence()


def test_what_is_given_back_lies_before_everybody_again(queued: Assignment, company: Company) -> None:
    claim(company.bob, queued)
    with opened(company.carol.pk, door="screen") as call, pytest.raises(Refused):
        assignments.give_back(call, assignment=Assignment.objects.get())
    with opened(company.bob.pk, door="screen") as call:
        assignments.give_back(call, assignment=Assignment.objects.get())
    assert waiting() == {company.bob.pk, company.carol.pk, company.fay.pk}
    claim(company.carol, Assignment.objects.get())
    assert [line.what for line in Handling.objects.all()] == ["claimed", "given_back", "claimed"]


def test_a_head_gives_back_what_his_people_have_taken(queued: Assignment, company: Company) -> None:
    claim(company.bob, queued)
    with opened(company.alice.pk, door="screen") as call:
        assignments.give_back(call, assignment=Assignment.objects.get())
        with pytest.raises(Refused) as no:
            assignments.give_back(call, assignment=Assignment.objects.get())
    assert no.value.code == "processes.assignment_not_claimed"


def test_who_answers_takes_it_by_that(queued: Assignment, company: Company) -> None:
    with opened(company.fay.pk, door="screen") as call:
        assignments.complete(call, assignment=queued, answer="approved")
    assert waiting() == set()


def test_only_a_queue_is_taken_from(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(QUEUE % {"to": f"user_{company.bob.pk}", "give": "everybody"}))
    with opened(company.bob.pk, door="screen") as call, pytest.raises(Refused) as no:
        assignments.claim(call, assignment=Assignment.objects.get())
    assert no.value.code == "processes.assignment_not_queued"


def test_a_claim_that_is_handed_over_stays_a_claim(queued: Assignment, company: Company) -> None:
    claim(company.bob, queued)
    with opened(company.bob.pk, door="screen") as call:
        assignments.delegate(call, assignment=Assignment.objects.get(), to=company.dan.pk)
    assert waiting() == {company.dan.pk}
    assert Assignment.objects.get().claimed_by_id == company.dan.pk


def test_even_load_gives_it_to_whoever_has_the_least(company: Company, publish: Publish, begin: Begin) -> None:
    definition = publish(QUEUE % {"to": f"user_{company.bob.pk}, user_{company.fay.pk}", "give": "even"})
    for _ in range(4):
        begin(definition)
    held = Counter(Assignment.objects.values_list("claimed_by", flat=True))
    assert held == {company.bob.pk: 2, company.fay.pk: 2}
    assert Counter(Waiting.objects.filter(closed_at=None).values_list("person", flat=True)) == held


def test_a_stranger_neither_takes_nor_gives_back_nor_directs(queued: Assignment, company: Company) -> None:
    claim(company.bob, queued)
    acts = [
        lambda call: assignments.claim(call, assignment=queued),
        lambda call: assignments.give_back(call, assignment=queued),
        lambda call: directing.change(call, assignment=queued, title="Mine"),
        lambda call: directing.reassign(call, assignment=queued, person=company.bob.pk, to=company.eve.pk),
        lambda call: directing.add_person(call, assignment=queued, person=company.eve.pk),
        lambda call: directing.excuse(call, assignment=queued, person=company.bob.pk),
        lambda call: directing.remind(call, assignment=queued),
    ]
    for act in acts:
        with opened(company.eve.pk, door="screen") as call, pytest.raises(Refused) as no:
            act(call)
        assert no.value.code in ("processes.assignment_not_yours", "processes.assignment_not_directed")
    assert Assignment.objects.get().title == "Look at the order"


def test_of_many_who_take_at_once_one_gets_it(queued: Assignment, company: Company) -> None:
    told = []

    def take(person: int) -> None:
        try:
            with opened(person, door="screen") as call:
                assignments.claim(call, assignment=queued)
            told.append("taken")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[one.pk]) for one in (company.bob, company.carol, company.fay)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["processes.assignment_claimed"] * 2 + ["taken"]
    assert len(waiting()) == 1
