"""Tags of records: words of one's own, offered again, by which records are found."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records import tagging
from potok.records.fields import Tags
from tests.company import Company
from tests.records.conftest import Make, refused
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db
DEAL = records.record_types["crm.deal"]
FIELD = Tags("tags", "Tags")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("vip", ("vip",)),
        ("#vip, Housing;fair", ("vip", "Housing", "fair")),
        (["vip", "VIP", "Vip "], ("vip",)),
        ([" two  words ", "", ","], ("two words",)),
        (None, ()),
    ],
)
def test_a_text_with_commas_is_several_tags_and_none_twice(typed: Any, kept: tuple[str, ...]) -> None:
    assert FIELD.read(typed) == kept


def test_a_tag_is_no_story() -> None:
    with refused("records.field.unreadable"):
        FIELD.read("x" * 51)


def test_tags_are_kept_found_and_told_in_history(make: Make) -> None:
    deal, other = make("crm.deal", {"tags": "vip, housing"}), make("crm.deal")
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={"tags": ["vip", "fair"]})

    def found(operator: str, value: Any) -> set[int]:
        asked = {"field": "tags", "operator": operator, "value": value}
        return set(records.rows(DEAL, by=None).filter(records.where(DEAL, asked)).values_list("pk", flat=True))

    assert found("in", ["fair", "nothing"]) == {deal.pk}
    assert found("in", ["housing"]) == set()
    assert found("contains", "FAI") == {deal.pk}
    assert found("not_in", ["vip"]) == {other.pk}
    last = records.History.objects.filter(record_id=deal.pk).first()
    assert last is not None
    assert (last.before, last.after) == ({"tags": ["vip", "housing"]}, {"tags": ["vip", "fair"]})


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["housing", "vip", "vip 2"]),
        ("vi", ["vip", "vip 2", "vi"]),
        ("VIP", ["vip", "vip 2"]),
        ("2", ["2", "vip 2"]),
        ("new", ["new"]),
    ],
)
def test_what_is_in_use_is_offered_and_what_is_new_is_taken(make: Make, typed: str, offered: list[str]) -> None:
    for tags in ("housing, vip 2", "housing", "housing, vip", "vip"):
        make("crm.deal", {"tags": tags})
    found = tagging.offered(DEAL, FIELD, typed, by=None)
    assert found == offered


def test_tags_of_records_that_somebody_does_not_see_are_not_offered_to_him(make: Make, firm: Company) -> None:
    make("crm.deal", {"tags": "secret", "responsible": firm.alice.pk})
    make("crm.deal", {"tags": "open", "responsible": firm.carol.pk})
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.carol)
    for path in ("options/tags?q=", "filter/options?field=tags&q="):
        page = inside(firm.carol).get(f"/deals/{path}").content.decode()
        assert "open" in page
        assert "secret" not in page


def test_a_tag_typed_on_the_card_is_kept(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"responsible": firm.alice.pk, "tags": "vip"})
    for act in ("see", "edit"):
        firm.grant(f"crm.deal.{act}", extent=Extent.OWN, to=firm.alice)
    page = inside(firm.alice)
    answer = page.post(f"/deals/{deal.pk}/fields/tags", {"tags": ["vip", "fair"], "seen": '["vip"]'})
    assert answer.status_code == 200
    assert '<span class="tag">fair</span>' in answer.content.decode()
    found: Any = records.find(DEAL, deal.pk, by=None)
    assert found.tags == ["vip", "fair"]
