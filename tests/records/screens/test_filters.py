"""The filter editor: rows make a filter, a filter makes rows and chips, whatever the kind of field."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.screens import filter_rows
from tests.company import Company
from tests.records.conftest import Make

ALL_KINDS = ("text", "number", "money", "yes_no", "date", "moment", "choice", "person", "email", "phone", "url")
FILTERS = [
    {"all": [{"field": "amount", "operator": "at_least", "value": "100"}]},
    {"all": [{"field": "stage", "operator": "in", "value": ["NEW", "PAID"]}]},
    {"all": [{"field": "close_on", "operator": "between", "value": ["2026-11-01", "2026-12-01"]}]},
    {"all": [{"field": "company", "operator": "empty"}]},
    {"all": [{"any": [{"field": "title", "operator": "contains", "value": "roof"},
                      {"field": "responsible", "operator": "in", "value": ["me"]}]},
             {"field": "comment", "operator": "filled"}]},
]  # fmt: skip


def sent(filter: dict[str, Any]) -> str:
    """What the form sends for the rows of a filter."""
    rows: list[tuple[str, str]] = []
    for term in filter["all"]:
        group = term.get("any", [term])
        for place, one in enumerate(group):
            key = str(len(rows))
            rows += [("field", one["field"]), ("test", one["operator"]), ("row", key)]
            value = one.get("value", [])
            given = value if isinstance(value, list) else [value]
            low, high = ([given[0]], given[1:]) if one["operator"] == "between" else (given, [])
            rows += [(f"value.{key}", text) for text in low] + [(f"until.{key}", text) for text in high]
            rows += [("or", key)] if place < len(group) - 1 else []
    asked = QueryDict(mutable=True)
    for name, text in rows:
        asked.appendlist(name, text)
    return asked.urlencode()


@pytest.mark.parametrize("given", FILTERS)
def test_the_rows_of_a_filter_make_the_same_filter(boss: Client, given: dict[str, Any]) -> None:
    answer = boss.get(f"/deals/filter?{sent(given)}")
    assert answer.status_code == 303
    assert json.loads(parse_qs(urlsplit(answer["Location"]).query)["filter"][0]) == given


@pytest.mark.parametrize("given", FILTERS)
def test_a_filter_is_drawn_as_rows_and_chips(boss: Client, given: dict[str, Any]) -> None:
    page = boss.get("/deals/", {"filter": json.dumps(given)}).content.decode()
    terms = [one for term in given["all"] for one in term.get("any", [term])]
    assert page.count('name="row" value="') == len(terms)
    assert page.count('class="chip"') == len(given["all"])


def test_a_row_without_a_value_says_nothing(boss: Client) -> None:
    answer = boss.get("/deals/filter?field=amount&test=at_least&row=1&value.1=")
    assert "filter" not in answer["Location"]


def test_what_is_no_value_is_refused_beside_its_row(db: None, pipeline: records.Pipeline) -> None:
    with pytest.raises(Refused) as refused:
        filter_rows.read(records.record_types["crm.deal"], QueryDict("field=amount&test=at_least&row=7&value.7=much"))
    assert refused.value.place == "value.7"


def test_a_condition_too_deep_for_the_editor_stays(boss: Client) -> None:
    deep = {"any": [{"all": [{"field": "title", "operator": "filled"}]}]}
    answer = boss.get("/deals/filter", {"filter": json.dumps({"all": [deep]})})
    assert json.loads(parse_qs(urlsplit(answer["Location"]).query)["filter"][0]) == {"all": [deep]}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_kind_of_custom_field_has_a_row_for_each_of_its_tests(
    boss: Client, firm: Company, pipeline: records.Pipeline, kind: str
) -> None:
    with opened(None, door="start_up") as call:
        records.custom_fields.add(
            call, record_type="crm.deal", kind=kind, title="Extra", name="extra", options=["One", "Two"]
        )
    page = boss.get("/deals/filter/row?field=extra").content.decode()
    tests = page.split('name="test"')[1].split("</select>")[0].count("<option")
    assert tests >= 3
    assert "value." in page


def test_what_was_given_stays_when_the_test_changes(boss: Client) -> None:
    page = boss.get("/deals/filter/row?field=amount&test=less&row=5&value.5=250").content.decode()
    assert 'name="value.5" type="text" value="250"' in page


def test_values_are_picked_from_what_there_is(boss: Client, firm: Company, make: Make) -> None:
    make("crm.company", {"title": "North Air"})
    assert "Paid" in boss.get("/deals/filter/options?field=stage&q=pa").content.decode()
    assert "Bob Petrov" in boss.get("/deals/filter/options?field=responsible&q=bo").content.decode()
    assert "North Air" in boss.get("/deals/filter/options?field=company&q=nor").content.decode()


def test_mine_means_whoever_looks(boss: Client, firm: Company, make: Make) -> None:
    make("crm.deal", {"title": "Of Ann", "responsible": firm.ann.pk})
    make("crm.deal", {"title": "Of Bob", "responsible": firm.bob.pk})
    page = boss.get("/deals/?view=mine").content.decode()
    assert "Of Ann" in page
    assert "Of Bob" not in page
