"""Bad input ends in a problem before publishing, or in an incident that says what to do; the worker goes on."""

import pytest

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.kit.errors import Refusals, Refused
from potok.people.public import persons
from potok.processes import worker
from potok.processes.models import Assignment, Definition, Incident, Instance, Standing
from potok.processes.operations import definitions, incidents, instances
from potok.processes.queries.incidents import sentence_of
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish

HEAD = """
definition: bad
record: crm.deal
variables:
  n: {type: number, default: 0}
  many: {type: text, multiple: true}
do:
"""
ASK = "- {id: ask, block: approve, with: {to: user_%s, title: Agree}}\n"

BEFORE = {
    "a process that runs itself": ("- run: bad\n", "tree.cycle"),
    "a process that is not there": ("- run: nothing\n", "tree.unknown_definition"),
    "an unknown function": ("- set: {n: '=magic(1)'}\n", "expr.unknown_function"),
    "an unknown block": ("- {block: magic}\n", "tree.unknown_block"),
    "an unknown reference": ("- set: {n: '{=Document:magic}'}\n", "expr.misspelt_name"),
    "a text where a number is wanted": ("- set: {n: '{=Document:title}'}\n", "tree.wrong_type"),
    "a number that is none": ("- set: {n: soon}\n", "tree.wrong_value"),
    "an expression of a megabyte": ("- set: {n: '=1%s'}\n" % ("+1" * 500_000), "tree.too_long"),
    "a formula that is too long": ("- set: {n: '=1%s'}\n" % ("+1" * 6_000), "expr.too_long"),
    "a formula that nests too deep": ("- set: {n: '=" + "abs(" * 150 + "1" + ")" * 150 + "'}\n", "expr.too_deep"),
    "steps that nest too deep": (f"- {'{steps: [' * 40}{{set: {{n: 1}}}}{']}' * 40}\n", "tree.too_deep"),
    "a person who does not exist": (ASK % 999_999, "tree.unknown_person"),
}  # fmt: skip


@pytest.mark.parametrize("case", BEFORE)
def test_it_is_refused_before_anything_can_start(company: Company, deals: None, publish: Publish, case: str) -> None:
    steps, code = BEFORE[case]
    with pytest.raises((Refused, Refusals)) as refused:
        publish(HEAD + steps)
    found = list(refused.value) if isinstance(refused.value, Refusals) else [refused.value]
    assert code in [one.code for one in found]
    assert all(one.sentence() for one in found)
    assert not Instance.objects.exists()


DURING = {
    "a division by zero": ("- set: {n: '=1 / {=Variable:n}'}\n", "expr.divided_by_zero"),
    "a value of another type": ("- set: {n: '={=Document:title > int}'}\n", "expr.wrong_value"),
    "a loop without end": ("- {while: '{=Variable:n} < 1', do: [{set: {n: '=0'}}]}\n", "run.endless"),
    "a list that is too long": (
        "- set: {many: '=split(\"%s\", 1)'}\n" % ("x" * 5_000)
        + "- set: {many: '=merge({=Variable:many}, {=Variable:many}, \"x\")'}\n", "expr.result_too_long"),
    "too many items at once": (
        "- set: {many: '=split(\"%s\", 1)'}\n" % ("x" * 1_001)
        + "- {id: all, each: '{=Variable:many}', at_once: true, do: [{set: {n: 1}}]}\n", "run.too_many_items"),
}  # fmt: skip


@pytest.mark.parametrize("case", DURING)
def test_the_step_stops_with_a_sentence_and_others_go_on(
    company: Company, publish: Publish, begin: Begin, deal: Deal, case: str
) -> None:
    steps, code = DURING[case]
    sound = publish("definition: sound\nrecord: crm.deal\ndo:\n- {block: status_text, with: {text: Fine}}\n")
    bad = begin(publish(HEAD + steps), record=deal.ref)
    well = begin(sound, record=deal.ref)
    worker.run_until_idle()
    incident = Incident.objects.get()
    assert (incident.code, incident.instance_id) == (code, bad.pk)
    assert sentence_of(incident)
    assert Instance.objects.get(pk=well.pk).status == Standing.COMPLETED
    # Nothing is lost: the token stands where it failed, and goes on when an operator lets it.
    with opened(company.ann.pk, door="screen") as call:
        incidents.skip(call, incident=incident)
    worker.run_until_idle()
    assert Incident.objects.filter(resolved_at=None).count() <= 1


def test_a_record_in_the_trash_holds_its_process_which_goes_on_when_it_is_back(
    company: Company, publish: Publish, begin: Begin, deal: Deal
) -> None:
    run = begin(publish(HEAD + "- {pause: {for: 1 day}}\n" + ASK % company.bob.pk), record=deal.ref)
    verbs = records.verbs["crm.deal"]
    with opened(company.ann.pk, door="screen") as call:
        verbs.remove(call, record=deal)
    worker.run_until_idle()
    assert Instance.objects.get(pk=run.pk).suspended_at is not None
    with opened(company.ann.pk, door="screen") as call:
        verbs.restore(call, record=records.find(records.type_named("crm.deal"), deal.pk, by=None))
    worker.run_until_idle()
    assert Instance.objects.get(pk=run.pk).suspended_at is None


def test_somebody_who_has_left_is_asked_by_nobody_in_silence(
    company: Company, publish: Publish, begin: Begin, deal: Deal
) -> None:
    definition = publish(HEAD + ASK % company.fay.pk)
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.fay)
    begin(definition, record=deal.ref)
    worker.run_until_idle()
    assert Incident.objects.get().code == "processes.nobody_to_ask"
    assert not Assignment.objects.filter(status="open").exists()


CALLS = "definition: calls\nrecord: crm.deal\ndo:\n- {id: sub, run: bad}\n"


def test_a_definition_that_is_switched_off_is_not_run_by_another_in_silence(
    company: Company, publish: Publish, begin: Begin, deal: Deal
) -> None:
    called, caller = publish(HEAD + ASK % company.bob.pk), publish(CALLS)
    with opened(company.ann.pk, door="screen") as call:
        definitions.switch(call, definition=called, is_active=False)
    begin(caller, record=deal.ref)
    worker.run_until_idle()
    assert sentence_of(Incident.objects.get())


def test_what_runs_goes_on_when_its_definition_is_switched_off(
    company: Company, publish: Publish, begin: Begin, deal: Deal
) -> None:
    definition = publish(HEAD + ASK % company.bob.pk)
    begin(definition, record=deal.ref)
    with opened(company.ann.pk, door="screen") as call:
        definitions.switch(call, definition=definition, is_active=False)
        with pytest.raises(Refused) as refused:
            instances.start(call, definition=Definition.objects.get(pk=definition.pk), record=deal.ref)
    assert refused.value.code == "processes.definition_off"
    assert Assignment.objects.filter(status="open").exists()
