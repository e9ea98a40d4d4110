"""The demo's process in stages, from the first call to the client who is back."""

from datetime import timedelta

import pytest

from potok.kit import clock, commands
from potok.kit.doors import opened
from potok.people import presence
from potok.people.public import Person
from potok.processes import worker
from potok.processes.models import Assignment, Definition, Instance, StageVisit
from potok.processes.public import assignments, instances
from potok.records import public as records
from potok.tasks import public as tasks
from potok.tasks.public import Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run() -> Instance:
    """Kuznetsova, who is online, starts the process on her client."""
    commands.call("demo load", language="en")
    client = records.rows(records.type_named("crm.company"), by=None).first()
    assert client is not None
    keeper = person("kuznetsova")
    presence.see(keeper.pk)
    with opened(keeper.pk, door="screen") as call:
        definition = Definition.objects.get(code="lost-clients")
        return instances.start(call, definition=definition, record=client.ref)


def person(code: str) -> Person:
    return Person.objects.get(email=f"{code}@north-air.example")


def answer(by: str, run: Instance, result: str, *, comment: str = "", **values: object) -> None:
    worker.run_until_idle()
    asked = Assignment.objects.get(instance=run, status="open")
    with opened(person(by).pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer=result, comment=comment, values=values)
    worker.run_until_idle()


def call_up(run: Instance) -> None:
    """Do the task without which the first stage is not left."""
    task = Task.objects.filter(title__startswith="Call:").latest("pk")
    with opened(person("kuznetsova").pk, door="screen") as call:
        tasks.complete(call, task=task)


def test_a_client_is_called_again_after_his_rest_and_comes_back(run: Instance) -> None:
    answer("kuznetsova", run, "unreached")
    assert StageVisit.objects.get(instance=run).state != "done"
    call_up(run)
    worker.run_until_idle()
    assert Instance.objects.get(pk=run.pk).status_text == "The client rests for 30 days"
    with clock.wound(timedelta(days=31)):
        presence.see(person("kuznetsova").pk)
        presence.see(person("gromov").pk)
        answer("kuznetsova", run, "ready")
        call_up(run)
        answer("gromov", run, "offer", reason="Too dear")
        answer("kuznetsova", run, "paid", next_responsible=person("petrov").pk)
        answer("petrov", run, "delivered")
    assert Instance.objects.get(pk=run.pk).status_text == "The client is back"
    assert [one.stage for one in StageVisit.objects.filter(instance=run)] == [
        "call", "rest", "call", "analysis", "offer", "delivery", "back",
    ]  # fmt: skip
    child = Instance.objects.exclude(pk=run.pk).get(definition__code="delivery")
    assert child.status_text == "Packing"
