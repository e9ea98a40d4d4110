"""The list: what it shows to whom, by which filter, in which order, at what cost."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

Given = Mapping[str, Any]


def shown(client: Client, url: str, **asked: Any) -> str:
    answer = client.get(url, {name: json.dumps(v) if name == "filter" else v for name, v in asked.items()})
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_list_shows_what_the_person_may_see(firm: Company, make: Make) -> None:
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.bob)
    make("crm.deal", {"title": "Hall ventilation", "responsible": firm.bob.pk})
    make("crm.deal", {"title": "Roof repair", "responsible": firm.carol.pk})
    page = shown(inside(firm.bob), "/deals/")
    assert "Hall ventilation" in page
    assert "Roof repair" not in page


def test_a_stranger_is_told_that_he_has_no_right(firm: Company, make: Make) -> None:
    make("crm.deal", {"title": "Roof repair"})
    page = shown(inside(firm.carol), "/deals/")
    assert "Roof repair" not in page
    assert "You have no right to see" in page


def test_the_first_use_offers_to_create(firm: Company, boss: Client) -> None:
    assert "Create the first one" in shown(boss, "/deals/")


def test_a_filter_that_lets_nothing_through_offers_to_reset_it(boss: Client, make: Make) -> None:
    make("crm.deal")
    page = shown(boss, "/deals/", filter={"field": "title", "operator": "contains", "value": "zzz"})
    assert "Nothing matches the filter" in page


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"field": "amount", "operator": "at_least", "value": "200"}, {"B", "C"}),
        ({"field": "amount", "operator": "between", "value": ["150", "250"]}, {"B"}),
        ({"any": [{"field": "title", "operator": "equal", "value": "A"},
                  {"field": "amount", "operator": "greater", "value": 250}]}, {"A", "C"}),
        ({"all": [{"field": "stage", "operator": "in", "value": ["PAID"]}]}, {"C"}),
        ({"field": "size", "operator": "in", "value": ["2"]}, {"B"}),
        ({"field": "size", "operator": "not_in", "value": ["2"]}, {"A", "C"}),
    ],
)  # fmt: skip
def test_a_filter_narrows_by_every_kind_of_field(
    boss: Client, make: Make, size: None, given: Given, found: set[str]
) -> None:
    for title, amount, size_key, stage in (("A", 100, "1", "NEW"), ("B", 200, "2", "NEW"), ("C", 300, "1", "PAID")):
        make(
            "crm.deal",
            {"title": f"Deal {title}", "amount": amount, "size": size_key, "stage": stage}
            | ({"title": title} if title == "A" else {}),
        )
    page = shown(boss, "/deals/", filter=given)
    assert {name for name in "ABC" if f">{'Deal ' if name != 'A' else ''}{name}</a>" in page} == found


def test_a_filter_that_cannot_be_read_is_refused_in_words(boss: Client) -> None:
    answer = boss.get("/deals/", {"filter": "{nonsense"})
    assert answer.status_code == 422
    assert "filter" in answer.content.decode()


def test_columns_and_order_are_in_the_address(boss: Client, make: Make) -> None:
    for title, amount in (("Cheap", 100), ("Dear", 900)):
        make("crm.deal", {"title": title, "amount": amount})
    page = shown(boss, "/deals/", sort="-amount", columns="title,amount")
    assert page.index(">Dear</a>") < page.index(">Cheap</a>")
    assert page.count("<th scope") == 2


def test_the_search_finds_words_in_any_order(boss: Client, make: Make) -> None:
    make("crm.deal", {"title": "Ремонт тёплой крыши"})
    make("crm.deal", {"title": "Ремонт подвала"})
    page = shown(boss, "/deals/", q="крыши ремонт")
    assert "Ремонт тёплой крыши" in page
    assert "Ремонт подвала" not in page


def test_totals_speak_of_all_that_is_found(boss: Client, make: Make) -> None:
    for amount in (100, 250):
        make("crm.deal", {"amount": amount})
    assert "2 in all, ₽350" in shown(boss, "/deals/")


def test_pages_follow_each_other_and_renew_themselves_alone(
    boss: Client, make: Make, many: Callable[[int], None]
) -> None:
    many(60)
    first = shown(boss, "/deals/")
    assert first.count("data-row=") == 50
    assert 'data-live="crm.deal"' in first
    rest = shown(boss, "/deals/", **{"from": "50"})
    assert rest.count("data-row=") == 10
    assert 'id="rows-50" data-live="crm.deal:' in rest


def test_a_title_never_becomes_markup(boss: Client, make: Make) -> None:
    make("crm.deal", {"title": "<script>alert(1)</script>"})
    assert "<script>alert" not in shown(boss, "/deals/")


def test_fifty_rows_cost_few_questions(
    boss: Client, many: Callable[[int], None], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(55)
    shown(boss, "/deals/")
    with django_assert_max_num_queries(14):
        shown(boss, "/deals/")


@pytest.fixture
def size(firm: Company) -> None:
    with opened(None, door="start_up") as call:
        records.custom_fields.add(
            call, record_type="crm.deal", kind="choice", title="Size", name="size", options=["Small", "Large"]
        )
