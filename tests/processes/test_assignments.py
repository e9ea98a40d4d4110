"""Who may answer an assignment, with what, and who may hand it over."""

from collections.abc import Mapping
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Refusals, Refused
from potok.notify.public import Waiting
from potok.people.public import Person
from potok.processes import worker
from potok.processes.models import Assignment, Draft, Incident, Instance, Standing
from potok.processes.operations import assignments, incidents, instances
from potok.processes.queries import assignment_view, instance_view, journal
from tests.company import Company
from tests.processes.conftest import Begin, Publish

FORM = """
definition: form
title: Form
do:
  - id: form
    block: request_information
    with:
      to: [user_%(bob)d, user_%(fay)d]
      title: Fill in
      decline: true
      comment: on_decline
      fields:
        count: {type: number, title: Count, required: true}
        who: {type: person, title: Who, among: ["user_%(bob)d"]}
        way: {type: choice, title: Way, choices: {air: By air, sea: By sea}}
  - block: status_text
    with: {text: "{=form:declined}"}
"""


@pytest.fixture
def asked(company: Company, publish: Publish, begin: Begin) -> Assignment:
    begin(publish(FORM % {"bob": company.bob.pk, "fay": company.fay.pk}))
    return Assignment.objects.get()


def answer(asked: Assignment, by: Person, **given: Any) -> None:
    with opened(by.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, **given)


def codes(refused: Refused) -> dict[str, str]:
    found = list(refused) if isinstance(refused, Refusals) else [refused]
    return {one.place: one.code for one in found}


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"answer": "maybe"}, {"answer": "processes.wrong_answer"}),
        ({"answer": "declined"}, {"comment": "processes.comment_missing"}),
        ({"answer": "done", "values": {}}, {"count": "processes.field_missing"}),
        (
            {"answer": "done", "values": {"count": "many", "way": "road"}},
            {"count": "processes.field_wrong", "way": "processes.field_not_offered"},
        ),
        ({"answer": "done", "values": {"count": 1, "who": "99999"}}, {"who": "processes.field_not_offered"}),
    ],
)
def test_a_wrong_answer_is_refused_with_every_place(
    asked: Assignment, company: Company, given: Mapping[str, Any], refused: Mapping[str, str]
) -> None:
    with pytest.raises(Refused) as no:
        answer(asked, company.bob, **given)
    assert codes(no.value) == refused
    assert Assignment.objects.get().status == "open"


def test_a_stranger_neither_sees_nor_answers_nor_keeps_a_draft(asked: Assignment, company: Company) -> None:
    with pytest.raises(Refused) as no:
        answer(asked, company.carol, answer="done", values={"count": 1})
    assert no.value.code == "processes.assignment_not_yours"
    with pytest.raises(Refused):
        assignment_view(asked.pk, by=company.carol.pk)
    with opened(company.carol.pk, door="screen") as call, pytest.raises(Refused):
        assignments.draft(call, assignment=asked, typed={"count": "1"})
    with opened(company.carol.pk, door="screen") as call, pytest.raises(Refused):
        assignments.delegate(call, assignment=asked, to=company.carol.pk)


# HS-2
def test_a_form_that_is_declined_lets_the_process_see_it(asked: Assignment, company: Company) -> None:
    answer(asked, company.bob, answer="declined", comment="Not mine")
    instance = Instance.objects.get()
    assert (instance.status, instance.status_text) == (Standing.COMPLETED, "yes")


def test_a_draft_is_kept_for_its_person_and_goes_with_the_answer(asked: Assignment, company: Company) -> None:
    with opened(company.bob.pk, door="screen") as call:
        assignments.draft(call, assignment=asked, typed={"count": "4"})
    assert assignment_view(asked.pk, by=company.bob.pk).typed == {"count": "4"}
    assert assignment_view(asked.pk, by=company.fay.pk).typed == {}
    answer(asked, company.bob, answer="done", values={"count": "4"})
    assert not Draft.objects.exists()


def test_a_head_hands_over_what_waits_for_his_people_and_the_inbox_follows(asked: Assignment, company: Company) -> None:
    with opened(company.alice.pk, door="screen") as call:
        assignments.delegate(call, assignment=asked, to=company.carol.pk, person=company.bob.pk)
    waiting = set(Waiting.objects.filter(closed_at=None).values_list("person", flat=True))
    assert waiting == {company.carol.pk, company.fay.pk}
    with opened(company.carol.pk, door="screen") as call, pytest.raises(Refused) as no:
        assignments.delegate(call, assignment=asked, to=company.fay.pk)
    assert no.value.code == "processes.delegated_twice"
    answer(asked, company.carol, answer="done", values={"count": "1", "who": company.bob.pk, "way": "sea"})
    assert not Waiting.objects.filter(closed_at=None).exists()


def test_a_process_that_is_ended_takes_its_questions_back(asked: Assignment, company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        instances.terminate(call, instance=Instance.objects.get(), reason="Not needed")
    worker.run_until_idle()
    assert Assignment.objects.get().status == "withdrawn"
    assert not Waiting.objects.filter(closed_at=None).exists()
    with pytest.raises(Refused) as no:
        answer(asked, company.bob, answer="done", values={"count": "1"})
    assert no.value.code == "processes.assignment_taken_back"
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as over:
        instances.terminate(call, instance=Instance.objects.get())
    assert over.value.code == "processes.instance_over"


def test_a_stranger_ends_and_mends_nothing(asked: Assignment, company: Company) -> None:
    instance = Instance.objects.get()
    incident = Incident.objects.create(
        definition=instance.definition, instance=instance, code="processes.defect", at=instance.started_at
    )
    with opened(company.carol.pk, door="screen") as call:
        for act in (
            lambda: instances.terminate(call, instance=instance),
            lambda: incidents.retry(call, incident=incident),
            lambda: incidents.skip(call, incident=incident),
        ):
            with pytest.raises(Refused) as no:
                act()
            assert no.value.code == "kit.forbidden"


def test_an_instance_says_whom_it_waits_for_and_what_comes_next(asked: Assignment, company: Company) -> None:
    seen = instance_view(Instance.objects.get().pk, by=company.ann.pk)
    assert seen.state == "person"
    assert [name for _, name in seen.waits[0].people] == ["Bob Petrov", "Fay Titova"]
    assert len(seen.next) == 1
    answer(asked, company.bob, answer="done", values={"count": "4"})
    lines = journal(Instance.objects.get())
    assert [line.what for line in lines if line.what in ("given", "answered")] == ["given", "answered"]
    assert next(line for line in lines if line.what == "answered").values["count"] == 4
