"""Tasks on a phone: a tick completes them; what may not be changed stays."""

from datetime import UTC, datetime

import pytest

from potok.kit.doors import opened
from potok.tasks import public as tasks
from potok.tasks.models import Task
from tests.caldav.conftest import Phone, todo
from tests.company import Company


@pytest.fixture
def given(firm_of: Company) -> Task:
    """A task that Alice gives to Bob."""
    with opened(firm_of.alice.pk, door="screen") as call:
        deadline = datetime(2030, 1, 2, 15, tzinfo=UTC)
        return tasks.add(call, title="Call the client", responsible=firm_of.bob.pk, deadline=deadline)


def test_a_tick_completes_the_task_and_taking_it_back_reopens_it(phone: Phone, given: Task) -> None:
    name = f"task-{given.pk}.ics"
    assert phone.names("tasks") == {name}
    text = phone.get(name, "tasks")
    assert "DUE:20300102T150000Z" in text
    ticked = text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED").replace(
        "PERCENT-COMPLETE:0", "PERCENT-COMPLETE:100"
    )
    for _twice in range(2):
        assert phone.put(name, ticked, "tasks").status_code == 204
    given.refresh_from_db()
    assert given.status == "done"
    assert "STATUS:COMPLETED" in phone.get(name, "tasks")
    assert phone.put(name, text, "tasks").status_code in (204, 403)


def test_whoever_only_does_a_task_does_not_change_it(phone: Phone, given: Task) -> None:
    name = f"task-{given.pk}.ics"
    text = phone.get(name, "tasks")
    assert phone.put(name, text.replace("Call the client", "Nothing"), "tasks").status_code == 403
    assert phone.ask("DELETE", phone.path("tasks", name)).status_code == 403
    given.refresh_from_db()
    assert given.title == "Call the client"


def test_work_that_has_to_be_accepted_is_handed_in_once(firm_of: Company, phone: Phone) -> None:
    with opened(firm_of.alice.pk, door="screen") as call:
        task = tasks.add(call, title="Report", responsible=firm_of.bob.pk, needs_control=True)
    name = f"task-{task.pk}.ics"
    ticked = phone.get(name, "tasks").replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    for _twice in range(2):
        assert phone.put(name, ticked, "tasks").status_code == 204
    task.refresh_from_db()
    assert task.status == "awaiting"


def test_a_task_is_written_down_on_the_phone(firm_of: Company, phone: Phone) -> None:
    more = ("DUE;VALUE=DATE:20300105", "PRIORITY:1", "DESCRIPTION:Soon")
    assert phone.put("new.ics", todo("x", *more), "tasks").status_code == 201
    task = Task.objects.get()
    assert (task.responsible_id, task.creator_id, task.priority) == (firm_of.bob.pk, firm_of.bob.pk, "high")
    assert phone.put("again.ics", todo("x"), "tasks").status_code == 409
    assert phone.put("new.ics", todo("x", *more, title="Called"), "tasks").status_code == 204
    task.refresh_from_db()
    assert (task.title, task.description) == ("Called", "Soon")
    assert phone.put("new.ics", todo("x", *more, "STATUS:IN-PROCESS", title="Called"), "tasks").status_code == 204
    task.refresh_from_db()
    assert task.status == "in_progress"
    assert phone.ask("DELETE", phone.path("tasks", "new.ics")).status_code == 204
    assert not Task.objects.exists()


@pytest.mark.parametrize("text", [todo("x", "RRULE:FREQ=DAILY"), todo("x").replace("VTODO", "VEVENT")])
def test_what_is_no_task_is_refused(phone: Phone, text: str) -> None:
    assert phone.put("new.ics", text, "tasks").status_code in (400, 403)


def test_tasks_of_others_are_not_there(firm_of: Company, phone: Phone) -> None:
    with opened(firm_of.alice.pk, door="screen") as call:
        tasks.add(call, title="Secret", responsible=firm_of.alice.pk)
    assert phone.names("tasks") == set()
