"""Designed types over REST: `crm.type.*`, and their records through `crm.item.*`."""

from typing import Any

import pytest

from potok.kit.dialects import Page, WireError, methods
from potok.kit.doors import opened
from potok.lists.public import Design
from potok.people.public import Extent
from tests.company import Company

pytestmark = pytest.mark.django_db


def ask(name: str, *, by: int | None = None, **given: Any) -> Any:
    asked = methods[name]
    with opened(by, door="rest") as call:
        answer = asked.answer(call, asked.takes(**given))
    return answer.result if isinstance(answer, Page) else answer


def number(design: Design) -> int:
    return 1000 + design.pk


def test_records_are_added_changed_listed_and_removed_by_the_number_of_their_type(letters: Design) -> None:
    at = {"entityTypeId": number(letters)}
    added = ask("crm.item.add", **at, fields={"title": "Lift", "ufCrm_RECEIVED": "2026-11-20"})["item"]
    assert added["title"] == "Lift"
    assert added["ufCrm_RECEIVED"].startswith("2026-11-20")
    assert (added["stageId"], added["entityTypeId"]) == ("NEW", number(letters))
    assert isinstance(added["id"], int)
    changed = ask("crm.item.update", **at, id=added["id"], fields={"stageId": "WON"})["item"]
    assert changed["stageId"] == "WON"
    assert ask("crm.item.get", **at, id=added["id"])["item"] == changed
    ask("crm.item.add", **at, fields={"TITLE": "Roof"})
    listed = ask("crm.item.list", **at, select=["title"], order={"id": "DESC"})["items"]
    assert [(one["title"], sorted(one)) for one in listed] == [("Roof", ["id", "title"]), ("Lift", ["id", "title"])]
    nested = {"0": {"logic": "OR", "0": {"title": "Roof"}, "1": {"stageId": "WON"}}}
    assert len(ask("crm.item.list", **at, filter=nested)["items"]) == 2
    assert len(ask("crm.item.list", **at, filter={"=title": "Roof", ">id": 0})["items"]) == 1
    assert ask("crm.item.delete", **at, id=added["id"]) == []
    with pytest.raises(WireError, match="Element not found"):
        ask("crm.item.get", **at, id=added["id"])


def test_deals_answer_to_their_number_too(letters: Design) -> None:
    added = ask("crm.item.add", entityTypeId=2, fields={"title": "Lift", "opportunity": 100.5})["item"]
    assert (added["opportunity"], added["currencyId"]) == (100.5, "RUB")


def test_what_nobody_knows_is_an_error(letters: Design) -> None:
    with pytest.raises(WireError, match="SPA not found"):
        ask("crm.item.list", entityTypeId=999)
    with pytest.raises(WireError, match="field 'nonsense' is not allowed in filter"):
        ask("crm.item.list", entityTypeId=number(letters), filter={"nonsense": 1})


def test_fields_are_described_under_both_names(letters: Design) -> None:
    told = ask("crm.item.fields", entityTypeId=number(letters))["fields"]
    assert told["ufCrm_RECEIVED"]["upperName"] == "UF_CRM_RECEIVED"
    assert {"id", "title", "createdTime", "assignedById", "stageId", "categoryId"} <= told.keys()


def test_types_are_designed_over_rest(company: Company) -> None:
    made = ask("crm.type.add", fields={"title": "Keys", "isStagesEnabled": "Y"})["type"]
    assert (made["title"], made["entityTypeId"], made["isStagesEnabled"]) == ("Keys", 1000 + made["id"], "Y")
    assert ask("crm.type.get", id=made["id"])["type"] == made
    assert ask("crm.type.getByEntityTypeId", entityTypeId=made["entityTypeId"])["type"] == made
    assert ask("crm.type.list", filter={"title": "Keys"})["types"] == [made]
    assert "title" in ask("crm.type.fields")["fields"]
    categories = ask("crm.category.list", entityTypeId=made["entityTypeId"])["categories"]
    assert [one["entityTypeId"] for one in categories] == [made["entityTypeId"]]
    assert ask("crm.type.update", id=made["id"], fields={"title": "Old keys"})["type"]["title"] == "Old keys"
    assert ask("crm.type.delete", id=made["id"]) == []
    assert ask("crm.type.list")["types"] == []


def test_a_stranger_neither_designs_nor_sees_types(letters: Design, company: Company) -> None:
    carol = company.carol.pk
    assert ask("crm.type.list", by=carol)["types"] == []
    for name, given in (
        ("crm.type.add", {"fields": {"title": "Keys"}}),
        ("crm.type.get", {"id": letters.pk}),
        ("crm.type.delete", {"id": letters.pk}),
        ("crm.item.add", {"entityTypeId": number(letters), "fields": {"title": "x"}}),
    ):
        with pytest.raises(WireError):
            ask(name, by=carol, **given)
    assert ask("crm.item.list", by=carol, entityTypeId=number(letters))["items"] == []
    company.grant("lists.letters.see", extent=Extent.OWN, to=company.carol)
    assert [one["title"] for one in ask("crm.type.list", by=carol)["types"]] == ["Letters"]
