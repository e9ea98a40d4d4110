"""The service-control story through REST alone: the demo company works, and nobody opens a page."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from potok.demo.loading import HOST, Builder
from potok.kit.doors import opened
from potok.kit.models import Clock
from potok.mail.public import Letter
from potok.people.public import Person
from potok.processes import worker
from potok.rest import hooks, limits

pytestmark = pytest.mark.django_db(transaction=True)

SCAN = base64.b64encode(b"%PDF-1.4 the signed act").decode()


class Caller:
    """A person with a web-hook, who asks the server what a program of his would ask."""

    def __init__(self, person: Person) -> None:
        self.id = person.pk
        with opened(None, door="command") as call:
            self.path = hooks.add(call, person=person).path

    def ask(self, method: str, **given: Any) -> Any:
        limits._buckets.clear()
        answer = Client().post(self.path + method, json.dumps(given), content_type="application/json")
        told = json.loads(answer.content)
        assert answer.status_code == 200, (method, told)
        worker.run_until_idle()
        return told["result"]

    def only_assignment(self) -> dict[str, Any]:
        [waiting] = self.ask("bizproc.task.list", FILTER={"STATUS": 0}, SELECT=["*"])
        return dict(waiting)

    def answers(self, status: int | str, *, comment: str = "", **fields: Any) -> None:
        id = self.only_assignment()["ID"]
        assert self.ask("bizproc.task.complete", TASK_ID=id, STATUS=status, COMMENT=comment, FIELDS=fields) is True

    def only_task(self) -> dict[str, Any]:
        wanted = {"RESPONSIBLE_ID": self.id, "!STATUS": 5}
        [task] = self.ask("tasks.task.list", filter=wanted)["tasks"]
        return dict(task)

    def brings_scan(self, task: dict[str, Any]) -> None:
        file = self.ask("disk.folder.uploadfile", id=self.id, data={"NAME": "act.pdf"}, fileContent=["act.pdf", SCAN])
        fields = {"POST_MESSAGE": "Scans", "UF_FORUM_MESSAGE_DOC": [f"n{file['ID']}"]}
        assert self.ask("task.commentitem.add", TASKID=task["id"], FIELDS=fields) > 0
        assert self.ask("tasks.task.complete", taskId=task["id"])["task"]["status"] == "5"


@pytest.fixture
def people(transactional_db: None) -> Callable[[str], Caller]:
    """The people of the demo company, all deals unpaid."""
    Clock.objects.get_or_create(pk=1, defaults={"ahead": timedelta()})
    with opened(None, door="command") as call:
        builder = Builder(call, "en")
        builder.data["paid"] = []
        builder.build()
    return lambda code: Caller(Person.objects.get(email=f"{code}@{HOST}"))


def test_a_paid_deal_becomes_a_won_one(people: Callable[[str], Caller]) -> None:
    head, manager, employee = people("gromov"), people("tikhonov"), people("akhmetov")
    [deal] = manager.ask("crm.deal.list", filter={"%TITLE": "gulliver", "STAGE_ID": "INVOICE"}, select=["ID", "TITLE"])
    manager.ask("crm.deal.update", id=deal["ID"], fields={"STAGE_ID": "PAID"})

    choice = head.only_assignment()
    assert (choice["DOCUMENT_ID"], choice["ACTIVITY"]) == (f"DEAL_{deal['ID']}", "RequestInformationActivity")
    assert "Gulliver Business Centre" in choice["DESCRIPTION"]
    assert "Order the pass a day ahead" in choice["DESCRIPTION"]
    [asked] = choice["PARAMETERS"]["Fields"]
    assert (asked["Id"], asked["Type"], f"user_{employee.id}" in asked["Options"]) == ("employee", "user", True)
    head.answers("OK", employee=f"user_{employee.id}")
    assert manager.ask("crm.deal.get", id=deal["ID"])["STAGE_ID"] == "IN_PROGRESS"
    head.answers(3, DOCUMENTS="Contract\nAct")

    visit = employee.only_task()
    assert visit["description"].startswith("Contract\nAct")
    assert (visit["ufCrmTask"], visit["auditors"]) == ([f"D_{deal['ID']}"], [str(manager.id)])
    assert (visit["createdBy"], visit["group"]["name"]) == (str(head.id), "Sales")
    employee.brings_scan(visit)
    [comment] = manager.ask("task.commentitem.getlist", TASKID=visit["id"])
    assert [file["NAME"] for file in comment["ATTACHED_OBJECTS"].values()] == ["act.pdf"]

    manager.answers(2, comment="No signature on page 2")
    rework = employee.only_task()
    assert "No signature on page 2" in rework["description"]
    employee.brings_scan(rework)
    manager.answers("YES")

    report = head.only_task()
    assert manager.only_task()["title"].startswith("Hand the act")
    head.ask("tasks.task.update", taskId=report["id"], fields={"STATUS": 5})

    assert manager.ask("crm.deal.get", id=deal["ID"])["STAGE_ID"] == "WON"
    assert people("sheremeteva").ask("bizproc.workflow.instances") == []
    [letter] = Letter.objects.all()
    assert (letter.to, letter.by_id) == (["zv@gulliver.example"], manager.id)
