"""The service-control story of the first seed, by operations alone: every step, every person, twice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.mail.public import Letter
from potok.people.public import Person, groups
from potok.processes import worker
from potok.processes.models import Assignment, Incident, Instance, Standing, StartLog
from potok.processes.operations import assignments
from potok.records import public as records
from potok.tasks import public as tasks
from tests.company import Company
from tests.processes.conftest import Publish

SOURCE = Path(__file__).parents[1] / "engine" / "notation" / "service_control.yaml"


@pytest.fixture
def story(publish: Publish, deals: None, company: Company) -> None:
    with opened(None, door="start_up") as call:
        groups.add(call, name="Продажи", people=[company.alice, company.bob])
    publish(SOURCE.read_text())


def move(deal: Deal, stage: str, *, by: Person) -> None:
    with opened(by.pk, door="screen") as call:
        records.verbs["crm.deal"].move(call.by_system(), record=deal, stage=stage)
    worker.run_until_idle()


def answer(by: Person, *, answer: str = "done", values: Mapping[str, Any] | None = None, comment: str = "") -> None:
    asked = Assignment.objects.get(status="open", assignees__person=by)
    with opened(by.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer=answer, values=values, comment=comment)


def finish_task(by: Person) -> tasks.Task:
    task = tasks.Task.objects.get(responsible=by, closed_at=None, title__startswith="Забрать")
    with opened(by.pk, door="screen") as call:
        tasks.complete(call, task=task)
    worker.run_until_idle()
    return task


def stage_of(deal: Deal) -> str:
    return str(Deal.objects.select_related("stage").get(pk=deal.pk).stage.code)  # type: ignore[union-attr]


def test_the_deal_goes_from_paid_to_won(story: None, deal: Deal, company: Company) -> None:
    alice, bob = company.alice, company.bob
    move(deal, "PAID", by=bob)
    asked = Assignment.objects.get(status="open")
    assert [part.person for part in asked.assignees.all()] == [alice]
    assert "Pump house" in asked.description

    answer(alice, values={"employee": company.fay.pk})
    assert stage_of(deal) == "IN_PROGRESS"
    answer(alice, values={"documents": "Contract\nAct"})

    visit = finish_task(company.fay)
    assert "Contract\nAct" in visit.description
    assert visit.observers == [bob.pk]
    assert visit.records == [f"crm.deal:{deal.pk}"] or visit.records

    answer(bob, answer="rejected", comment="No signature on page 2")
    rework = finish_task(company.fay)
    assert "No signature on page 2" in rework.description

    answer(bob, answer="approved")
    report = tasks.Task.objects.get(responsible=alice)
    assert tasks.Task.objects.filter(responsible=bob).count() == 1
    with opened(alice.pk, door="screen") as call:
        tasks.complete(call, task=report)
    worker.run_until_idle()

    assert [one.code for one in Incident.objects.all()] == []
    assert stage_of(deal) == "WON"
    assert Instance.objects.get().status == Standing.COMPLETED
    letter = Letter.objects.get()
    assert (letter.to, letter.by) == (["client@firm.example"], bob)


def test_edited_while_paid_it_does_not_start_again_but_rolled_back_and_paid_it_does(
    story: None, deal: Deal, company: Company
) -> None:
    move(deal, "PAID", by=company.bob)
    with opened(company.bob.pk, door="screen") as call:
        records.verbs["crm.deal"].change(call.by_system(), record=deal, values={"title": "Pump house 2"})
    assert StartLog.objects.count() == 1
    Instance.objects.update(ended_at="2026-01-01T00:00Z", status=Standing.TERMINATED)
    move(deal, "NEW", by=company.bob)
    move(deal, "PAID", by=company.bob)
    assert list(StartLog.objects.order_by("pk").values_list("outcome", flat=True)) == ["started", "started"]
