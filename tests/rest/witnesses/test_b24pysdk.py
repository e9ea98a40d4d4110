"""The client `b24pysdk`, unmodified, calls every method of ours that it knows."""

import base64
from typing import Any

import pytest
from b24pysdk import BitrixWebhook, Client
from b24pysdk.errors import BitrixAPIError

from potok.kit.dialects import methods
from potok.people.public import Person
from potok.processes.models import Definition
from tests.rest.witnesses.conftest import UNHEARD, Portal

pytestmark = pytest.mark.django_db(transaction=True)
PDF = base64.b64encode(b"%PDF-1.4 signed").decode()


class Heard:
    """What the client was answered, and which methods it called."""

    def __init__(self) -> None:
        self.called: set[str] = set()

    def __call__(self, request: Any) -> Any:
        self.called.add(request._api_method)
        # Some answers it reads into schemas of its own, which want every key.
        return request.value if hasattr(request, "value") else request.result


def client(portal: Portal, person: Person) -> Client:
    _, _, token = portal.hook(person).partition("/rest/")
    return Client(BitrixWebhook(domain=portal.domain, webhook_token=token))


@pytest.fixture
def ann(portal: Portal) -> Client:
    return client(portal, portal.firm.ann)


def test_it_gets_an_answer_from_every_method_that_it_knows(ann: Client, portal: Portal) -> None:
    heard, bob = Heard(), client(portal, portal.firm.bob)
    the_server_tells_about_itself(heard, ann)
    people_and_departments_are_listed(heard, ann, portal)
    stages_and_pipelines_are_listed(heard, ann)
    custom_fields_are_added_and_listed(heard, ann)
    records_are_added_read_changed_listed_and_removed(heard, ann)
    a_process_is_started_answered_delegated_and_ended(heard, ann, bob, portal)
    a_task_is_given_commented_on_with_a_scan_and_completed(heard, ann, bob, portal)
    a_task_goes_through_its_statuses(heard, ann, bob, portal)
    a_checklist_is_written_ticked_and_cut(heard, ann)
    time_is_written_down_corrected_and_taken_back(heard, ann)
    one_task_waits_for_another(heard, ann)
    known = {name.lower() for name in ann.get_supported_api_methods()}
    assert {name for name in methods if name in known and not name.startswith(UNHEARD)} <= heard.called


def the_server_tells_about_itself(heard: Heard, ann: Client) -> None:
    assert heard(ann.server.time())
    assert {"crm", "task", "bizproc", "disk"} <= set(heard(ann.scope()))
    assert heard(ann.method.get("crm.deal.list")).is_available


def people_and_departments_are_listed(heard: Heard, ann: Client, portal: Portal) -> None:
    firm = portal.firm
    assert heard(ann.profile()).bitrix_id == int(heard(ann.user.current())["ID"]) == firm.ann.pk
    assert [row["NAME"] for row in heard(ann.user.get(filter={"LAST_NAME": "Petrov"}))] == ["Bob"]
    assert len(list(ann.user.get().as_list_fast().result)) == Person.objects.count()
    assert [row["UF_HEAD"] for row in heard(ann.department.get(name="Sales"))] == [str(firm.alice.pk)]


def stages_and_pipelines_are_listed(heard: Heard, ann: Client) -> None:
    stages = heard(ann.crm.status.list(filter={"ENTITY_ID": "DEAL_STAGE"}))
    assert [row["STATUS_ID"] for row in stages] == ["NEW", "PAID"]
    categories = heard(ann.crm.category.list(entity_type_id=2))["categories"]
    assert [row["name"] for row in categories] == ["Sales", "Service"]


def custom_fields_are_added_and_listed(heard: Heard, ann: Client) -> None:
    given = {
        "FIELD_NAME": "COLOUR",
        "EDIT_FORM_LABEL": "Colour",
        "USER_TYPE_ID": "enumeration",
        "LIST": [{"VALUE": "Red"}, {"VALUE": "Blue"}],
    }
    for scope in (ann.crm.deal, ann.crm.contact, ann.crm.company):
        id = heard(scope.userfield.add(given))
        [row] = heard(scope.userfield.list())
        assert (row["ID"], row["FIELD_NAME"]) == (str(id), "UF_CRM_COLOUR")
        assert [one.value for one in heard(scope.fields())["UF_CRM_COLOUR"].items] == ["Red", "Blue"]


def records_are_added_read_changed_listed_and_removed(heard: Heard, ann: Client) -> None:
    for scope, fields in (
        (ann.crm.company, {"TITLE": "Firm"}),
        (ann.crm.contact, {"NAME": "Ivy"}),
        (ann.crm.deal, {"TITLE": "Deal"}),
    ):
        id = heard(scope.add(fields))
        assert isinstance(id, int)
        assert heard(scope.get(id))["ID"] == str(id)
        assert heard(scope.update(id, {"COMMENTS": "Changed"})) is True
        assert heard(scope.list(filter={"COMMENTS": "Changed"}, select=["ID"])) == [{"ID": str(id)}]
        assert heard(scope.delete(id)) is True
        with pytest.raises(BitrixAPIError, match="Not found"):
            heard(scope.get(id))


def a_process_is_started_answered_delegated_and_ended(heard: Heard, ann: Client, bob: Client, portal: Portal) -> None:
    firm, deal = portal.firm, ann.crm.deal.add({"TITLE": "Deal"}).result
    [template] = heard(ann.bizproc.workflow.template.list(select=["ID", "NAME"]))
    assert template == {"ID": str(Definition.objects.get().pk), "NAME": "Check"}
    start = ann.bizproc.workflow.start
    given = (int(template["ID"]), ["crm", "CCrmDocumentDeal", f"DEAL_{deal}"])
    first = heard(start(*given, parameters={"who": f"user_{firm.bob.pk}"}))
    assert [row["ID"] for row in heard(ann.bizproc.workflow.instances())] == [first]
    [task] = heard(bob.bizproc.task.list(select=["ID", "ACTIVITY", "PARAMETERS"]))
    assert task["PARAMETERS"]["Fields"][0]["Id"] == "count"
    with pytest.raises(BitrixAPIError, match="Count"):
        heard(bob.bizproc.task.complete(int(task["ID"]), 3, fields={"count": "many"}))
    assert heard(bob.bizproc.task.delegate([int(task["ID"])], firm.bob.pk, firm.ann.pk)) is True
    assert heard(bob.bizproc.task.list(filter={"STATUS": 0})) == []
    assert heard(ann.bizproc.task.complete(int(task["ID"]), 3, fields={"count": "3"})) is True
    assert heard(ann.bizproc.workflow.instances()) == []
    second = heard(start(*given, parameters={"who": f"user_{firm.bob.pk}"}))
    assert heard(ann.bizproc.workflow.terminate(int(second), status="Not needed")) is True
    assert heard(ann.bizproc.workflow.instances()) == []


def a_task_is_given_commented_on_with_a_scan_and_completed(
    heard: Heard, ann: Client, bob: Client, portal: Portal
) -> None:
    responsible = portal.firm.bob.pk
    id = int(heard(ann.tasks.task.add({"TITLE": "Bring the act", "RESPONSIBLE_ID": responsible}))["task"]["id"])
    changed = heard(ann.tasks.task.update(id, {"DEADLINE": "2026-12-01T18:00:00+03:00"}))["task"]
    assert changed["deadline"] == "2026-12-01T15:00:00+00:00"
    assert [row["title"] for row in heard(bob.tasks.task.list())["tasks"]] == ["Bring the act"]
    file = heard(bob.disk.folder.uploadfile(responsible, ["act.pdf", PDF], {"NAME": "act.pdf"}))
    said = {"POST_MESSAGE": "Here", "UF_FORUM_MESSAGE_DOC": [f"n{file['ID']}"]}
    comment = heard(bob.task.commentitem.add(id, said))
    [row] = heard(ann.task.commentitem.getlist(id))
    assert (row["ID"], row["ATTACHED_OBJECTS"][str(file["ID"])]["NAME"]) == (str(comment), "act.pdf")
    assert heard(bob.task.commentitem.update(id, comment, {"POST_MESSAGE": "Signed"}))
    assert heard(ann.task.commentitem.get(id, comment))["POST_MESSAGE"] == "Signed"
    assert heard(bob.task.commentitem.delete(id, comment))
    assert heard(bob.tasks.task.complete(id))["task"]["status"] == "5"
    assert heard(ann.tasks.task.get(id))["task"]["closedBy"] == str(responsible)


def task(heard: Heard, ann: Client, **fields: Any) -> int:
    return int(heard(ann.tasks.task.add({"TITLE": "Check the act", **fields}))["task"]["id"])


def a_task_goes_through_its_statuses(heard: Heard, ann: Client, bob: Client, portal: Portal) -> None:
    theirs, ours, firm = bob.tasks.task, ann.tasks.task, portal.firm
    id = task(heard, ann, RESPONSIBLE_ID=firm.bob.pk, TASK_CONTROL="Y")
    for lead, status in (
        (theirs.start, "3"),
        (theirs.pause, "2"),
        (theirs.defer, "6"),
        (theirs.renew, "2"),
        (theirs.complete, "4"),
    ):
        assert heard(lead(id))["task"]["status"] == status
    assert heard(ours.disapprove(id))["task"]["status"] in {"2", "3"}
    assert heard(theirs.complete(id))["task"]["status"] == "4"
    assert heard(ours.approve(id))["task"]["status"] == "5"
    assert heard(ours.renew(id))["task"]["status"] == "2"
    assert heard(ours.delegate(id, firm.ann.pk))["task"]["responsibleId"] == str(firm.ann.pk)
    told = heard(ours.history.list(id))["list"]
    assert told[0]["field"] == "NEW"
    assert {"STATUS", "RESPONSIBLE_ID"} <= {row["field"] for row in told}
    assert heard(ours.delete(id)) == {"task": True}
    with pytest.raises(BitrixAPIError, match="не видна"):
        heard(ours.start(id))


def a_checklist_is_written_ticked_and_cut(heard: Heard, ann: Client) -> None:
    id, lines = task(heard, ann), ann.task.checklistitem
    line = heard(lines.add(id, {"TITLE": "Sign"}))
    assert heard(lines.update(id, line, {"TITLE": "Sign twice"})) is True
    assert heard(lines.complete(id, line)) is True
    shown = heard(lines.get(id, line))
    assert (shown["TITLE"], shown["IS_COMPLETE"]) == ("Sign twice", "Y")
    assert heard(lines.renew(id, line)) is True
    assert [row["IS_COMPLETE"] for row in heard(lines.getlist(id))] == ["N"]
    assert heard(lines.delete(id, line)) is True
    assert heard(lines.getlist(id)) == []


def time_is_written_down_corrected_and_taken_back(heard: Heard, ann: Client) -> None:
    id, times = task(heard, ann), ann.task.elapseditem
    entry = heard(times.add(id, {"SECONDS": 600, "COMMENT_TEXT": "Read it"}))
    heard(times.update(id, entry, {"SECONDS": 1200}))
    shown = heard(times.get(id, entry))
    assert (shown["SECONDS"], shown["MINUTES"], shown["COMMENT_TEXT"]) == ("1200", "20", "Read it")
    assert [row["ID"] for row in heard(times.getlist(task_id=id))] == [str(entry)]
    heard(times.delete(id, entry))
    assert heard(times.getlist(task_id=id)) == []


def one_task_waits_for_another(heard: Heard, ann: Client) -> None:
    before, after = task(heard, ann), task(heard, ann)
    assert heard(ann.task.dependence.add(before, after, 2)) == []
    with pytest.raises(BitrixAPIError):
        heard(ann.task.dependence.add(after, before, 2))
    assert heard(ann.task.dependence.delete(before, after)) == []


def test_long_lists_come_whole_by_either_road(ann: Client, portal: Portal) -> None:
    add, wanted = ann.crm.deal.add, [f"Deal {number}" for number in range(120)]
    for begin in range(0, 120, 40):
        assert not ann.call_batch([add({"TITLE": title}) for title in wanted[begin : begin + 40]]).result.result_error
    deals = ann.crm.deal.list(select=["ID", "TITLE"])
    assert [row["TITLE"] for row in deals.as_list().result] == wanted
    assert [row["TITLE"] for row in deals.as_list_fast().result] == wanted
    found = ann.crm.deal.list(filter={"%TITLE": "Deal 11"}, select=["ID", "TITLE"]).as_list_fast(descending=True)
    assert [row["TITLE"] for row in found.result] == [*reversed(wanted[110:]), "Deal 11"]


def test_long_lists_of_tasks_come_whole_too(ann: Client, portal: Portal) -> None:
    given = [ann.tasks.task.add({"TITLE": f"Task {number}"}) for number in range(60)]
    for piece in (given[:50], given[50:]):
        ann.call_batch(piece).response  # noqa: B018 (the request is sent when its answer is looked at)
    assert len({row["id"] for row in ann.tasks.task.list().as_list().result}) == 60
    assert len({row["id"] for row in ann.tasks.task.list().as_list_fast().result}) == 60


def test_a_batch_keeps_failures_apart(ann: Client) -> None:
    parts = {"me": ann.profile(), "bad": ann.crm.deal.get(404), "add": ann.crm.deal.add({"TITLE": "Ж & co?"})}
    answer = ann.call_batch(parts).result
    assert set(answer.result) == {"me", "add"}
    assert answer.result_error["bad"]["error_description"] == "Not found"
    assert ann.crm.deal.get(answer.result["add"]).result["TITLE"] == "Ж & co?"


def test_a_stranger_is_refused_or_sees_nothing(ann: Client, portal: Portal) -> None:
    deal, carol = ann.crm.deal.add({"TITLE": "Deal"}).result, client(portal, portal.firm.carol)
    assert carol.crm.deal.list().result == []
    for refused in (carol.crm.deal.add({"TITLE": "x"}), carol.crm.deal.get(deal), carol.crm.deal.delete(deal)):
        with pytest.raises(BitrixAPIError):
            _ = refused.result
