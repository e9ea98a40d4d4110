"""Filters: what each condition finds, how groups combine, what is refused."""

from functools import reduce
from typing import Any

import pytest

from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.public import Record
from tests.company import Company
from tests.records.conftest import Make

pytestmark = pytest.mark.django_db
Deals = dict[str, Record]


@pytest.fixture
def deals(make: Make, firm: Company) -> Deals:
    client = make("crm.company", {"title": "Ёлка"})
    big = {"title": "Большая", "amount": "1000", "company": client.pk, "stage": "PAID", "close_on": "2026-11-24"}
    return {
        "big": make("crm.deal", big | {"responsible": firm.bob.pk}),
        "small": make("crm.deal", {"title": "Small one", "amount": "10", "close_on": "2026-12-01", "comment": "50%"}),
        "bare": make("crm.deal", {"title": "Bare"}),
    }


def found(given: dict[str, Any], deals: Deals) -> set[str]:
    deal = records.type_named("crm.deal")
    kept = set(records.rows(deal, by=None).filter(records.where(deal, given)).values_list("pk", flat=True))
    return {name for name, record in deals.items() if record.pk in kept}


TERMS: list[tuple[str, str, Any, set[str]]] = [
    ("title", "equal", "Bare", {"bare"}),
    ("title", "contains", "МАЛ", set()),
    ("title", "contains", "боль", {"big"}),
    ("title", "not_contains", "a", {"big"}),
    ("title", "like", "%one", {"small"}),
    ("title", "not_like", "%one", {"big", "bare"}),
    ("comment", "contains", "%", {"small"}),
    ("comment", "empty", None, {"big", "bare"}),
    ("amount", "greater", 10, {"big"}),
    ("amount", "at_least", "10", {"big", "small"}),
    ("amount", "between", [5, 20], {"small"}),
    ("amount", "empty", None, {"bare"}),
    ("amount", "not_equal", 10, {"big", "bare"}),
    ("stage", "equal", "PAID", {"big"}),
    ("stage", "in", ["PAID", "NEW"], {"big", "small", "bare"}),
    ("stage", "not_in", ["NEW"], {"big"}),
    ("close_on", "less", "2026-12-01", {"big"}),
    ("close_on", "at_most", "01.12.2026", {"big", "small"}),
    ("close_on", "filled", None, {"big", "small"}),
    ("company", "filled", None, {"big"}),
    ("company", "empty", None, {"small", "bare"}),
    ("responsible", "empty", None, {"small", "bare"}),
]


@pytest.mark.parametrize(("field", "operator", "value", "expected"), TERMS)
def test_a_condition_finds_what_it_says(
    deals: Deals, field: str, operator: str, value: Any, expected: set[str]
) -> None:
    assert found({"all": [{"field": field, "operator": operator, "value": value}]}, deals) == expected


def test_groups_combine_by_and_and_or(deals: Deals) -> None:
    paid = {"field": "stage", "value": "PAID"}
    small = {"field": "amount", "operator": "less", "value": 100}
    dated = {"field": "close_on", "operator": "filled"}
    assert found({"any": [paid, small]}, deals) == {"big", "small"}
    assert found({"all": [dated, {"any": [paid, small]}, {"field": "amount", "value": 10}]}, deals) == {"small"}
    assert found({"all": []}, deals) == found({}, deals) == {"big", "small", "bare"}


def test_ids_are_filtered_too(deals: Deals) -> None:
    pk = deals["small"].pk
    assert found({"all": [{"field": "id", "operator": "in", "value": [pk]}]}, deals) == {"small"}
    assert found({"all": [{"field": "id", "operator": "not_equal", "value": pk}]}, deals) == {"big", "bare"}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"all": [{"field": "nothing", "value": 1}]}, "records.field.unknown"),
    ({"all": [{"field": "amount", "operator": "contains", "value": "x"}]}, "records.filter.wrong"),
    ({"all": [{"field": "amount", "operator": "greater", "value": "many"}]}, "records.filter.wrong"),
    ({"all": [{"field": "amount", "operator": "between", "value": 5}]}, "records.filter.wrong"),
    ({"all": [{"field": "id", "value": "x"}]}, "records.filter.wrong"),
    ({"all": ["stage"]}, "records.filter.wrong"),
    (reduce(lambda inner, _: {"all": [inner]}, range(10), {"field": "id", "value": 1}), "records.filter.wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code"), WRONG)
def test_a_wrong_filter_is_refused(deals: Deals, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as caught:
        found(given, deals)
    assert caught.value.code == code


@pytest.mark.parametrize(("text", "expected"), [("БОЛЬШ", {"big"}), ("one small", {"small"}), ("nothing", set())])
def test_search_finds_all_words_in_the_title(deals: Deals, text: str, expected: set[str]) -> None:
    deal = records.type_named("crm.deal")
    kept = records.search(records.rows(deal, by=None), deal, text)
    assert {name for name, record in deals.items() if record in kept} == expected


@pytest.mark.parametrize(
    ("sort", "first"), [("title", "bare"), ("-title", "big"), ("amount", "small"), ("", "bare"), ("id", "big")]
)
def test_lists_are_sorted_by_any_field(deals: Deals, sort: str, first: str) -> None:
    deal = records.type_named("crm.deal")
    assert records.rows(deal, by=None).order_by(*records.order(deal, sort))[0] == deals[first]


@pytest.mark.parametrize("name", list(records.record_types))
def test_every_field_of_every_type_is_sorted_by(make: Make, name: str) -> None:
    record_type = records.type_named(name)
    made = {make(name).pk for _ in range(2)}
    for field in records.current().of(record_type):
        rows = records.rows(record_type, by=None).order_by(*records.order(record_type, f"-{field}"))
        assert {row.pk for row in rows} == made
