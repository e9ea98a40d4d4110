"""Price lists and rates of currencies."""

from datetime import date
from decimal import Decimal

import pytest

from potok.crm.deals.public import Deal
from potok.crm.goods import prices
from potok.crm.goods import public as goods
from potok.crm.goods.public import Product, Rate
from potok.kit.doors import opened
from potok.people.public import Extent
from tests.company import Company
from tests.crm.goods.conftest import Change, add
from tests.records.conftest import refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def rate(currency: str, since: date, worth: str) -> Rate:
    with opened(None, door="screen") as call:
        return prices.set_rate(call, currency=currency, since=since, worth=Decimal(worth))


def test_a_price_list_goes_before_the_usual_price(deal: Deal, filter_: Product, change: Change) -> None:
    wholesale = add("crm.price_list", title="Wholesale")
    with opened(None, door="screen") as call:
        prices.set_(call, price_list=wholesale, product=filter_, amount=Decimal(990))
    [line] = change(deal, {"product": filter_.pk, "price_list": wholesale.pk})
    assert line.price == 990
    with opened(None, door="screen") as call:
        prices.set_(call, price_list=wholesale, product=filter_, amount=None)
    *_, line = change(deal, {"product": filter_.pk, "price_list": wholesale.pk})
    assert line.price == 1220
    with opened(None, door="screen") as call, refused("crm.line.negative"):
        prices.set_(call, price_list=wholesale, product=filter_, amount=Decimal(-1))


def test_a_price_list_that_one_may_not_see_gives_no_price(
    firm: Company, deal: Deal, filter_: Product, change: Change
) -> None:
    secret = add("crm.price_list", title="Partners")
    for permission in ("crm.deal.edit", "crm.product.see"):
        firm.grant(permission, extent=Extent.ALL, to=firm.bob)
    with refused("kit.missing"):
        change(deal, {"product": filter_.pk, "price_list": secret.pk}, by=firm.bob.pk)
    assert change(deal, {"product": filter_.pk, "price_list": ""}, by=firm.bob.pk)


def test_the_last_rate_before_the_day_holds() -> None:
    rate("USD", date(2026, 1, 1), "80")
    rate("USD", date(2026, 10, 1), "100")
    rate("EUR", date(2026, 10, 1), "110")
    assert goods.convert(Decimal(10), "USD", "RUB", on=DAY) == Decimal("1000.00")
    assert goods.convert(Decimal(10), "USD", "RUB", on=date(2026, 9, 30)) == Decimal("800.00")
    assert goods.convert(Decimal(100), "USD", "EUR", on=DAY) == Decimal("90.91")
    assert goods.convert(Decimal(10), "USD", "USD", on=date(2000, 1, 1)) == 10
    assert rate("USD", date(2026, 10, 1), "101").pk == Rate.objects.get(currency="USD", worth=101).pk


def test_without_a_rate_nothing_is_guessed(deal: Deal, change: Change) -> None:
    abroad = add("crm.product", title="Sensor", price={"amount": 12, "currency": "EUR"})
    with refused("crm.price.no_rate"):
        change(deal, {"product": abroad.pk})
    usual = rate("EUR", date(2020, 1, 1), "100")
    [line] = change(deal, {"product": abroad.pk})
    assert line.price == 1200
    with opened(None, door="screen") as call:
        prices.remove_rate(call, rate=usual)
    with refused("crm.price.no_rate"):
        goods.worth("EUR", on=DAY)


@pytest.mark.parametrize(("currency", "worth"), [("RUB", "1"), ("XXX", "1"), ("USD", "0"), ("USD", "-3")])
def test_a_rate_that_makes_no_sense_is_refused(currency: str, worth: str) -> None:
    with refused("crm.rate.wrong"):
        rate(currency, DAY, worth)
