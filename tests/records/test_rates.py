"""Amounts of several currencies come to one by the rates that are kept, and stand apart where somebody wants it so."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import translation

from potok.crm.goods import public as goods
from potok.kit.doors import opened
from potok.records.reports import counting, operations
from potok.records.reports.models import Report
from potok.records.reports.tables import Table
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import boss  # noqa: F401 (a fixture)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def deals(firm: Company, make: Make) -> None:
    for amount in ("100 RUB", "7 USD"):
        make("crm.deal", {"amount": amount, "responsible": firm.bob.pk})


@pytest.fixture
def rate() -> None:
    with opened(None, door="screen") as call:
        goods.prices.set_rate(call, currency="USD", since=date(2020, 3, 1), worth=Decimal("80.5"))


def table(firm: Company, **given: Any) -> Table:
    return counting.count(Report(record_type="crm.deal", group="stage", **given), by=firm.ann.pk)


def counted(found: Table) -> tuple[list[str], list[Any]]:
    return [one.currency for one in found.columns], list(found.lines[0].values)


def test_a_report_adds_up_and_averages_in_one_currency_and_says_the_rates(
    firm: Company, deals: None, rate: None
) -> None:
    found = table(firm, measure="sum:amount")
    assert counted(found) == (["RUB"], [Decimal("663.5")])
    assert found.notes == ("By the rates: 1 USD = 80.5\xa0₽ from 1 March 2020",)
    assert counted(table(firm, measure="average:amount")) == (["RUB"], [Decimal("331.75")])


def test_currencies_stay_apart_where_one_wants_it_or_a_rate_is_missing(firm: Company, deals: None, rate: None) -> None:
    assert counted(table(firm, measure="sum:amount", apart=True)) == (["RUB", "USD"], [100, 7])
    goods.Rate.objects.all().delete()
    assert counted(table(firm, measure="sum:amount")) == (["RUB", "USD"], [100, 7])


def test_a_plan_counts_what_has_a_rate_and_names_the_rest(firm: Company, deals: None, rate: None) -> None:
    plan = table(firm, shape="plan", measure="sum:amount")
    assert plan.lines[0].values[1] == Decimal("663.5")
    goods.Rate.objects.all().delete()
    plan = table(firm, shape="plan", measure="sum:amount")
    assert plan.lines[0].values[1] == 100
    assert plan.notes == ["Not counted, because there is no rate: USD"]


@pytest.mark.parametrize("address", ["/deals/", "/deals/board", "/deals/?group=responsible"])
def test_lists_and_boards_add_up_the_same_way(deals: None, rate: None, boss: Client, address: str) -> None:  # noqa: F811
    shown = unescape(boss.get(address).content.decode())
    assert "₽663.50" in shown
    assert "1 USD = 80.5" in shown
    apart = unescape(boss.get(address, {"apart": "1"}).content.decode())
    assert "₽100 + $7" in apart
    assert "₽663.50" not in apart


def test_a_report_keeps_that_currencies_stand_apart(firm: Company, deals: None, rate: None, boss: Client) -> None:  # noqa: F811
    with opened(firm.ann.pk, door="screen") as call:
        kept = operations.save(
            call, title="Money", record_type="crm.deal", group="stage", measure="sum:amount", apart=True
        )
    assert "$7" in boss.get(f"/reports/{kept.pk}/").content.decode()
    assert "$7" not in boss.get(f"/reports/{kept.pk}/", {"apart": ""}).content.decode()


def test_a_report_has_a_filter_of_its_own(deals: None, boss: Client) -> None:  # noqa: F811
    given = {"type": "crm.deal", "group": "stage", "measure": "sum:amount", "row": ["all", "a", "end"]}
    narrowed = boss.get(
        "/reports/show/narrowing", {**given, "field": "amount", "test": "at_least", "value.a": "50"}
    ).headers["Location"]
    assert json.loads(parse_qs(urlsplit(narrowed).query)["filter"][0]) == {
        "all": [{"field": "amount", "operator": "at_least", "value": "50"}]
    }
    shown = unescape(boss.get(narrowed).content.decode())
    assert "₽100" in shown
    assert "$7" not in shown
    # The chip takes the condition away, and nothing else of the report.
    assert "measure=sum%3Aamount&period=&filter=&" in shown
