"""Processes under Bitrix24's names: definitions, instances, assignments; codes and rights."""

from datetime import timedelta
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.kit.models import Clock
from potok.people.public import Extent
from potok.processes import worker
from potok.processes.models import Definition, Instance
from potok.processes.public import definitions, instances
from potok.records import public as records
from tests import company
from tests.company import Company
from tests.rest.wire import ask, ids, refused

pytestmark = pytest.mark.django_db(transaction=True)
SOURCE = """
definition: order
title: Order
record: crm.deal
start: [manual, created]
parameters:
  who: {type: person, title: Who, required: true, default: user_%d}
  urgent: {type: yes_no, title: Urgent}
do:
  - id: form
    block: request_information
    with:
      to: '{=Template:who}'
      title: How much?
      decline: true
      fields:
        amount: {type: number, title: Amount, required: true}
        helper: {type: person, title: Helper}
        paid: {type: yes_no, title: Paid}
  - id: check
    block: approve
    with: {to: user_%d, title: "Right?", comment: on_reject}
  - block: status_text
    with: {text: '{=Variable:amount} {=Variable:helper} {=check:approved}'}
"""


@pytest.fixture
def firm(transactional_db: None) -> Company:
    Clock.objects.get_or_create(pk=1, defaults={"ahead": timedelta()})
    firm = company.found()
    with opened(firm.ann.pk, door="screen") as call:
        records.pipelines.add(call, record_type="crm.deal", title="Sales", stages=[{"title": "New", "code": "NEW"}])
        definitions.publish(call, source=SOURCE % (firm.bob.pk, firm.alice.pk))
    return firm


@pytest.fixture
def deal(firm: Company) -> int:
    made = ask("crm.deal.add", by=firm.ann, fields={"TITLE": "Pump house"})
    Instance.objects.all().delete()
    return int(made)


@pytest.fixture
def running(firm: Company, deal: int) -> str:
    return start(firm, deal, who=f"user_{firm.bob.pk}")


def start(firm: Company, deal: int, **parameters: Any) -> str:
    document = ["crm", "CCrmDocumentDeal", f"DEAL_{deal}"]
    template = Definition.objects.get().pk
    return str(ask("bizproc.workflow.start", by=firm.ann, TEMPLATE_ID=template, DOCUMENT_ID=document,
                   PARAMETERS=parameters))  # fmt: skip


def waiting(by: Any, **given: Any) -> list[dict[str, Any]]:
    return list(ask("bizproc.task.list", by=by, FILTER={"STATUS": 0}, **given).result)


def test_definitions_are_templates(firm: Company) -> None:
    [row] = ask("bizproc.workflow.template.list", by=firm.ann).result
    told = {
        "ID": str(Definition.objects.get().pk), "NAME": "Order", "MODULE_ID": "crm", "ENTITY": "CCrmDocumentDeal",
        "DOCUMENT_TYPE": ["crm", "CCrmDocumentDeal", "DEAL"], "AUTO_EXECUTE": "1", "SYSTEM_CODE": "order",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told
    who = row["PARAMETERS"]["who"]
    assert (who["Name"], who["Type"], who["Required"], who["Default"]) == ("Who", "user", "1", f"user_{firm.bob.pk}")
    for given, count in (
        ({"DOCUMENT_TYPE": "CCrmDocumentDeal"}, 1),
        ({"ENTITY": "CCrmDocumentDeal", "MODULE_ID": "crm"}, 1),
        ({"ENTITY": "CCrmDocumentLead"}, 0),
        ({"%NAME": "ord", "SYSTEM_CODE": ["order", "other"]}, 1),
    ):
        assert len(ask("bizproc.workflow.template.list", by=firm.ann, FILTER=given).result) == count, given


def test_an_assignment_tells_its_form(firm: Company, running: str, deal: int) -> None:
    [row] = waiting(firm.bob)
    told = {
        "WORKFLOW_ID": running, "DOCUMENT_NAME": "Pump house", "NAME": "How much?", "STATUS": "0", "USER_STATUS": "0",
        "USER_ID": str(firm.bob.pk), "DOCUMENT_ID": f"DEAL_{deal}", "WORKFLOW_TEMPLATE_NAME": "Order",
        "ACTIVITY": "RequestInformationOptionalActivity", "WORKFLOW_STARTED_BY": str(firm.ann.pk),
        "DOCUMENT_URL": f"/deals/{deal}/",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told
    fields = row["PARAMETERS"]["Fields"]
    assert [(one["Id"], one["Type"], one["Required"]) for one in fields] == [
        ("amount", "double", True), ("helper", "user", False), ("paid", "bool", False),
    ]  # fmt: skip
    assert {"StatusOkLabel", "StatusCancelLabel"} <= set(row["PARAMETERS"])


def test_answers_lead_a_process_to_its_end(firm: Company, running: str) -> None:
    bob, alice = firm.bob, firm.alice
    [row] = waiting(bob)
    fields = {"AMOUNT": "3", "helper": [f"user_{firm.carol.pk}"], "paid": "Y"}
    assert ask("bizproc.task.complete", by=bob, TASK_ID=row["ID"], STATUS="ok", FIELDS=fields) is True
    [check] = waiting(alice)
    assert (check["ACTIVITY"], check["PARAMETERS"]["CommentRequired"]) == ("ApproveActivity", "YR")
    assert refused("bizproc.task.complete", by=alice, TASK_ID=check["ID"], STATUS=2) == "ERROR_TASK_EXECUTION"
    assert ask("bizproc.task.complete", by=alice, TASK_ID=check["ID"], STATUS=1) is True
    worker.run_until_idle()
    assert Instance.objects.get(pk=running).status_text == "3 Carol Belova yes"
    done = ask("bizproc.task.list", by=alice, FILTER={"USER_STATUS": 1}).result
    assert [(one["ID"], one["STATUS"], one["USER_STATUS"]) for one in done] == [(check["ID"], "1", "1")]


def test_an_assignment_may_be_declined(firm: Company, running: str) -> None:
    [row] = waiting(firm.bob)
    assert ask("bizproc.task.complete", by=firm.bob, TASK_ID=row["ID"], STATUS="cancel") is True
    assert ask("bizproc.task.list", by=firm.bob).result[0]["USER_STATUS"] == "4"


def test_assignments_are_filtered_and_ordered(firm: Company, deal: int) -> None:
    bobs = [start(firm, deal, who=firm.bob.pk)]
    other = ask("crm.deal.add", by=firm.ann, fields={"TITLE": "Boiler"})
    Instance.objects.exclude(pk=bobs[0]).delete()
    bobs.append(start(firm, other, who=firm.bob.pk))
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, bobs),
        ({"WORKFLOW_ID": bobs[1]}, bobs[1:]),
        ({"DOCUMENT_ID": f"DEAL_{deal}", "ENTITY": "CCrmDocumentDeal"}, bobs[:1]),
        ({"STATUS": 3}, []),
        ({"USER_STATUS": [0, 1]}, bobs),
        ({"OVERDUE_DATE": ""}, bobs),
        ({"!WORKFLOW_STARTED_BY": firm.ann.pk}, []),
    ]
    for given, expected in cases:
        page = ask("bizproc.task.list", by=firm.bob, FILTER=given, ORDER={"WORKFLOW_ID": "ASC"})
        assert ([row["WORKFLOW_ID"] for row in page.result], page.total) == (expected, len(expected)), given


def test_a_head_lists_the_assignments_of_his_people_and_hands_them_over(firm: Company, running: str) -> None:
    bob, alice = firm.bob.pk, firm.alice.pk
    assert ask("bizproc.task.list", by=firm.alice).result == []
    [row] = ask("bizproc.task.list", by=firm.alice, FILTER={"USER_ID": bob}).result
    over = {"TASK_IDS": [row["ID"]], "FROM_USER_ID": bob, "TO_USER_ID": alice}
    assert ask("bizproc.task.delegate", by=firm.alice, **over) is True
    assert [one["ID"] for one in waiting(firm.alice)] == [row["ID"]]
    assert refused("bizproc.task.delegate", by=firm.alice, **over) == "ERROR_DELEGATION_NOT_ALLOWED"


def test_an_instance_is_ended_with_a_status(firm: Company, running: str) -> None:
    assert ids(ask("bizproc.workflow.instances", by=firm.ann, FILTER={"STARTED_BY": firm.ann.pk})) == [running]
    assert ask("bizproc.workflow.terminate", by=firm.ann, ID=running, STATUS="Not needed") is True
    assert ids(ask("bizproc.workflow.instances", by=firm.ann)) == []
    assert waiting(firm.bob) == []
    assert refused("bizproc.workflow.terminate", by=firm.ann, ID=running) == "ERROR_WRONG_WORKFLOW_ID"


def test_what_is_wrong_has_its_documented_code(firm: Company, running: str, deal: int) -> None:
    template, [task] = Definition.objects.get().pk, waiting(firm.bob)
    document, row = ["crm", "CCrmDocumentDeal", f"DEAL_{deal}"], {"TASK_ID": task["ID"]}
    cases: list[tuple[str, dict[str, Any], str | int]] = [
        ("workflow.start", {"TEMPLATE_ID": 404, "DOCUMENT_ID": document}, "ERROR_WRONG_WORKFLOW_ID"),
        ("workflow.start", {"TEMPLATE_ID": template, "DOCUMENT_ID": "DEAL_1"}, ""),
        ("workflow.start", {"TEMPLATE_ID": template, "DOCUMENT_ID": ["crm", "CCrmDocumentDeal", "DEAL_404"]}, ""),
        ("workflow.start", {"TEMPLATE_ID": template, "DOCUMENT_ID": ["lists", "BizprocDocument", "7"]}, ""),
        ("workflow.start", {"TEMPLATE_ID": template}, ""),
        ("workflow.start", {}, 100),
        ("workflow.terminate", {"ID": 404}, "ERROR_WRONG_WORKFLOW_ID"),
        ("task.complete", {"TASK_ID": 404, "STATUS": 1}, "ERROR_TASK_NOT_FOUND"),
        ("task.complete", {**row, "STATUS": "maybe"}, "ERROR_TASK_VALIDATION"),
        ("task.complete", {**row, "STATUS": 1}, "ERROR_TASK_TYPE"),
        ("task.complete", {**row, "STATUS": 3}, "ERROR_TASK_EXECUTION"),
        ("task.complete", {**row, "STATUS": 3, "FIELDS": {"amount": "many"}}, "ERROR_TASK_EXECUTION"),
        ("task.complete", {**row, "STATUS": 3, "FIELDS": {"amount": 1, "helper": "me"}}, "ERROR_TASK_EXECUTION"),
        ("task.complete", {"STATUS": 1}, 100),
        ("task.delegate", {"TASK_IDS": [404], "FROM_USER_ID": firm.bob.pk, "TO_USER_ID": firm.ann.pk},
         "ERROR_TASK_VALIDATION"),
        ("task.delegate", {"TASK_IDS": [task["ID"]], "FROM_USER_ID": firm.bob.pk, "TO_USER_ID": 404},
         "ERROR_INVALID_USER_ID"),
        ("task.list", {"FILTER": {"USER_STATUS": 9}}, "INVALID_ARG_VALUE"),
        ("task.list", {"FILTER": {"USER_ID": "me"}}, "INVALID_ARG_VALUE"),
    ]  # fmt: skip
    for name, given, code in cases:
        assert refused(f"bizproc.{name}", by=firm.bob if name.startswith("task") else firm.ann, **given) == code, given
    ask("bizproc.task.complete", by=firm.bob, **row, STATUS=3, FIELDS={"amount": 1})
    assert (
        refused("bizproc.task.complete", by=firm.bob, **row, STATUS=3, FIELDS={"amount": 1}) == "ERROR_TASK_COMPLETED"
    )


def test_a_stranger_is_refused_or_sees_nothing(firm: Company, running: str, deal: int) -> None:
    carol, template, [task] = firm.carol, Definition.objects.get().pk, waiting(firm.bob)
    document = ["crm", "CCrmDocumentDeal", f"DEAL_{deal}"]
    given = {"TEMPLATE_ID": template, "DOCUMENT_ID": document, "PARAMETERS": {"who": firm.bob.pk}}
    assert refused("bizproc.workflow.template.list", by=carol) == "ACCESS_DENIED"
    assert ask("bizproc.workflow.instances", by=carol).result == []
    assert ask("bizproc.task.list", by=carol, FILTER={"USER_ID": firm.bob.pk}).result == []
    assert refused("bizproc.workflow.terminate", by=carol, ID=running) == "ACCESS_DENIED"
    answer = {"TASK_ID": task["ID"], "STATUS": 3, "FIELDS": {"amount": 1}}
    assert refused("bizproc.task.complete", by=carol, **answer) == "ERROR_TASK_NOT_FOUND"
    over = {"TASK_IDS": [task["ID"]], "FROM_USER_ID": firm.bob.pk, "TO_USER_ID": carol.pk}
    assert refused("bizproc.task.delegate", by=carol, **over) == "ERROR_DELEGATION_NOT_ALLOWED"
    assert refused("bizproc.workflow.start", by=carol, **given) == ""
    company_wide = Extent.ALL
    firm.grant("crm.deal.see", extent=company_wide, to=carol)
    assert refused("bizproc.workflow.start", by=carol, **given) == "ACCESS_DENIED"
    assert Deal.objects.count() == 1


def test_an_answer_that_the_author_added_is_given_by_its_own_name(firm: Company) -> None:
    source = f"""
definition: further
title: Further
start: [manual]
do:
  - block: approve
    with: {{to: user_{firm.bob.pk}, title: "Right?", answers: {{rework: Once more}}}}
"""
    with opened(firm.ann.pk, door="screen") as call:
        definitions.publish(call, source=source)
        instances.start(call, definition=Definition.objects.get(code="further"))
    [row] = waiting(firm.bob)
    assert ask("bizproc.task.complete", by=firm.bob, TASK_ID=row["ID"], STATUS="rework") is True
    [told] = ask("bizproc.task.list", by=firm.bob, FILTER={"ID": row["ID"]}).result
    assert told["USER_STATUS"] == "2"


def test_a_definition_that_is_kept_for_others_is_started_by_them_alone(firm: Company) -> None:
    source = f"""
definition: kept
title: Kept for Bob
start: [manual: {{by: user_{firm.bob.pk}}}]
do:
  - pause: {{for: 1 day}}
"""
    firm.grant("processes.instance.start")
    with opened(firm.ann.pk, door="screen") as call:
        template = definitions.publish(call, source=source).definition_id
    assert refused("bizproc.workflow.start", by=firm.carol, TEMPLATE_ID=template) == "ACCESS_DENIED"
    assert int(ask("bizproc.workflow.start", by=firm.bob, TEMPLATE_ID=template))
