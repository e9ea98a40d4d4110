"""The tab with the lines of a record, the prices of a product, the rates of currencies."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from potok.crm.deals.public import Deal
from potok.crm.goods import public as goods
from potok.crm.goods.public import Price, Product, Rate
from potok.people.public import Extent
from tests.company import Company
from tests.crm.goods.conftest import Change, add, amount
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(firm: Company) -> Client:
    return inside(firm.ann)


def lines_url(deal: Deal) -> str:
    return reverse("goods:lines", args=["crm.deal", deal.pk])


def test_a_product_a_text_and_a_cell_are_kept_from_the_tab(boss: Client, deal: Deal, filter_: Product) -> None:
    url = f"{lines_url(deal)}change"
    assert "1,220" in boss.post(url, {"add": filter_.pk}).content.decode()
    boss.post(url, {"add": "text:Lifting <b>"})
    first, second = goods.lines(deal.ref)
    assert (second.title, second.product) == ("Lifting <b>", None)
    page = boss.post(url, {"line": first.pk, "quantity": "2", "tax": "20+", "discount": "10"}).content.decode()
    first, second = goods.lines(deal.ref)
    assert (first.quantity, first.tax, first.tax_included, first.discount) == (
        Decimal(2), "20", False, Decimal(10),
    )  # fmt: skip
    assert "Lifting &lt;b&gt;" in page
    assert amount(deal) == ("2635.20", False)
    boss.post(reverse("goods:removal", args=["crm.deal", deal.pk, first.pk]))
    assert [line.title for line in goods.lines(deal.ref)] == ["Lifting <b>"]
    for nothing in ({"add": ""}, {}):
        assert boss.post(url, nothing).status_code == 200
    assert len(goods.lines(deal.ref)) == 1


def test_an_amount_typed_by_hand_is_told_and_given_up(
    boss: Client, deal: Deal, filter_: Product, change: Change
) -> None:
    Deal.objects.filter(pk=deal.pk).update(amount=5000)
    change(deal, {"product": filter_.pk})
    assert "typed by hand" in boss.get(lines_url(deal)).content.decode()
    assert "typed by hand" not in boss.post(f"{lines_url(deal)}following").content.decode()
    assert amount(deal) == ("1220.00", False)


@pytest.mark.parametrize("typed", ["filter", "F7-5", "592", "ашдеук"])
def test_goods_are_found_by_name_and_by_article(boss: Client, filter_: Product, typed: str) -> None:
    page = boss.get(reverse("goods:find"), {"q": typed}).content.decode()
    assert "Filter F7" in page
    assert f'data-value="text:{typed}"' in page


def test_what_is_not_on_sale_is_not_offered(boss: Client, filter_: Product) -> None:
    Product.objects.filter(pk=filter_.pk).update(active=False)
    assert "Filter F7" not in boss.get(reverse("goods:find"), {"q": "filter"}).content.decode()


def test_who_may_only_see_gets_no_controls_and_a_stranger_gets_nothing(
    firm: Company, deal: Deal, filter_: Product, change: Change
) -> None:
    change(deal, {"product": filter_.pk})
    carol = inside(firm.carol)
    assert carol.get(lines_url(deal)).status_code == 404
    assert carol.get("/lines/crm.company/1/").status_code == 404
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    page = carol.get(lines_url(deal)).content.decode()
    assert "Filter F7" in page
    assert "<form" not in page
    assert carol.post(f"{lines_url(deal)}change", {"add": "text:x"}).status_code == 403


def test_a_price_is_kept_on_the_card_of_the_product(boss: Client, filter_: Product) -> None:
    wholesale = add("crm.price_list", title="Wholesale")
    assert "Wholesale" in boss.get(f"/products/{filter_.pk}/?tab=prices").content.decode()
    url = reverse("goods:price", args=[filter_.pk, wholesale.pk])
    assert boss.post(url, {"amount": "990,5"}).status_code == 200
    assert str(Price.objects.get().amount) == "990.50"
    boss.post(url, {"amount": ""})
    assert not Price.objects.exists()


def test_rates_are_kept_by_who_may(firm: Company, boss: Client) -> None:
    url = reverse("goods:rates")
    given = {"currency": "USD", "since": "2026-11-01", "worth": "98,7"}
    assert inside(firm.carol).post(url, given).status_code == 403
    boss.post(url, given)
    assert "98.7" in boss.get(url).content.decode()
    boss.post(reverse("goods:rate_removal", args=[Rate.objects.get().pk]))
    assert not Rate.objects.exists()
    assert boss.post(reverse("goods:rate_removal", args=[77])).status_code == 404
