"""Invoices and quotes under Bitrix24's names."""

import pytest

from potok.crm.deals.public import Deal
from potok.crm.sales.public import Invoice, OwnEntity
from tests.crm.conftest import Ask

pytestmark = pytest.mark.django_db


def test_an_invoice_is_read_by_its_foreign_names(ask: Ask, invoice: Invoice, deal: Deal) -> None:
    shown = ask("crm.invoice.get", id=invoice.pk)
    told = {
        "ACCOUNT_NUMBER": "1", "STATUS_ID": "issued", "PRICE": "1220.00", "CURRENCY": "RUB", "UF_DEAL_ID": str(deal.pk),
        "UF_COMPANY_ID": str(deal.company_id),
    }  # fmt: skip
    assert {name: shown[name] for name in told} == told
    assert [row["ID"] for row in ask("crm.invoice.list", filter={"STATUS_ID": "issued"}).result] == [str(invoice.pk)]
    assert [row["PRODUCT_NAME"] for row in ask("crm.invoice.productrows.get", id=invoice.pk)] == ["Work", "Filter"]


def test_a_quote_is_added_with_its_rows(ask: Ask, entity: OwnEntity, deal: Deal) -> None:
    made = ask("crm.quote.add", fields={"DEAL_ID": deal.pk, "CLOSEDATE": "2026-12-31", "QUOTE_NUMBER": "mine"})
    ask("crm.quote.productrows.set", id=made, rows=[{"PRODUCT_NAME": "Work", "PRICE": 100, "TAX_INCLUDED": "Y"}])
    shown = ask("crm.quote.get", id=made)
    assert (shown["OPPORTUNITY"], shown["QUOTE_NUMBER"]) == ("100.00", None), "the system numbers, nobody else"
