"""Products and rows of records under Bitrix24's names."""

from datetime import date
from decimal import Decimal

import pytest

from potok.crm.deals.public import Deal
from potok.crm.goods import prices
from potok.crm.goods.public import Product
from potok.kit.dialects import WireError
from potok.kit.doors import opened
from tests.company import Company
from tests.crm.conftest import Ask
from tests.crm.goods.conftest import amount

pytestmark = pytest.mark.django_db


def test_products_are_read_and_written(ask: Ask) -> None:
    made = ask("crm.product.add", fields={"NAME": "Filter", "PRICE": "12.5", "CURRENCY_ID": "USD", "MEASURE": "166"})
    shown = ask("crm.product.get", id=made)
    assert (shown["NAME"], shown["PRICE"], shown["CURRENCY_ID"], shown["MEASURE"], shown["ACTIVE"]) == (
        "Filter", "12.50", "USD", "166", "Y",
    )  # fmt: skip
    assert {row["CODE"] for row in ask("crm.measure.list").result} >= {"796", "166"}
    assert "22.00" in {row["RATE"] for row in ask("crm.vat.list").result}


def test_rows_are_set_and_read_as_they_are_meant(ask: Ask, deal: Deal, filter_: Product) -> None:
    """The price of a row is what one costs at the end; what stood there before the discount is worked out."""
    rows = [
        {"PRODUCT_ID": filter_.pk, "PRICE": "1098", "QUANTITY": 2, "TAX_RATE": 22, "TAX_INCLUDED": "Y",
         "DISCOUNT_TYPE_ID": 2, "DISCOUNT_RATE": 10},
        {"PRODUCT_NAME": "Work", "PRICE": 122, "QUANTITY": 1, "TAX_RATE": 22, "TAX_INCLUDED": "N",
         "DISCOUNT_TYPE_ID": 1, "DISCOUNT_SUM": 20, "MEASURE_CODE": 356},
    ]  # fmt: skip
    assert ask("crm.deal.productrows.set", id=deal.pk, rows=rows) is True
    assert amount(deal) == ("2318.00", False)
    first, second = ask("crm.deal.productrows.get", id=deal.pk)
    told = {
        "PRODUCT_ID": filter_.pk, "PRODUCT_NAME": "Filter F7", "PRICE": 1098, "PRICE_EXCLUSIVE": 900,
        "PRICE_NETTO": 1000, "PRICE_BRUTTO": 1220, "QUANTITY": 2, "DISCOUNT_TYPE_ID": 2, "DISCOUNT_RATE": 10,
        "DISCOUNT_SUM": 100, "TAX_RATE": 22, "TAX_INCLUDED": "Y", "MEASURE_CODE": 796, "OWNER_TYPE": "D", "SORT": 10,
    }  # fmt: skip
    assert {name: first[name] for name in told} == told
    told = {"PRICE": 122, "PRICE_NETTO": 120, "DISCOUNT_SUM": 20, "MEASURE_CODE": 356}
    assert {name: second[name] for name in told} == told
    assert ask("crm.deal.productrows.set", id=deal.pk, rows=[first, second]) is True
    assert [row["PRICE"] for row in ask("crm.deal.productrows.get", id=deal.pk)] == [1098, 122]
    assert ask("crm.deal.productrows.set", id=deal.pk, rows=[]) is True
    assert ask("crm.deal.productrows.get", id=deal.pk) == []


def test_rows_that_cannot_be_are_refused(ask: Ask, firm: Company, deal: Deal) -> None:
    for row in ({"PRODUCT_NAME": "x", "PRICE": "dear"}, {"PRODUCT_NAME": "x", "TAX_RATE": 13}):
        with pytest.raises(WireError):
            ask("crm.deal.productrows.set", id=deal.pk, rows=[row])
    with pytest.raises(WireError, match="Not found"):
        ask("crm.deal.productrows.get", id=deal.pk, by=firm.carol.pk)


def test_currencies_tell_what_they_are_worth(ask: Ask) -> None:
    with opened(None, door="screen") as call:
        prices.set_rate(call, currency="USD", since=date(2020, 1, 1), worth=Decimal("98.5"))
    shown = {row["CURRENCY"]: (row["AMOUNT"], row["BASE"]) for row in ask("crm.currency.list").result}
    assert (shown["RUB"], shown["USD"], shown["EUR"]) == (("1.0000", "Y"), ("98.5000", "N"), (None, "N"))
    assert ask("crm.currency.base.get") == "RUB"
