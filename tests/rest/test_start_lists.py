"""A definition is started on many documents at once, and each is told of."""

from datetime import timedelta

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.models import Clock
from potok.people.public import Extent
from potok.processes import due
from potok.processes.models import Definition, Instance, StartList
from potok.processes.public import definitions
from potok.records import public as records
from tests import company
from tests.company import Company
from tests.rest.wire import ask, refused

pytestmark = pytest.mark.django_db(transaction=True)
SOURCE = """
definition: look
title: Look
record: crm.deal
start: [manual]
parameters: {who: {type: person, title: Who, required: true}}
do:
  - {block: approve, with: {to: '{=Template:who}', title: Look}}
"""


@pytest.fixture
def firm(transactional_db: None) -> Company:
    Clock.objects.get_or_create(pk=1, defaults={"ahead": timedelta()})
    firm = company.found()
    with opened(firm.ann.pk, door="screen") as call:
        records.pipelines.add(call, record_type="crm.deal", title="Sales", stages=[{"title": "New", "code": "NEW"}])
        definitions.publish(call, source=SOURCE)
    return firm


@pytest.fixture
def deals(firm: Company) -> list[int]:
    return [int(ask("crm.deal.add", by=firm.ann, fields={"TITLE": f"Deal {n}"})) for n in range(3)]


def documents(deals: list[int]) -> list[list[str]]:
    return [["crm", "CCrmDocumentDeal", f"DEAL_{deal}"] for deal in deals]


def begun(firm: Company, deals: list[int], *, a_minute: int = 6_000) -> str:
    given = {"TEMPLATE_ID": Definition.objects.get().pk, "DOCUMENT_IDS": documents(deals), "PER_MINUTE": a_minute}
    return str(ask("bizproc.startlist.add", by=firm.ann, PARAMETERS={"who": f"user_{firm.bob.pk}"}, **given))


def test_many_documents_are_started_each_with_its_result(firm: Company, deals: list[int]) -> None:
    made = begun(firm, deals)
    told = ask("bizproc.startlist.get", by=firm.ann, ID=made)
    assert (told["TOTAL"], told["RESULTS"], told["ENDED"]) == (3, {"waiting": 3}, None)
    clock.wind(timedelta(seconds=1))
    due.run_until_idle()
    told = ask("bizproc.startlist.get", by=firm.ann, ID=made)
    assert (told["RESULTS"], told["ENDED"] is None) == ({"started": 3}, False)
    page = ask("bizproc.startlist.items", by=firm.ann, ID=made, FILTER={"RESULT": "started"})
    assert [row["DOCUMENT_ID"] for row in page.result] == [f"DEAL_{deal}" for deal in deals]
    assert {int(row["WORKFLOW_ID"]) for row in page.result} == set(Instance.objects.values_list("pk", flat=True))
    assert [row["ID"] for row in ask("bizproc.startlist.list", by=firm.ann).result] == [made]


def test_what_has_not_begun_is_cancelled(firm: Company, deals: list[int]) -> None:
    made = begun(firm, deals, a_minute=1)
    due.run_until_idle()
    assert ask("bizproc.startlist.cancel", by=firm.ann, ID=made) is True
    assert ask("bizproc.startlist.get", by=firm.ann, ID=made)["RESULTS"] == {"cancelled": 2, "started": 1}
    assert refused("bizproc.startlist.cancel", by=firm.ann, ID=made) == "ERROR_CORE"


def test_a_stranger_starts_nothing_and_finds_no_list_of_others(firm: Company, deals: list[int]) -> None:
    made = begun(firm, deals)
    for name in ("get", "items", "cancel"):
        assert refused(f"bizproc.startlist.{name}", by=firm.carol, ID=made) == "NOT_FOUND"
    assert ask("bizproc.startlist.list", by=firm.carol).result == []
    given = {"TEMPLATE_ID": Definition.objects.get().pk, "DOCUMENT_IDS": documents(deals)}
    assert refused("bizproc.startlist.add", by=firm.carol, **given) == "ACCESS_DENIED"
    assert StartList.objects.count() == 1


def test_who_may_start_starts_only_on_what_he_sees(firm: Company, deals: list[int]) -> None:
    firm.grant("processes.instance.start", extent=Extent.ALL, to=firm.carol)
    given = {"TEMPLATE_ID": Definition.objects.get().pk, "DOCUMENT_IDS": documents(deals)}
    who = {"who": f"user_{firm.bob.pk}"}
    assert refused("bizproc.startlist.add", by=firm.carol, PARAMETERS=who, **given) == "ERROR_CORE"


def test_what_is_wrong_is_said(firm: Company, deals: list[int]) -> None:
    template = Definition.objects.get().pk
    cases = [
        ({"TEMPLATE_ID": 404, "DOCUMENT_IDS": documents(deals)}, "ERROR_WRONG_WORKFLOW_ID"),
        ({"TEMPLATE_ID": template, "DOCUMENT_IDS": []}, 100),
        ({"TEMPLATE_ID": template, "DOCUMENT_IDS": [["crm", "CCrmDocumentContact", "CONTACT_1"]]}, ""),
        ({"TEMPLATE_ID": template, "DOCUMENT_IDS": ["DEAL_1"]}, ""),
        ({"TEMPLATE_ID": template}, 100),
    ]
    for given, code in cases:
        assert refused("bizproc.startlist.add", by=firm.ann, **given) == code, given
    assert not StartList.objects.exclude(begun_at=None).exists()
