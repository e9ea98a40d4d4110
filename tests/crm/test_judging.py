"""Whatever is done with a record beyond changing it is judged as changing it is: shares, limits of pipelines and people
from outside count."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from potok.kit.doors import opened
from potok.kit.errors import Forbidden
from potok.kit.operations import operations
from potok.people.public import Extent, Person
from potok.records.public import Limit, Record, sharing
from tests.company import Company
from tests.crm.goods.conftest import add
from tests.crm.sales.conftest import do
from tests.crm.test_leads import make as make_lead
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db
LINE = [{"title": "Work", "price": 10}]


def paper(name: str, **more: Any) -> Record:
    record: Record = do(f"{name}.draw_up", source=add("crm.deal", title="Ventilation", amount=10), **more)
    return record


def issued() -> Record:
    made: Record = do("crm.invoice.issue", invoice=paper("crm.invoice"))
    return made


def planned(*, is_done: bool = False) -> Record:
    made: Record = add("crm.activity", title="Call")
    if is_done:
        do("crm.activity.complete", activity=made)
    return made


# An operation that needs the right to change: what it is done with, and what else is given.
Made = tuple[Callable[[], Record], dict[str, Any]]
CHANGES: dict[str, Made] = {
    "crm.lead.convert": (make_lead, {}),
    "crm.deal.lines.change": (lambda: add("crm.deal", title="Ventilation"), {"lines": LINE}),
    "crm.invoice.issue": (lambda: paper("crm.invoice"), {}),
    "crm.quote.issue": (lambda: paper("crm.quote"), {}),
    "crm.order.issue": (lambda: paper("crm.order"), {}),
    "crm.delivery_note.issue": (lambda: paper("crm.delivery_note"), {}),
    "crm.contract.number": (lambda: add("crm.contract", title="Service"), {}),
    "crm.invoice.cancel": (issued, {}),
    "crm.activity.complete": (planned, {}),
    "crm.activity.reopen": (lambda: planned(is_done=True), {}),
}


@pytest.fixture(autouse=True)
def entity(firm: Company) -> Record:
    made: Record = add("crm.own_entity", title="North Air", inn="7707083893", is_default=True)
    return made


def asked(name: str, record: Record, by: Person, **given: Any) -> Any:
    """Ask the operation for one record, as somebody."""
    operation = operations[name]
    with opened(by.pk, door="screen") as call:
        return operation.many([(call, {operation.on: record, **given})])[0]


def share(record: Record, to: Person, *, may_edit: bool) -> None:
    with opened(None, door="screen") as call:
        sharing.give(call, record=record, holder=f"user_{to.pk}", may_edit=may_edit)


@pytest.mark.parametrize("name", CHANGES)
def test_a_share_lets_do_it_where_it_lets_change(firm: Company, name: str) -> None:
    make, given = CHANGES[name]
    record = make()
    share(record, firm.carol, may_edit=False)
    assert isinstance(asked(name, record, firm.carol, **given), Forbidden)
    share(record, firm.carol, may_edit=True)
    assert not isinstance(asked(name, record, firm.carol, **given), Forbidden)


@pytest.mark.parametrize("name", CHANGES)
def test_whoever_is_from_outside_does_it_with_his_own_alone(firm: Company, name: str) -> None:
    make, given = CHANGES[name]
    record = make()
    firm.grant(f"{record.record_type}.edit", extent=Extent.ALL, to=firm.eve)
    assert isinstance(asked(name, record, firm.eve, **given), Forbidden)
    do(f"{record.record_type}.change", record=record, values={"responsible": firm.eve.pk})
    record.refresh_from_db()
    assert not isinstance(asked(name, record, firm.eve, **given), Forbidden)


@pytest.mark.parametrize("name", ["crm.lead.convert", "crm.deal.lines.change"])
@pytest.mark.parametrize("level", [Limit.READ_ONLY, Limit.HIDDEN])
def test_a_pipeline_that_the_role_leaves_out_refuses_it(firm: Company, name: str, level: str) -> None:
    make, given = CHANGES[name]
    record: Any = make()
    of = record.record_type
    role = firm.grant(f"{of}.edit", extent=Extent.ALL, to=firm.bob)
    with opened(None, door="screen") as call:
        sharing.limit(call, role=role, record_type=of, pipeline=record.pipeline, level=level)
    assert isinstance(asked(name, record, firm.bob, **given), Forbidden)
    with opened(None, door="screen") as call:
        sharing.limit(call, role=role, record_type=of, pipeline=record.pipeline)
    assert not isinstance(asked(name, record, firm.bob, **given), Forbidden)


def test_to_change_an_invoice_is_not_to_enter_its_payments(firm: Company) -> None:
    invoice = issued()
    share(invoice, firm.carol, may_edit=True)
    assert isinstance(asked("crm.invoice.pay", invoice, firm.carol), Forbidden)
    firm.grant("crm.invoice.pay", extent=Extent.ALL, to=firm.eve)
    assert isinstance(asked("crm.invoice.pay", invoice, firm.eve), Forbidden)
    paid: Any = do("crm.invoice.pay", invoice=invoice)
    assert isinstance(asked("crm.payment.remove", paid.payments.get(), firm.eve), Forbidden)


def test_prices_are_set_by_whoever_the_price_list_was_shared_with(firm: Company) -> None:
    prices, product = add("crm.price_list", title="Wholesale"), add("crm.product", title="Filter", price=10)
    given = {"product": product, "amount": 8}
    assert isinstance(asked("crm.price.set", prices, firm.carol, **given), Forbidden)
    share(prices, firm.carol, may_edit=True)
    assert not isinstance(asked("crm.price.set", prices, firm.carol, **given), Forbidden)


# Where the button stands, and where it leads.
BUTTONS: dict[str, tuple[str, Callable[[Record], str]]] = {
    "crm.lead.convert": ("leads", lambda one: reverse("leads:conversion", args=[one.pk])),
    "crm.invoice.issue": ("invoices", lambda one: reverse("sales:issue", args=["crm.invoice", one.pk])),
    "crm.invoice.cancel": ("invoices", lambda one: reverse("sales:cancellation", args=[one.pk])),
    "crm.activity.complete": ("activities", lambda one: reverse("activities:completion", args=[one.pk])),
}


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_stands_where_its_operation_would_not_refuse(firm: Company, name: str) -> None:
    record = CHANGES[name][0]()
    path, leads_to = BUTTONS[name]
    # A role that reaches all reaches nothing of others for people from outside.
    firm.grant(f"{record.record_type}.edit", extent=Extent.ALL, to=firm.eve)
    for person, may_edit in ((firm.eve, False), (firm.eve, True), (firm.carol, False), (firm.carol, True)):
        share(record, person, may_edit=may_edit)
        page = inside(person).get(f"/{path}/{record.pk}/").content.decode()
        assert (leads_to(record) in page) == may_edit, (person, may_edit)
