"""Definitions in stages through the real shell: who gets a stage, what leaves it, what its protocol says."""

import json
from datetime import timedelta

import pytest

from potok.crm.deals.public import Deal
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Missing, Refusals, Refused
from potok.people import presence
from potok.people.models import Person
from potok.people.public import persons
from potok.processes import worker
from potok.processes.models import Assignment, Command, Definition, Instance, StageVisit, Standing, Variables
from potok.processes.operations import assignments, commands, instances
from potok.records import public as records
from potok.tasks import public as tasks
from potok.tasks.public import Task
from tests.company import Company
from tests.processes.conftest import Begin, Publish

LOST = """
definition: lost-clients
title: Lost clients
record: crm.deal
stages:
  call:
    title: Call
    begin: true
    responsible: [user_{alice}, user_{bob}]
    results:
      ready: {{title: Ready to talk, to: offer}}
      unreached: {{title: Not reached, to: rest}}
      refused: {{title: Refused, to: lost, comment: required}}
  offer:
    title: Offer
    results:
      agreed: {{title: Agreed, to: back}}
  rest:
    title: Rest
    pause: {{for: 30 days}}
    then: call
  back: {{title: Came back, end: true}}
  lost: {{title: Lost, end: true}}
"""


@pytest.fixture
def lost(company: Company, publish: Publish, deal: Deal, begin: Begin) -> Instance:
    """A run of the stages above, begun by the administrator while Bob is online."""
    presence.see(company.bob.pk)
    definition = publish(LOST.format(alice=company.alice.pk, bob=company.bob.pk))
    return begin(definition, record=deal.ref)


def open_one() -> Assignment:
    worker.run_until_idle()
    return Assignment.objects.get(status="open")


def answer(by: Person, result: str, *, comment: str = "", **values: object) -> None:
    with opened(by.pk, door="screen") as call:
        assignments.complete(call, assignment=open_one(), answer=result, comment=comment, values=values)
    worker.run_until_idle()


def asked() -> tuple[str, list[int]]:
    one = open_one()
    return one.title, list(one.assignees.values_list("person", flat=True))


# RC-8, RC-9
def test_a_stage_goes_to_the_first_of_its_list_who_is_online(company: Company, lost: Instance) -> None:
    assert asked() == ("Call", [company.bob.pk])
    visit = StageVisit.objects.get()
    assert (visit.stage, visit.state, visit.responsible) == ("call", "not_started", company.bob)
    assert Instance.objects.get().status_text == "Call"


# RC-10
def test_whoever_leads_on_chooses_by_hand_where_nobody_is_listed(company: Company, lost: Instance) -> None:
    answer(company.bob, "ready")
    assert asked() == ("Offer", [company.bob.pk])
    answer(company.bob, "appointed", responsible=company.carol.pk)
    assert asked() == ("Offer", [company.carol.pk])
    assert StageVisit.objects.get(stage="offer").responsible == company.carol


# RC-7, RJ-6
def test_the_next_responsible_may_be_named_with_the_result(company: Company, lost: Instance) -> None:
    answer(company.bob, "ready", comment="Glad", next_responsible=company.carol.pk)
    assert asked() == ("Offer", [company.carol.pk])
    visit = StageVisit.objects.get(stage="call")
    assert (visit.state, visit.result, visit.outcome, visit.comment) == ("done", "ready", "Ready to talk", "Glad")
    assert visit.by == company.bob


# RC-7, RJ-11
def test_reaching_an_end_ends_the_run(company: Company, lost: Instance) -> None:
    answer(company.bob, "ready", next_responsible=company.carol.pk)
    answer(company.carol, "agreed")
    run = Instance.objects.get()
    assert (run.status, run.status_text) == (Standing.COMPLETED, "Came back")
    assert [(one.stage, one.state) for one in StageVisit.objects.all()] == [
        ("call", "done"), ("offer", "done"), ("back", "done"),
    ]  # fmt: skip


def test_a_result_may_need_a_comment(company: Company, lost: Instance) -> None:
    with pytest.raises(Refused) as refused:
        answer(company.bob, "refused")
    assert refused.value.code == "processes.comment_missing"


# RC-13, RC-15
def test_after_a_pause_the_first_listed_gets_the_stage_though_nobody_is_online(
    company: Company, lost: Instance
) -> None:
    answer(company.bob, "unreached")
    assert not Assignment.objects.filter(status="open").exists()
    with clock.wound(timedelta(days=31)):
        assert asked() == ("Call", [company.alice.pk])


# RC-15
def test_a_run_that_a_trigger_started_goes_to_the_owner_of_the_definition(
    company: Company, publish: Publish, deal: Deal
) -> None:
    publish(
        "definition: paid\nrecord: crm.deal\nstart: [{became: {field: stage, value: PAID}}]\nstages:\n"
        "  check: {title: Check, begin: true, results: {ok: {title: Fine, to: z}}}\n  z: {end: true}\n"
    )
    with opened(company.bob.pk, door="start_up") as call:
        records.verbs["crm.deal"].move(call.by_system(), record=deal, stage="PAID")
    assert asked() == ("Check", [company.ann.pk])


ALL = """
definition: all-of-it
record: crm.deal
access: [user_{carol}]
variables: {{times: {{type: number, default: 0}}}}
stages:
  work:
    title: Work
    status: In good hands
    begin: true
    responsible: user_{bob}
    task: {{title: Call the client, blocks: true}}
    activity: {{type: Call, comment: 'About {{=Document:title}}'}}
    fields: {{size: {{type: number, title: Size, required: true}}}}
    results:
      done: {{title: Done, to: done}}
    on:
      - pause: {{for: 3 days}}
        do:
          - set: {{times: '={{=Variable:times}} + 1'}}
      - title: Won by itself
        wait: {{when: {{field: stage, value: WON}}}}
        go: won
    leave:
      - block: status_text
        with: {{text: 'Left: {{=Variable:stage_comment}} {{=Variable:size}}'}}
      - pause: {{for: 1 hour}}
  done: {{title: Finished, end: true}}
  won: {{title: Won, end: true}}
"""


@pytest.fixture
def whole(company: Company, publish: Publish, deal: Deal, begin: Begin) -> Instance:
    presence.see(company.bob.pk)
    return begin(publish(ALL.format(bob=company.bob.pk, carol=company.carol.pk)), record=deal.ref)


def test_a_stage_says_where_the_process_stands_and_notes_what_it_is_about(
    company: Company, whole: Instance, deal: Deal
) -> None:
    assert Instance.objects.get().status_text == "In good hands"
    assert records.Comment.objects.get(record_id=deal.pk).text == "Call: About Pump house"
    assert Task.objects.get().responsible == company.bob


# RC-11
def test_a_blocking_task_holds_the_stage_though_its_result_is_known(company: Company, whole: Instance) -> None:
    answer(company.bob, "done", comment="Fine", size=3)
    assert StageVisit.objects.get().state != "done"
    with opened(company.bob.pk, door="screen") as call:
        tasks.complete(call, task=Task.objects.get())
    worker.run_until_idle()
    assert StageVisit.objects.get().outcome == "Done"
    assert Instance.objects.get().status_text == "Left: Fine 3"
    with clock.wound(timedelta(hours=2)):
        worker.run_until_idle()
    assert Instance.objects.get().status_text == "Finished"


def test_a_timer_of_a_stage_acts_once_and_the_stage_stays(company: Company, whole: Instance) -> None:
    with clock.wound(timedelta(days=4)):
        worker.run_until_idle()
        worker.run_until_idle()
    assert json.loads(bytes(Variables.objects.get().data))["Variable"]["times"] == 1
    assert asked() == ("Work", [company.bob.pk])


def test_what_happens_leads_out_of_a_stage_and_takes_back_what_it_asked(
    company: Company, whole: Instance, deal: Deal
) -> None:
    with opened(company.bob.pk, door="start_up") as call:
        records.verbs["crm.deal"].move(call.by_system(), record=deal, stage="WON")
    worker.run_until_idle()
    assert not Assignment.objects.filter(status="open").exists()
    visit = StageVisit.objects.get()
    assert (visit.outcome, visit.by, visit.state) == ("Won by itself", None, "done")


# RC-6
def test_everything_wrong_with_stages_is_refused_at_once_and_nothing_can_start(
    company: Company, publish: Publish
) -> None:
    with pytest.raises(Refusals) as refused:
        publish("definition: wrong\nstages:\n  a: {begin: true}\n  b: {then: c}\n  c: {begin: true, end: true}\n")
    assert {one.code for one in refused.value.refused} == {
        "stages.no_way_on", "stages.two_begins", "stages.begin_and_end", "stages.never_entered",
    }  # fmt: skip
    assert not Definition.objects.filter(code="wrong").exists()


COMMANDS = """
definition: contract
record: crm.deal
stages:
  approval:
    title: Approval
    begin: true
    enter:
      - id: asked
        block: approve
        with: {{to: user_{alice}, title: Approve the contract}}
      - if:
          - when: '{{=asked:approved}}'
            do: [{{go: signed}}]
      - go: rework
    on:
      - command: Withdraw
        to: [user_{bob}]
        go: rework
      - id: reminded
        command: Remind
        to: [user_{bob}]
        do:
          - block: status_text
            with: {{text: 'Reminded by {{=reminded:by}}'}}
  rework:
    title: Rework
    responsible: user_{bob}
    text: 'What was wrong: {{=asked:comment}}'
    results: {{again: {{title: Send again, to: approval}}}}
  signed: {{title: Signed, end: true}}
"""


@pytest.fixture
def contract(company: Company, publish: Publish, deal: Deal, begin: Begin) -> Instance:
    presence.see(company.bob.pk)
    return begin(publish(COMMANDS.format(alice=company.alice.pk, bob=company.bob.pk)), record=deal.ref)


def give(by: Person, title: str) -> None:
    with opened(by.pk, door="screen") as call:
        commands.give(call, command=Command.objects.get(title=title, status="open"))
    worker.run_until_idle()


# PF-2
def test_a_command_leaves_a_stage_while_its_approval_waits_and_says_who_gave_it(
    company: Company, contract: Instance
) -> None:
    assert asked() == ("Approve the contract", [company.alice.pk])
    give(company.bob, "Withdraw")
    visit = StageVisit.objects.get(stage="approval")
    assert (visit.outcome, visit.by) == ("Withdraw", company.bob)
    assert asked() == ("Rework", [company.bob.pk])


def test_a_command_that_stays_may_be_given_again(company: Company, contract: Instance) -> None:
    give(company.bob, "Remind")
    give(company.bob, "Remind")
    assert Instance.objects.get().status_text == "Reminded by Bob Petrov"
    assert asked() == ("Approve the contract", [company.alice.pk])


# PF-2, PF-12, PF-20
def test_a_stage_is_come_back_to_as_often_as_its_steps_say(company: Company, contract: Instance) -> None:
    for _ in range(2):
        answer(company.alice, "rejected", comment="No stamp")
        assert open_one().description == "What was wrong: No stamp"
        answer(company.bob, "again")
    answer(company.alice, "approved")
    assert [one.stage for one in StageVisit.objects.all()] == [
        "approval", "rework", "approval", "rework", "approval", "signed",
    ]  # fmt: skip


RIGHTS = """
definition: rights
record: crm.deal
stages:
  frozen:
    title: Being approved
    begin: true
    responsible: user_{bob}
    permissions: {{edit: user_{alice}, see: [user_{alice}, user_{bob}]}}
    results: {{on: {{title: Approved, to: open}}}}
  open:
    title: In force
    responsible: user_{bob}
    results: {{on: {{title: Over, to: done}}}}
  done: {{title: Done, end: true}}
"""


@pytest.fixture
def guarded(company: Company, publish: Publish, deal: Deal, begin: Begin) -> Instance:
    for permission in ("crm.deal.see", "crm.deal.edit", "crm.deal.remove"):
        company.grant(permission)
    presence.see(company.bob.pk)
    return begin(publish(RIGHTS.format(alice=company.alice.pk, bob=company.bob.pk)), record=deal.ref)


def change(by: Person, deal: Deal) -> None:
    with opened(by.pk, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={"title": f"By {by}"})


def test_on_a_stage_only_those_named_change_the_record_and_administrators(
    company: Company, guarded: Instance, deal: Deal
) -> None:
    for allowed in (company.alice, company.ann):
        change(allowed, deal)
    with pytest.raises(Refused) as refused:
        change(company.bob, deal)
    assert refused.value.code == "processes.stage_forbids"


# PF-2
def test_on_a_stage_only_those_named_see_the_record(company: Company, guarded: Instance, deal: Deal) -> None:
    of = records.type_named("crm.deal")
    seen = [person for person in (company.alice, company.bob, company.ann, company.carol, company.dan)
            if records.rows(of, by=person.pk).exists()]  # fmt: skip
    assert seen == [company.alice, company.bob, company.ann]
    with pytest.raises(Missing):
        records.find(of, deal.pk, by=company.carol.pk)


def test_what_a_stage_does_not_name_is_as_everywhere(company: Company, guarded: Instance, deal: Deal) -> None:
    with opened(company.bob.pk, door="screen") as call:
        records.verbs["crm.deal"].remove(call, record=deal)
        records.verbs["crm.deal"].restore(call, record=deal)


def test_with_the_stage_its_rights_end(company: Company, guarded: Instance, deal: Deal) -> None:
    worker.run_until_idle()
    answer(company.bob, "on")
    change(company.carol, deal)
    assert records.rows(records.type_named("crm.deal"), by=company.dan.pk).exists()


def test_with_the_run_the_rights_of_its_stage_end(company: Company, guarded: Instance, deal: Deal) -> None:
    with opened(company.ann.pk, door="screen") as call:
        instances.terminate(call, instance=guarded)
    worker.run_until_idle()
    change(company.carol, deal)


def test_a_responsible_person_who_has_left_keeps_a_definition_from_being_published(
    company: Company, publish: Publish
) -> None:
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.fay)
    with pytest.raises(Refusals) as refused:
        publish(LOST.format(alice=company.alice.pk, bob=company.fay.pk))
    assert [one.code for one in refused.value.refused] == ["tree.unknown_person"]
