"""The filter editor: rows make a filter, a filter makes rows and chips, whatever the kind of field."""

import json
from html import unescape
from html.parser import HTMLParser
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
TITLED = {"field": "title", "operator": "contains", "value": "roof"}
DEAR = {"field": "amount", "operator": "at_least", "value": "100"}
NEW = {"field": "stage", "operator": "in", "value": ["NEW", "PAID"]}
MINE = {"field": "responsible", "operator": "in", "value": ["me"]}
FILTERS = [
    {"all": [DEAR]},
    {"all": [NEW]},
    {"all": [{"field": "close_on", "operator": "between", "value": ["2026-11-01", "2026-12-01"]}]},
    {"all": [{"field": "company", "operator": "empty"}]},
    {"all": [{"any": [TITLED, MINE]}, {"field": "comment", "operator": "filled"}]},
    {"all": [{"any": [TITLED, MINE]}]},
    {"all": [{"any": [{"all": [TITLED, NEW]}, {"all": [MINE, {"any": [DEAR, {"all": [NEW, TITLED]}]}]}]}]},
    {"all": [DEAR, {"all": [NEW, MINE]}]},
]


def sent(given: dict[str, Any]) -> str:
    """What the form sends for a filter."""
    asked = QueryDict(mutable=True)
    _send(given, asked)
    return asked.urlencode()


def _send(given: dict[str, Any], asked: QueryDict) -> None:
    if "field" in given:
        key = str(len(asked.getlist("row")))
        value = given.get("value", [])
        items = value if isinstance(value, list) else [value]
        parts = [("field", given["field"]), ("test", given["operator"]), ("row", key)]
        later = "until" if given["operator"] == "between" else "value"
        for name, text in [*parts, *((f"{later if n else 'value'}.{key}", one) for n, one in enumerate(items))]:
            asked.appendlist(name, text)
        return
    word = "any" if "any" in given else "all"
    asked.appendlist("row", word)
    for one in given[word]:
        _send(one, asked)
    asked.appendlist("row", "end")


class Editor(HTMLParser):
    """What a browser would send of the filter editor on a page, in the order in which it stands there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent = QueryDict(mutable=True)
        self.inside, self.sample, self.select = False, False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside |= tag == "form" and "data-filter" in given
        self.sample |= tag == "template"
        if not self.inside or self.sample:
            return
        if tag == "select":
            self.select = given["name"]
            self.sent.appendlist(self.select, "")
        elif tag == "option" and ("selected" in given or not self.sent.getlist(self.select)[-1]):
            self.sent.setlist(self.select, [*self.sent.getlist(self.select)[:-1], given["value"]])
        elif tag == "input" and given.get("name"):
            self.sent.appendlist(given["name"], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "form"
        self.sample &= tag != "template"


def filter_of(answer: Any) -> Any:
    assert answer.status_code == 303
    return json.loads(parse_qs(urlsplit(answer["Location"]).query)["filter"][0])


@pytest.mark.parametrize("given", FILTERS)
def test_the_rows_of_a_filter_make_the_same_filter(boss: Client, given: dict[str, Any]) -> None:
    assert filter_of(boss.get(f"/deals/filter?{sent(given)}")) == given


@pytest.mark.parametrize("given", FILTERS)
def test_a_filter_is_drawn_as_rows_and_chips(boss: Client, given: dict[str, Any]) -> None:
    page = boss.get("/deals/", {"filter": json.dumps(given)}).content.decode()
    assert filter_of(boss.get(f"/deals/filter?{Editor(page).sent.urlencode()}")) == given
    assert page.count('class="chip"') == len(given["all"])


def test_a_group_of_one_condition_is_that_condition_and_an_empty_one_nothing(boss: Client) -> None:
    given = {"all": [DEAR, {"any": [{"all": [TITLED]}, {"any": []}]}]}
    assert filter_of(boss.get(f"/deals/filter?{sent(given)}")) == {"all": [DEAR, TITLED]}


def test_groups_inside_groups_are_said_in_brackets(boss: Client) -> None:
    given = {"all": [{"any": [DEAR, {"all": [TITLED, NEW]}]}]}
    page = unescape(boss.get("/deals/", {"filter": json.dumps(given)}).content.decode())
    assert "or (Name contains “roof”, Stage New, Paid)" in page


def test_a_row_without_a_value_says_nothing(boss: Client) -> None:
    answer = boss.get("/deals/filter?field=amount&test=at_least&row=1&value.1=")
    assert "filter" not in answer["Location"]


def test_what_is_no_value_is_refused_beside_its_row(db: None, pipeline: records.Pipeline) -> None:
    with pytest.raises(Refused) as refused:
        filter_rows.read(records.record_types["crm.deal"], QueryDict("field=amount&test=at_least&row=7&value.7=much"))
    assert refused.value.place == "value.7"


def test_a_condition_that_has_no_row_stays(boss: Client) -> None:
    chosen = {"field": "id", "operator": "in", "value": [1, 2]}
    answer = boss.get("/deals/filter", {"filter": json.dumps({"all": [chosen, DEAR]})})
    assert filter_of(answer) == {"all": [chosen]}


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
