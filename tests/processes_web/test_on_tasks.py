"""Processes that run on tasks, as people see them: on the card of the task, in the designer, on trial."""

import json
import re

import pytest

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.processes import worker
from potok.processes.models import Definition, Instance
from potok.tasks import operations
from potok.tasks.models import Task
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser

DEFINITION = """
definition: check-the-work
title: Check of the work
record: task
start:
  - manual
  - became: {field: status, value: done}
do:
  - title: Rest
    pause: {for: 2 days}
"""


@pytest.fixture
def task(company: Company) -> Task:
    with opened(company.alice.pk, door="screen") as call:
        made: Task = operations.add(call, title="Call the client", responsible=company.bob.pk)
    return made


def page(browser: Browser, company: Company, url: str) -> str:
    answer = browser(company.ann).get(url)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_a_process_is_started_on_the_card_of_a_task_and_shown_there(
    publish: Publish, company: Company, browser: Browser, task: Task
) -> None:
    definition = publish(DEFINITION)
    start = f"/definitions/{definition.pk}/start"
    assert f"{start}?record=task%3A{task.pk}" in page(browser, company, f"/tasks/{task.pk}/")
    assert "Call the client" in page(browser, company, f"{start}?record=task:{task.pk}")
    browser(company.ann).post(start, {"record": f"task:{task.pk}"})
    begun = Instance.objects.get(record_type="task", record_id=task.pk)
    shown = page(browser, company, f"/tasks/{task.pk}/")
    assert f"/instances/{begun.pk}/" in shown
    assert "Check of the work" in shown


def test_the_page_of_a_run_leads_to_its_task(publish: Publish, company: Company, browser: Browser, task: Task) -> None:
    publish(DEFINITION)
    with opened(company.bob.pk, door="screen") as call:
        operations.complete(call, task=task)
    while worker.batch():
        pass
    begun = Instance.objects.get(record_type="task", record_id=task.pk)
    for url in (f"/instances/{begun.pk}/", "/instances/"):
        shown = page(browser, company, url)
        assert f'href="/tasks/{task.pk}/"' in shown
        assert "Call the client" in shown


def test_why_tells_what_a_task_has_started(publish: Publish, company: Company, browser: Browser, task: Task) -> None:
    publish(DEFINITION)
    shown = page(browser, company, f"/why?record=task:{task.pk}&field=status&of=status&value=done")
    assert "Check of the work" in shown


def test_whoever_does_not_see_a_task_is_not_told_why(company: Company, browser: Browser, task: Task) -> None:
    assert browser(company.carol).get(f"/why?record=task:{task.pk}").status_code == 404


def test_the_designer_offers_what_happens_with_tasks(publish: Publish, company: Company, browser: Browser) -> None:
    definition = publish(DEFINITION)
    shown = page(browser, company, f"/definitions/{definition.pk}/drawing")
    found = re.search(r'<script id="designer-data" type="application/json">(.*?)</script>', shown, re.DOTALL)
    assert found
    told = json.loads(found[1])["values"]["records"]["task"]
    assert [one["name"] for one in told["offers"]] == [
        "task_completed", "task_moved", "task_overdue", "task_commented",
    ]  # fmt: skip
    assert {"status", "deadline", "deal"} <= {one["name"] for one in told["fields"]}


def test_a_definition_on_tasks_is_tried_on_a_sample_that_nobody_finds_later(
    publish: Publish, company: Company, browser: Browser, deal: Deal, task: Task
) -> None:
    definition = publish(DEFINITION)
    url = f"/definitions/{definition.pk}/trial"
    assert "/tasks/find" in page(browser, company, url)
    answer = browser(company.ann).post(url, {"the-act": "begin", "the-record": task.pk, "the-moment": ""})
    assert answer.status_code == 200
    assert Task.objects.count() == 1


def test_the_list_of_definitions_says_when_one_begins(publish: Publish, company: Company, browser: Browser) -> None:
    publish(DEFINITION)
    made = Definition.objects.get()
    assert RecordRef("task", 1).type == made.record_type
    shown = page(browser, company, f"/definitions/{made.pk}/")
    assert "«Завершена»" in shown or "“Completed”" in shown
