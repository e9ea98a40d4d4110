"""What stages promise, by the rows of the requirements that no other test here names."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from potok.calendar import public as calendar
from potok.crm.deals.public import Deal
from potok.kit import clock
from potok.kit.doors import opened
from potok.notify.public import Waiting
from potok.people import presence
from potok.processes import worker
from potok.processes.models import Assignment, Instance, StageVisit, Standing
from potok.processes.operations import assignments, instances
from potok.processes.operations import stages as running
from potok.records import public as records
from potok.tasks.public import Task
from tests.company import Company
from tests.processes.conftest import Begin, Publish

Led = Callable[[str], Instance]
HEAD = "definition: stages\nrecord: crm.deal\nstages:\n"
END = "  over: {title: Over, end: true}\n"


@pytest.fixture
def led(company: Company, publish: Publish, deal: Deal, begin: Begin) -> Led:
    """Begin a run of one stage, which is Bob's, with more written in it."""

    def run(more: str) -> Instance:
        presence.see(company.bob.pk)
        stage = f"  work:\n    title: Work\n    begin: true\n    responsible: user_{company.bob.pk}\n{more}"
        instance = begin(publish(HEAD + stage + END), record=deal.ref)
        worker.run_until_idle()
        return instance

    return run


def answer(by: int, result: str) -> None:
    with opened(by, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(status="open"), answer=result)
    worker.run_until_idle()


RESULT = "    results: {done: {title: Done, to: over}}\n"


# RC-11
def test_a_task_of_a_stage_comes_later_if_it_is_delayed(company: Company, led: Led) -> None:
    led("    task: {title: Call again, after: 2 hours}\n" + RESULT)
    assert not Task.objects.exists()
    with clock.wound(timedelta(hours=3)):
        worker.run_until_idle()
        assert (Task.objects.get().title, Task.objects.get().responsible) == ("Call again", company.bob)
    assert Assignment.objects.get().status == "open"


# RC-11
def test_a_delayed_task_does_not_come_to_a_stage_that_is_over(company: Company, led: Led) -> None:
    led("    task: {title: Call again, after: 2 hours}\n" + RESULT)
    answer(company.bob.pk, "done")
    with clock.wound(timedelta(hours=3)):
        worker.run_until_idle()
    assert not Task.objects.exists()


# RC-12
def test_an_event_of_a_stage_stands_on_the_card_with_its_type_and_comment(
    company: Company, led: Led, deal: Deal
) -> None:
    led("    activity: {type: Meeting, comment: 'On {=Document:title}'}\n" + RESULT)
    assert records.Comment.objects.get(record_id=deal.pk).text == "Meeting: On Pump house"
    (event,) = calendar.about(deal.ref, by=company.bob.pk)
    assert (event.person, event.title, event.text, event.kind) == (company.bob, "Meeting", "On Pump house", "MEETING")


# RC-13, PF-14
@pytest.mark.parametrize(("lasts", "before", "after"), [
    ("1 minute", timedelta(seconds=50), timedelta(seconds=20)),
    ("30 days", timedelta(days=29), timedelta(days=2)),
    ("3 years", timedelta(days=1094), timedelta(days=3)),
])  # fmt: skip
def test_a_stage_rests_from_a_minute_to_years_and_goes_on_by_itself(
    company: Company, led: Led, lasts: str, before: timedelta, after: timedelta
) -> None:
    led(f"    pause: {{for: {lasts}}}\n    then: over\n")
    with clock.wound(before):
        worker.run_until_idle()
        assert Instance.objects.get().status != Standing.COMPLETED
        with clock.wound(after):
            worker.run_until_idle()
    assert Instance.objects.get().status == Standing.COMPLETED


CHILD = """
definition: child
title: Child
record: crm.deal
do:
  - {id: rest, pause: {for: 2 days}}
"""


# RC-14, PF-16
@pytest.mark.parametrize(("wait", "asked_at_once"), [("", False), (", wait: false", True)])
def test_a_stage_runs_another_process_and_waits_for_it_or_not(
    company: Company, publish: Publish, led: Led, wait: str, asked_at_once: bool
) -> None:
    publish(CHILD)
    run: Instance = led(f"    run: [{{id: sub, run: child{wait}}}]\n" + RESULT)
    child = Instance.objects.get(definition__code="child")
    assert child.parent_id == run.pk
    assert Assignment.objects.filter(status="open").exists() is asked_at_once
    with clock.wound(timedelta(days=3)):
        worker.run_until_idle()
    assert Instance.objects.get(pk=child.pk).status == Standing.COMPLETED
    assert Assignment.objects.get().status == "open"


# RJ-1, RJ-2
def test_a_run_starts_on_a_record_with_what_the_start_asks_for(
    company: Company, publish: Publish, deal: Deal, begin: Begin
) -> None:
    asks = "definition: asks\nrecord: crm.deal\nparameters: {why: {type: text, title: Why, required: true}}\nstages:\n"
    first = "  a: {title: A, begin: true, responsible: '{=Workflow:initiator}', text: '{=Template:why}', %s}\n"
    definition = publish(asks + first % "results: {ok: {to: z}}" + "  z: {end: true}\n")
    presence.see(company.bob.pk)
    company.grant("processes.instance.start")
    with opened(company.bob.pk, door="screen") as call:
        run = instances.start(call, definition=definition, record=deal.ref, inputs={"why": "The client called"})
    worker.run_until_idle()
    assert (run.initiator, run.record_id) == (company.bob, deal.pk)
    assert Assignment.objects.get().description == "The client called"


# RJ-3
def test_a_start_puts_the_run_on_its_first_stage_and_tells_the_responsible(company: Company, led: Led) -> None:
    led(RESULT)
    visit = StageVisit.objects.get()
    assert (visit.stage, visit.state, visit.responsible) == ("work", "not_started", company.bob)
    waiting = Waiting.objects.get(person=company.bob, closed_at=None)
    assert waiting.title == "Work"


# RJ-10
def test_the_worker_takes_it_up_and_its_result_chooses_the_way(company: Company, led: Led) -> None:
    run: Instance = led(RESULT)
    with opened(company.bob.pk, door="screen") as call:
        running.begin(call, instance=run)
    assert StageVisit.objects.get().state == "in_progress"
    answer(company.bob.pk, "done")
    # RJ-11
    assert [(one.stage, one.state) for one in StageVisit.objects.all()] == [("work", "done"), ("over", "done")]
    assert Instance.objects.get().status == Standing.COMPLETED
