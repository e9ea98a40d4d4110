"""Processes call processes, race, save, and fail in words."""

import json

import pytest
from django.utils.translation import override

from potok.engine.run import FieldOf, Unknown
from potok.engine.values import PersonRef
from potok.kit.doors import opened
from potok.kit.errors import Refused, Trouble
from potok.kit.events import gathered
from potok.kit.models import Outgoing
from potok.processes import facts, worker
from potok.processes.block import blocks
from potok.processes.models import Assignment, Definition, Incident, Instance, Standing, Timer
from potok.processes.operations import assignments, incidents, instances
from potok.processes.palette import palette
from potok.processes.queries import incident_lines
from potok.processes.reactions import note
from tests.company import Company
from tests.processes import stubs  # noqa: F401 (it declares the block)
from tests.processes.conftest import Begin, Publish

CHILD = """
definition: child
title: Child
parameters:
  words: {type: text, required: true}
variables:
  told: {type: text}
results: [told]
do:
  - block: approve
    with: {to: user_%d, title: "{=Template:words}", comment: none}
  - set: {told: "{=Template:words} and back"}
"""
PARENT = """
definition: parent
title: Parent
do:
  - id: inner
    run: child
    with: {words: There}
    wait: true
  - block: status_text
    with: {text: "{=inner:told}"}
"""
RACE = """
definition: race
title: Race
do:
  - race:
      - id: ask
        block: approve
        with: {to: user_%d, title: Quick, comment: none}
        do:
          - block: status_text
            with: {text: Answered}
      - pause: {for: 1 day}
        do:
          - block: status_text
            with: {text: Late}
"""


def approve(company: Company) -> None:
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(status="open"), answer="approved")
    worker.run_until_idle()


# PF-16
def test_a_process_waits_for_the_one_it_calls_and_takes_its_results(
    company: Company, publish: Publish, begin: Begin
) -> None:
    publish(CHILD % company.bob.pk)
    parent = begin(publish(PARENT))
    worker.run_until_idle()
    approve(company)
    assert Instance.objects.get(pk=parent.pk).status_text == "There and back"
    assert set(Instance.objects.values_list("status", flat=True)) == {Standing.COMPLETED}


def test_ending_a_process_ends_the_one_it_waits_for(company: Company, publish: Publish, begin: Begin) -> None:
    publish(CHILD % company.bob.pk)
    parent = begin(publish(PARENT))
    worker.run_until_idle()
    with opened(company.ann.pk, door="screen") as call:
        instances.terminate(call, instance=parent)
    worker.run_until_idle()
    assert set(Instance.objects.values_list("status", flat=True)) == {Standing.TERMINATED}
    assert Assignment.objects.get().status == "withdrawn"


def test_of_a_race_one_way_is_taken_and_the_other_is_taken_back(
    company: Company, publish: Publish, begin: Begin
) -> None:
    instance = begin(publish(RACE % company.bob.pk))
    approve(company)
    assert Instance.objects.get(pk=instance.pk).status_text == "Answered"
    assert not Timer.objects.exists()


def test_an_incident_says_what_to_do(company: Company, publish: Publish, begin: Begin) -> None:
    source = (
        "definition: g\ntitle: G\ndo:\n  - block: task_add\n    with: {title: T, responsible: user_%d, group: None}\n"
    )
    begin(publish(source % company.bob.pk))
    assert Incident.objects.get().code == "processes.no_group"
    with override("en"):
        assert "correct the definition" in incident_lines()[0].sentence
    with opened(company.ann.pk, door="screen") as call:
        incidents.skip(call, incident=Incident.objects.get())
        with pytest.raises(Refused) as twice:
            incidents.retry(call, incident=Incident.objects.get())
    assert twice.value.code == "processes.incident_closed"


def test_a_block_that_is_gone_is_an_incident(company: Company, publish: Publish, begin: Begin) -> None:
    source = "definition: r\ntitle: R\ndo:\n  - block: tests_stub\n    with: {title: T, person: %d}\n"
    definition, stub = publish(source % company.bob.pk), blocks["tests_stub"]
    blocks.drop("tests_stub")
    begin(definition)
    blocks.add("tests_stub", stub)
    assert Incident.objects.get().code == "processes.no_block"


def test_a_person_who_is_gone_is_told_of_by_name_of_the_trouble() -> None:
    found = facts._of_person(FieldOf(PersonRef(9), "name"), None, {}, {})
    assert isinstance(found, Unknown)
    assert found.code == "processes.person_gone"


def test_what_has_no_version_or_no_manual_start_is_not_started(company: Company, publish: Publish) -> None:
    later = publish("definition: l\ntitle: L\nrecord: crm.deal\nstart: [created]\ndo:\n  - pause: {for: 1 day}\n")
    with opened(company.ann.pk, door="screen") as call:
        empty = Definition.objects.create(code="empty", title="Empty", changed_at=call.at)
        for definition, code in ((empty, "processes.no_definition"), (later, "processes.not_by_hand")):
            with pytest.raises(Refused) as no:
                instances.start(call, definition=definition)
            assert no.value.code == code


def test_the_palette_is_json() -> None:
    told = {each["name"]: each for each in json.loads(json.dumps(palette()))}
    assert told["approve"]["waits"]
    assert [each["name"] for each in told["status_text"]["params"]] == ["text"]


def test_what_could_not_be_delivered_becomes_an_incident(company: Company, publish: Publish, begin: Begin) -> None:
    instance = begin(publish(RACE % company.bob.pk))
    parcel = Outgoing(kind="mail", payload={}, key="1:2", instance=instance.pk)
    with gathered():
        note(parcel, Trouble("mail.gone", "The server is silent.", lasting=True))
    incident = Incident.objects.get()
    assert (incident.code, incident.fields["trouble"]) == ("processes.undelivered", "The server is silent.")
    assert Instance.objects.get().status == Standing.WAITING
