"""What happens with tasks starts, moves and ends processes, as changes of records do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.processes import worker
from potok.processes.models import Incident, Instance, Standing, StartLog
from potok.processes.operations import instances
from potok.tasks import comments, operations, timekeeping
from potok.tasks.models import Task
from tests.company import Company
from tests.processes.conftest import Publish

DEFINITION = """
definition: after-a-task
title: After a task
record: task
start:
  - %s
do:
  - {block: status_text, with: {text: "{=Document:title}: {=Document:status}"}}
  - pause: {for: 1 day}
"""
ON = {
    "given": "created",
    "changed": "changed",
    "handed over": "changed: {field: responsible}",
    "moved": "changed: {field: status}",
    "begun": "changed: {field: status, from: new, to: in_progress}",
    "completed": "became: {field: status, value: done}",
    "late": "became: {field: is_overdue, value: true}",
    "commented": "changed: {field: comments}",
    "removed": "deleted",
}


def act(company: Company, operation: Any, **given: Any) -> Any:
    with opened(company.alice.pk, door="screen") as call:
        return operation(call, **given)


def give(company: Company, **more: Any) -> Task:
    task: Task = act(company, operations.add, **{"title": "Call", "responsible": company.bob.pk, **more})
    return task


def do(company: Company, what: str, task: Task) -> None:
    """Let it happen to the task."""
    row = Task.objects.get(pk=task.pk)
    match what:
        case "handed over":
            act(company, operations.change, task=row, fields={"responsible": company.ann.pk})
        case "changed":
            act(company, operations.change, task=row, fields={"title": "Call them"})
        case "begun":
            act(company, operations.start, task=row)
        case "completed":
            act(company, operations.complete, task=row)
        case "late":
            clock.wind(timedelta(hours=2))
            timekeeping.serve()
        case "commented":
            act(company, comments.add, task=row, text="Nobody answers")
        case "removed":
            act(company, operations.remove, task=row)


@pytest.mark.parametrize("what", ["handed over", "changed", "begun", "completed", "late", "commented", "removed"])
def test_what_happens_with_a_task_starts_what_watches_it_and_nothing_else(
    publish: Publish, company: Company, what: str
) -> None:
    expected = {"given", what}
    expected |= {"moved"} if what in ("begun", "completed") else set()
    expected |= {"changed"} if what != "removed" else set()
    for name, trigger in ON.items():
        publish(DEFINITION.replace("after-a-task", f"after-{name.replace(' ', '-')}") % trigger)
    task = give(company, deadline=clock.now() + timedelta(hours=1))
    do(company, what, task)
    begun = StartLog.objects.filter(record_type="task", record_id=task.pk, outcome=StartLog.STARTED)
    assert {code.removeprefix("after-") for code in begun.values_list("definition__code", flat=True)} == {
        name.replace(" ", "-") for name in expected
    }


def test_a_process_reads_the_fields_of_its_task_and_of_the_record_that_it_is_about(
    publish: Publish, company: Company, deal: Deal
) -> None:
    publish(
        DEFINITION.replace("{=Document:status}", "{=Document:responsible.name}, {=Document:deal.title}")
        % "became: {field: status, value: done}"
    )
    task = give(company, records=[deal.ref])
    do(company, "completed", task)
    while worker.batch():
        pass
    assert Instance.objects.get(record_type="task").status_text == "Call: Bob, Pump house"


@pytest.mark.parametrize(("priority", "starts"), [("high", True), ("normal", False)])
def test_a_condition_looks_at_the_fields_of_the_task(
    publish: Publish, company: Company, priority: str, starts: bool
) -> None:
    publish(DEFINITION % """created: {when: '={=Document:priority} = "high" and empty({=Document:deadline})'}""")
    give(company, priority=priority)
    assert Instance.objects.filter(record_type="task").exists() is starts
    assert not Incident.objects.exists()


WAITS = """
definition: waits-for-a-task
title: Waits for its task
record: task
start: [manual]
do:
  - wait: {when: '={=Document:status} = "done"'}
  - {block: status_text, with: {text: Over}}
"""


def begin(company: Company, publish: Publish, task: Task) -> Instance:
    definition = publish(WAITS)
    with opened(company.ann.pk, door="screen") as call:
        return instances.start(call, definition=definition, record=RecordRef("task", task.pk))


def test_a_process_waits_until_its_task_is_as_it_wants(publish: Publish, company: Company) -> None:
    task = give(company)
    begun = begin(company, publish, task)
    do(company, "begun", task)
    worker.batch()
    assert Instance.objects.get(pk=begun.pk).status == Standing.WAITING
    do(company, "completed", task)
    while worker.batch():
        pass
    assert Instance.objects.get(pk=begun.pk).status == Standing.COMPLETED


def test_what_runs_on_a_task_ends_with_it(publish: Publish, company: Company) -> None:
    task = give(company)
    begun = begin(company, publish, task)
    do(company, "removed", task)
    while worker.batch():
        pass
    assert Instance.objects.get(pk=begun.pk).status == Standing.TERMINATED


def test_nobody_starts_anything_on_a_task_that_is_not_there(publish: Publish, company: Company) -> None:
    definition = publish(WAITS)
    with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
        instances.start(call, definition=definition, record=RecordRef("task", 10**9))
    assert refused.value.code == "processes.record_gone"


def test_a_process_gives_parts_of_its_task(publish: Publish, company: Company) -> None:
    publish(
        """
definition: parts
title: Parts
record: task
start: [{created: {when: '=empty({=Document:description})'}}]
do:
  - block: task_add
    with: {title: Prepare, responsible: "{=Document:responsible}", description: A part, wait: false}
"""
    )
    task = give(company)
    while worker.batch():
        pass
    assert list(Task.objects.filter(parent=task).values_list("title", flat=True)) == ["Prepare"]


def test_tasks_ask_little_more_while_no_process_looks_at_them(publish: Publish, company: Company) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        give(company)
    assert not [one for one in asked if "tasks_comment" in one["sql"] or "processes_startlog" in one["sql"]]
    assert len([one for one in asked if "processes_" in one["sql"]]) <= 2
