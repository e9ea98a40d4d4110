"""Killing the worker at any of its calls to the database changes nothing in what its instances do."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.notify.public import Notice
from potok.processes import worker
from potok.processes.models import Assignment, Inbox, Instance, Journal, Ready, Subscription, Timer
from potok.processes.operations import assignments
from potok.processes.queries.entries import entries_of
from potok.records import public as records
from potok.records.public import History
from potok.tasks import public as tasks
from tests.chaos.harness import How, Kill, Step, play
from tests.company import Company
from tests.processes.conftest import Publish, begin, company, deals, publish  # noqa: F401 (fixtures)

SOURCE = """
definition: crash
title: Crash
record: crm.deal
start:
  - became: {field: stage, value: PAID}
do:
  - block: record_change
    with: {fields: {stage: IN_PROGRESS}}
  - id: form
    block: request_information
    with:
      to: user_%(alice)d
      title: Whom shall we send?
      fields:
        employee: {type: person, required: true}
  - parallel:
      - do:
          - id: visit
            block: task_add
            with: {title: "Go to {=Document:title}", responsible: "{=Variable:employee}"}
      - do:
          - block: notify_person
            with: {to: user_%(alice)d, text: "{=Document:title} has begun"}
  - block: record_change
    with: {fields: {stage: WON}}
"""


@pytest.fixture
def scenario(
    publish: Publish,  # noqa: F811
    deals: None,  # noqa: F811
    company: Company,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], tuple[Deal, list[Step]]]:
    """A deal of its own, and what people do with it."""
    publish(SOURCE % {"alice": company.alice.pk})
    # Whatever people do, the worker carries it on; otherwise their own request would.
    monkeypatch.setattr(worker, "advance_now", lambda instances: None)

    def begin_one() -> tuple[Deal, list[Step]]:
        with opened(None, door="start_up") as call:
            deal = records.verbs["crm.deal"].add(call, values={"title": "Deal", "responsible": company.bob.pk})
        return deal, [lambda: _pay(deal), lambda: _answer(deal, company), lambda: _complete(deal, company)]

    return begin_one


def _pay(deal: Deal) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].move(call, record=deal, stage="PAID")


def _answer(deal: Deal, company: Company) -> None:  # noqa: F811
    asked = Assignment.objects.get(record_id=deal.pk, status="open")
    with opened(company.alice.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer="done", values={"employee": company.bob.pk})


def _complete(deal: Deal, company: Company) -> None:  # noqa: F811
    task = tasks.Task.objects.get(instance=Instance.objects.get(record_id=deal.pk).pk)
    with opened(company.bob.pk, door="screen") as call:
        tasks.complete(call, task=task)


def outcome(deal: Deal) -> Mapping[str, Any]:
    """Everything the process has made of a deal, without ids and moments."""
    instance = Instance.objects.get(record_type="crm.deal", record_id=deal.pk)
    history = History.objects.filter(record_type="crm.deal", record_id=deal.pk).order_by("revision")
    return {
        "status": instance.status,
        "history": list(history.values_list("revision", "kind", "before", "after", "cause__door")),
        "tasks": list(tasks.Task.objects.filter(instance=instance.pk).values_list("title", "status")),
        "assignments": list(Assignment.objects.filter(instance=instance).values_list("title", "status")),
        "notices": list(Notice.objects.filter(record_id=deal.pk, kind="process").values_list("text", flat=True)),
        "journal": [(entry.what, entry.token, entry.node) for _, entry in entries_of(instance.pk)],
        "numbers": list(Journal.objects.filter(instance_id=instance.pk).values_list("number", flat=True)),
        "left": [
            model.objects.filter(instance_id=instance.pk).count() for model in (Ready, Timer, Inbox, Subscription)
        ],
    }


@pytest.mark.parametrize("how", list(How))
def test_a_worker_killed_at_any_call_changes_nothing(
    scenario: Callable[[], tuple[Deal, list[Step]]], tmp_path: Path, how: How
) -> None:
    notes = tmp_path / "calls"
    deal, steps = scenario()
    made = play(steps, kill=None, notes=notes)
    undisturbed = outcome(deal)
    assert undisturbed["left"] == [0, 0, 0, 0]
    for call in calls_to_kill_at(how, made):
        deal, steps = scenario()
        play(steps, kill=Kill(call, how), notes=notes)
        assert outcome(deal) == undisturbed, f"killed {how} call {call} of {made[-1]}"


def calls_to_kill_at(how: How, made: list[int]) -> list[int]:
    """Dying after a call is dying before the next one, but for the last calls of a worker, the commit among them.

    A connection that the server cuts leaves the same database behind as a death; it is tried at every seventh call, to
    see that the worker looks for another one.
    """
    if how is How.AFTER:
        return sorted({call for last in made for call in range(last - 5, last + 1)})
    return list(range(1, made[-1] + 1, 7 if how is How.SERVER else 1))
