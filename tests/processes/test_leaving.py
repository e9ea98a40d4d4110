"""Somebody leaves while processes wait for him: others are asked, or somebody is told; all he holds is handed over."""

from collections.abc import Callable

import pytest

from potok.engine.values import PersonRef
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Waiting
from potok.people.public import Extent, Person, persons
from potok.processes import worker
from potok.processes.models import Assignee, Assignment, Incident, Instance
from potok.processes.operations import assignments, definitions, handover
from potok.processes.queries.holdings import holdings
from tests.company import Company
from tests.processes.conftest import Begin, Publish

ASK = """
definition: ask-%(code)s
title: Ask %(code)s
constants:
  lawyer: {type: person, title: Lawyer, default: user_%(fay)d}
do:
  - id: ok
    block: approve
    with: {to: [%(to)s], title: Approve the act, comment: none%(more)s}
  - block: status_text
    with: {text: "{=ok:outcome} {=ok:approved_count}/{=ok:asked}"}
"""


Ask = Callable[..., Assignment]


@pytest.fixture
def ask(company: Company, publish: Publish, begin: Begin) -> Ask:
    def asked(code: str, *who: str, more: str = "") -> Assignment:
        to = ", ".join(f"user_{getattr(company, name).pk}" for name in who)
        begin(publish(ASK % {"code": code, "to": to, "more": more, "fay": company.fay.pk}))
        return Assignment.objects.latest("pk")

    return asked


def dismiss(person: Person) -> None:
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=person)
    worker.run_until_idle()


def waiting() -> set[int]:
    return set(Waiting.objects.filter(closed_at=None).values_list("person", flat=True))


def status() -> str:
    return Instance.objects.latest("pk").status_text


def test_where_another_can_answer_he_is_asked_no_more(company: Company, ask: Ask) -> None:
    ask("a", "bob", "fay")
    dismiss(company.bob)
    assert waiting() == {company.fay.pk}
    assert not Incident.objects.exists()


def test_what_he_had_taken_lies_in_the_queue_again(company: Company, ask: Ask) -> None:
    queued = ask("a", "bob", "fay", more=", give: queue")
    with opened(company.bob.pk, door="screen") as call:
        assignments.claim(call, assignment=queued)
    assert waiting() == {company.bob.pk}
    dismiss(company.bob)
    assert waiting() == {company.fay.pk}


@pytest.mark.parametrize(("nobody", "instead"), [("head", "alice"), ("administrator", "ann")])
def test_somebody_else_is_asked_where_the_definition_says_so(
    company: Company, ask: Ask, nobody: str, instead: str
) -> None:
    ask("a", "bob", more=f", nobody: {nobody}, self_approval: true")
    dismiss(company.bob)
    assert waiting() == {getattr(company, instead).pk}


def test_the_process_goes_on_where_the_definition_says_so(company: Company, ask: Ask) -> None:
    ask("a", "bob", more=", nobody: skip, nobody_answer: rejected")
    dismiss(company.bob)
    assert (waiting(), status()) == (set(), "rejected 0/1")


def test_of_several_who_all_have_to_answer_one_is_left_out_or_replaced(company: Company, ask: Ask) -> None:
    both = ask("a", "bob", "fay", more=", mode: all, nobody: skip")
    with opened(company.fay.pk, door="screen") as call:
        assignments.complete(call, assignment=both, answer="approved")
    dismiss(company.bob)
    assert status() == "approved 1/1"


def test_otherwise_an_incident_tells_and_is_over_when_somebody_else_is_asked(company: Company, ask: Ask) -> None:
    asked = ask("a", "bob")
    dismiss(company.bob)
    incident = Incident.objects.get()
    assert incident.code == "processes.person_left"
    assert "Bob Petrov" in incident.sentence
    with opened(company.alice.pk, door="screen") as call:
        assignments.delegate(call, assignment=asked, person=company.bob.pk, to=company.fay.pk)
    assert Incident.objects.get().resolved_at is not None
    with opened(company.fay.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer="approved")
    assert status() == "approved 1/1"


def test_who_comes_back_answers_himself(company: Company, ask: Ask) -> None:
    asked = ask("a", "bob")
    dismiss(company.bob)
    with opened(None, door="start_up") as call:
        persons.take_back(call, person=company.bob)
    assert Incident.objects.get().resolved_at is not None
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer="approved")
    assert status() == "approved 1/1"


def test_everything_goes_over_with_a_result_for_each(company: Company, ask: Ask) -> None:
    ask("alone", "fay")
    ask("queue", "fay", "bob", more=", give: queue")
    ask("both", "fay", "bob", more=", mode: all")
    held = holdings(company.fay.pk)
    kinds = sorted(one.kind for one in held)
    assert kinds == sorted(["assignment"] * 2 + ["queue"] + ["constant"] * 3 + ["named"] * 3)
    company.grant("processes.handover.carry_out", extent=Extent.ALL, to=company.alice)
    with opened(company.alice.pk, door="screen") as call:
        handed = handover.carry_out(call, person=company.fay, to=company.bob)
    told = {(one.holding.kind, one.holding.about): (one.is_done, one.refused and one.refused.code) for one in handed}
    assert told["assignment", "Ask alone"] == (True, None)
    assert told["queue", "Ask queue"] == (True, None)
    assert told["assignment", "Ask both"] == (False, "processes.delegated_twice")
    assert told["constant", "Ask alone"] == (True, None)
    assert told["named", ""] == (False, None)
    assert {one.kind for one in holdings(company.fay.pk)} == {"assignment", "named"}
    assert waiting() == {company.bob.pk, company.fay.pk}


def test_a_stranger_hands_nothing_over(company: Company, ask: Ask) -> None:
    ask("a", "fay")
    with opened(company.carol.pk, door="screen") as call, pytest.raises(Refused) as no:
        handover.carry_out(call, person=company.fay, to=company.carol)
    assert no.value.code == "kit.forbidden"
    assert Assignee.objects.get().person_id == company.fay.pk


def test_nothing_goes_to_oneself_or_to_somebody_who_has_left(company: Company, ask: Ask) -> None:
    ask("a", "fay")
    with opened(company.ann.pk, door="screen") as call:
        with pytest.raises(Refused) as no:
            handover.carry_out(call, person=company.fay, to=company.fay)
        assert no.value.code == "processes.heir_same"
        company.bob.is_active = False
        with pytest.raises(Refused) as missing:
            handover.carry_out(call, person=company.fay, to=company.bob)
        assert missing.value.code == "kit.missing"


def test_a_constant_with_a_list_of_people_keeps_the_others(company: Company, publish: Publish) -> None:
    source = """
definition: many
title: Many
constants:
  lawyers: {type: person, multiple: true, title: Lawyers}
do:
  - block: status_text
    with: {text: "{=Constant:lawyers}"}
"""
    definition = publish(source)
    with opened(company.ann.pk, door="screen") as call:
        people = [company.fay.pk, company.bob.pk]
        definitions.set_constant(call, definition=definition, name="lawyers", value=tuple(map(PersonRef, people)))
        handover.carry_out(call, person=company.fay, to=company.dan)
    assert [one.kind for one in holdings(company.dan.pk)] == ["constant"]
    assert [one.kind for one in holdings(company.bob.pk)] == ["constant"]
    assert holdings(company.fay.pk) == []
