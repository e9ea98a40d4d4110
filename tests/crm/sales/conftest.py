"""A deal with goods, an entity of our own, and what is drawn up from them."""

from decimal import Decimal
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.crm.sales.public import Invoice, OwnEntity, operations
from potok.kit.doors import opened
from potok.kit.operations import operations as known
from tests.company import Company
from tests.crm.goods.conftest import add


@pytest.fixture
def entity(firm: Company) -> OwnEntity:
    made: OwnEntity = add("crm.own_entity", title="North Air", inn="7707083893", is_default=True)
    return made


@pytest.fixture
def deal(firm: Company) -> Deal:
    company = add("crm.company", title="Gulliver")
    made: Deal = add("crm.deal", title="Ventilation", responsible=firm.bob.pk, company=company.pk)
    do(
        "crm.deal.lines.change",
        record=made,
        lines=[{"title": "Work", "price": 1000}, {"title": "Filter", "price": 220}],
    )
    return Deal.objects.get(pk=made.pk)


@pytest.fixture
def invoice(entity: OwnEntity, deal: Deal) -> Invoice:
    """An invoice that is issued."""
    return issue(draw_up(deal))


def do(name: str, *, by: int | None = None, **given: Any) -> Any:
    """Ask an operation as the system, or as somebody."""
    with opened(by, door="screen") as call:
        return known[name](call, **given)


def draw_up(deal: Deal) -> Invoice:
    with opened(None, door="screen") as call:
        return operations.draw_up_invoice(call, source=deal)


def issue(invoice: Invoice) -> Invoice:
    with opened(None, door="screen") as call:
        return operations.issue(call, invoice=invoice)


def stands(invoice: Invoice) -> tuple[str, Decimal | None]:
    """The state of an invoice, and what has been paid."""
    row = Invoice.objects.get(pk=invoice.pk)
    return row.state, row.paid
