"""Story A2 through operations: from a list of housing companies to the launch, with calls, meetings and refusals."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from potok.calendar import reminding
from potok.calendar.public import Event
from potok.demo import company
from potok.kit import clock, commands
from potok.kit.doors import opened
from potok.notify.public import notices_for
from potok.people.public import Person
from potok.processes import worker
from potok.processes.models import Assignment, Incident, Instance, Standing
from potok.processes.public import assignments
from potok.records import public as records
from potok.records.public import Record

pytestmark = pytest.mark.django_db(transaction=True)
Answer = Callable[..., None]
STATUSES = [
    "IMPORTED", "IN_PROGRESS", "MEETING", "TERMS", "CONTRACT", "SIGNING", "LAUNCHING", "LAUNCHED", "DECLINED",
]  # fmt: skip


@pytest.fixture
def manager(request: pytest.FixtureRequest) -> Person:
    """Tikhonov of the demo company, in Russian unless a test asks for another language."""
    commands.call("demo load", language=getattr(request, "param", "ru"))
    return Person.objects.get(email="tikhonov@north-air.example")


@pytest.fixture
def client(manager: Person) -> Record:
    """A company as the import brings it."""
    return brought(manager, industry="UTILITIES", processing="IMPORTED")


def brought(manager: Person, **values: Any) -> Record:
    with opened(None, door="import") as call:
        found: Record = records.verbs["crm.company"].add(
            call, values={"title": "House 7", "phone": ["+7 812 000-11-77"], "responsible": manager, **values}
        )
    return found


def take_on(manager: Person, client: Record, status: str) -> None:
    with opened(manager.pk, door="screen") as call:
        records.verbs["crm.company"].change(call, record=client, values={"processing": status})
    worker.run_until_idle()


def waiting() -> Any:
    return Assignment.objects.filter(status="open", instance__definition__code="housing-clients")


def answer(manager: Person, said: str, **values: Any) -> None:
    asked = waiting().get()
    with opened(manager.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer=said, comment="They said so", values=values)
    worker.run_until_idle()


def status(client: Record) -> Any:
    return records.value(record=client.ref, path=["processing"])


def soon(**ahead: int) -> datetime:
    return (clock.now() + timedelta(**ahead)).replace(second=0, microsecond=0)


@pytest.mark.parametrize("manager", company.LANGUAGES, indirect=True)
def test_a_company_goes_from_the_list_to_the_launch(manager: Person, client: Record) -> None:
    worker.run_until_idle()
    assert not Instance.objects.filter(definition__code="housing-clients").exists()
    take_on(manager, client, STATUSES[1])

    # Nobody was reached: an event, a reminder, and the same question when the time has come.
    answer(manager, "later", next_call=(at := soon(days=1)))
    (call_back,) = Event.objects.all()
    assert (call_back.person, call_back.begins_at, call_back.kind) == (manager, at, "CALL")
    assert call_back.refs() == (client.ref,)
    assert not waiting().exists()
    clock.wind(at - clock.now() - timedelta(minutes=10))
    assert reminding.serve() == 1
    clock.wind(timedelta(minutes=11))
    worker.run_until_idle()
    assert status(client) == STATUSES[1]

    # A meeting: an event, the status, a reminder a day before, and no question until it is over.
    answer(manager, "done", meeting=(at := soon(days=5)))
    assert Event.objects.filter(kind="MEETING", begins_at=at, person=manager).exists()
    assert status(client) == STATUSES[2]
    told = notices_for(manager.pk).count()
    clock.wind(timedelta(days=4, minutes=1))
    worker.run_until_idle()
    assert notices_for(manager.pk).count() == told + 1
    assert not waiting().exists()
    clock.wind(timedelta(days=1))
    worker.run_until_idle()

    # The terms take longer; then step by step to the launch.
    answer(manager, "done")
    assert status(client) == STATUSES[3]
    answer(manager, "later", next_date=soon(days=3))
    assert status(client) == STATUSES[3]
    clock.wind(timedelta(days=4))
    worker.run_until_idle()
    for further in STATUSES[4:8]:
        answer(manager, "done")
        assert status(client) == further
    assert Instance.objects.get(definition__code="housing-clients").status == Standing.COMPLETED
    assert not Incident.objects.exists()


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_a_refusal_ends_it_at_any_point(manager: Person, client: Record, steps: int) -> None:
    take_on(manager, client, STATUSES[1])
    for step in range(steps):
        answer(manager, "done", **({} if step else {"meeting": soon(minutes=2)}))
        clock.wind(timedelta(minutes=5))
        worker.run_until_idle()
    answer(manager, "declined")
    assert status(client) == STATUSES[8]
    assert Instance.objects.get(definition__code="housing-clients").status == Standing.COMPLETED
    assert not waiting().exists()


def test_other_industries_and_other_ways_into_work_start_nothing(manager: Person, client: Record) -> None:
    for other in (brought(manager, processing=STATUSES[0]), brought(manager)):
        take_on(manager, other, STATUSES[1])
    assert not Instance.objects.filter(definition__code="housing-clients").exists()


@pytest.mark.parametrize("language", company.LANGUAGES)
def test_the_process_sets_seven_statuses_and_no_others(language: str) -> None:
    known = next(each["options"] for each in company.read(language)["fields"] if each["name"] == "processing")
    assert [one["key"] for one in known] == STATUSES
    text = (company.FOLDER / "processes" / f"housing-clients.{language}.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"(?:processing|next_status): ([A-Z_]+)[}\n]", text)) == set(STATUSES[2:])
