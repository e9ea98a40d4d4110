"""Who decides about an approval, with which answers, and what the process learns of it."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Waiting
from potok.people.public import Person, persons
from potok.processes.models import Assignment, Incident, Instance
from potok.processes.operations import assignments, directing
from tests.company import Company
from tests.processes.conftest import Begin, Publish

APPROVAL = """
definition: approval
title: Approval
do:
  - id: ok
    block: approve
    with: {to: [%(to)s], title: Approve the act, comment: optional%(more)s}
  - block: status_text
    with: {text: "{=ok:outcome} {=ok:approved_count}/{=ok:asked} {=ok:comments}"}
"""
REQUEST = """
definition: request
title: Request
do:
  - id: said
    block: request_information
    with:
      to: [user_%(bob)d, user_%(fay)d]
      title: What did the customer say
      decline: true
      decline_all: %(all)s
      fields:
        next_call: {type: date, title: Next call}
        meeting: {type: date, title: Meeting, required: true}
      answers:
        later: {title: Call again, needs: [next_call], comment: required}
  - block: status_text
    with: {text: "{=said:outcome} {=Variable:next_call}"}
"""


def names(company: Company, *who: str) -> str:
    return ", ".join(f"user_{getattr(company, name).pk}" for name in who)


def answer(by: Person, *, answer: str, **given: Any) -> None:
    with opened(by.pk, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.latest("pk"), answer=answer, **given)


def waiting() -> set[int]:
    return set(Waiting.objects.filter(closed_at=None).values_list("person", flat=True))


def said() -> str:
    return Instance.objects.get().status_text


# PF-10
def test_one_after_another_is_asked_and_the_first_refusal_ends_it(
    company: Company, publish: Publish, begin: Begin
) -> None:
    begin(publish(APPROVAL % {"to": names(company, "bob", "fay", "carol"), "more": ", mode: order"}))
    assert waiting() == {company.bob.pk}
    with pytest.raises(Refused):
        answer(company.fay, answer="approved")
    answer(company.bob, answer="approved")
    assert waiting() == {company.fay.pk}
    answer(company.fay, answer="rejected", comment="No stamp")
    assert waiting() == set()
    assert said() == "rejected 1/3 Fay Titova: No stamp"


def test_the_next_one_is_asked_when_the_one_before_is_excused(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(APPROVAL % {"to": names(company, "bob", "carol"), "more": ", mode: order"}))
    with opened(company.alice.pk, door="screen") as call:
        directing.excuse(call, assignment=Assignment.objects.get(), person=company.bob.pk)
    assert waiting() == {company.carol.pk}
    answer(company.carol, answer="approved")
    assert said() == "approved 1/1 "


def test_an_answer_that_the_author_added_ends_it(company: Company, publish: Publish, begin: Begin) -> None:
    more = ", mode: all, answers: {rework: {title: Return for rework, comment: required}}"
    begin(publish(APPROVAL % {"to": names(company, "bob", "fay"), "more": more}))
    with pytest.raises(Refused) as no:
        answer(company.bob, answer="rework")
    assert no.value.code == "processes.comment_missing"
    answer(company.bob, answer="rework", comment="Add the annex")
    assert said() == "rework 0/2 Bob Petrov: Add the annex"
    assert waiting() == set()


def test_a_share_decides_early_or_when_all_have_voted(company: Company, publish: Publish, begin: Begin) -> None:
    more = ", mode: vote, percent: 50, wait_for_all: true"
    begin(publish(APPROVAL % {"to": names(company, "bob", "fay"), "more": more}))
    answer(company.bob, answer="approved")
    assert said() == ""
    answer(company.fay, answer="rejected")
    assert said() == "approved 1/2 "


def test_nobody_decides_about_an_own_request_unless_that_is_allowed(
    company: Company, publish: Publish, begin: Begin
) -> None:
    begin(publish(APPROVAL % {"to": names(company, "ann", "bob"), "more": ""}))
    assert waiting() == {company.bob.pk}
    with opened(company.bob.pk, door="screen") as call, pytest.raises(Refused) as no:
        assignments.delegate(call, assignment=Assignment.objects.get(), to=company.ann.pk)
    assert no.value.code == "processes.own_request"
    begin(publish(APPROVAL % {"to": names(company, "ann"), "more": ", self_approval: true"}))
    assert waiting() == {company.bob.pk, company.ann.pk}


@pytest.mark.parametrize(
    ("more", "asked", "outcome"),
    [
        (", nobody: head", "dan", ""),
        (", nobody: administrator, self_approval: true", "ann", ""),
        (", nobody: skip, nobody_answer: rework", "", "rework 0/0 "),
    ],
)
def test_what_happens_when_nobody_is_left_is_chosen_in_the_definition(
    company: Company, publish: Publish, begin: Begin, more: str, asked: str, outcome: str
) -> None:
    gone = "dan" if "administrator" in more else "alice"
    begin(publish(APPROVAL % {"to": names(company, "bob"), "more": ""}))
    definition = publish(APPROVAL % {"to": names(company, gone), "more": more})
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=getattr(company, gone))
    begin(definition)
    assert waiting() - {company.bob.pk} == ({getattr(company, asked).pk} if asked else set())
    assert Instance.objects.latest("pk").status_text == outcome


def test_without_a_choice_it_is_an_incident(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(APPROVAL % {"to": names(company, "ann"), "more": ""}))
    assert Incident.objects.get().code == "processes.nobody_to_ask"


# HS-14
def test_each_answer_of_a_form_needs_its_own_fields(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(REQUEST % {"bob": company.bob.pk, "fay": company.fay.pk, "all": "false"}))
    with pytest.raises(Refused) as no:
        answer(company.bob, answer="later", comment="Busy", values={"meeting": "2030-01-01"})
    assert no.value.place == "next_call"
    answer(company.bob, answer="later", comment="Busy", values={"next_call": "2030-01-09"})
    assert said() == "later 09.01.2030"


# HS-2
def test_who_declines_leaves_it_to_the_others_and_the_last_one_decides(
    company: Company, publish: Publish, begin: Begin
) -> None:
    begin(publish(REQUEST % {"bob": company.bob.pk, "fay": company.fay.pk, "all": "true"}))
    answer(company.bob, answer="declined")
    assert waiting() == {company.fay.pk}
    assert said() == ""
    answer(company.fay, answer="declined")
    assert said() == "declined "


# HS-18
def test_an_answer_for_somebody_outside_keeps_both_names(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(APPROVAL % {"to": names(company, "bob"), "more": ""}))
    answer(company.bob, answer="approved", comment="Fine", behalf="Ivan, North Air")
    assert said() == "approved 1/1 Bob Petrov (Ivan, North Air): Fine"


# HS-4
def test_a_letter_is_read_by_everybody(company: Company, publish: Publish, begin: Begin) -> None:
    text = f"""
definition: letter
title: Letter
do:
  - id: letter
    block: review
    with: {{to: [{names(company, "bob", "fay")}], title: Read the letter, label: Read}}
  - block: status_text
    with: {{text: "{{=letter:answered}} {{=letter:answered_percent}}"}}
"""
    begin(publish(text))
    assert Assignment.objects.get().short == "Read"
    answer(company.fay, answer="done")
    assert waiting() == {company.bob.pk}
    answer(company.bob, answer="done")
    assert said() == "2 100"
