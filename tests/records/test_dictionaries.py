"""Dictionaries: what a part declares, and what administrators make of it."""

from dataclasses import replace

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.kit.operations import operations
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make, refused

pytestmark = pytest.mark.django_db
NAME = "crm.source"


def act(verb: str, **given: object) -> str:
    with opened(None, door="screen") as call:
        answer: str = operations[verb](call, dictionary=NAME, **given)
        return answer


def titles() -> list[str]:
    field = records.current().field(records.record_types["crm.deal"], "source")
    assert isinstance(field, records.fields.FromDictionary)
    return [str(title) for _, title in field.options]


def test_an_entry_is_added_renamed_moved_and_taken_away(make: Make) -> None:
    begun = titles()
    code = act("records.dictionary.add", title="Яндекс Карты")
    assert code == "YANDEKS_KARTY"
    assert titles() == [*begun, "Яндекс Карты"]
    act("records.dictionary.rename", code=code, title="Карты")
    act("records.dictionary.order", codes=[code])
    assert titles() == ["Карты", *begun]
    act("records.dictionary.remove", code=code)
    assert titles() == begun


def test_an_entry_that_a_part_declares_is_changed_like_any_other(make: Make) -> None:
    act("records.dictionary.rename", code="EMAIL", title="Letter")
    assert titles()[0] == "Letter"
    act("records.dictionary.remove", code="EMAIL")
    assert "Letter" not in titles()


def test_a_value_is_read_by_code_and_by_name_and_found(make: Make) -> None:
    code = act("records.dictionary.add", title="Billboard")
    one, other = make("crm.deal", {"source": "billboard"}), make("crm.deal", {"source": code})
    make("crm.deal")
    of = records.record_types["crm.deal"]
    found = records.rows(of, by=None).filter(
        records.where(of, {"all": [{"field": "source", "operator": "in", "value": [code]}]})
    )
    assert {row.pk for row in found} == {one.pk, other.pk}
    empty = records.where(of, {"all": [{"field": "source", "operator": "empty"}]})
    assert records.rows(of, by=None).filter(empty).count() == 1


def test_what_records_hold_is_not_taken_away(make: Make) -> None:
    make("crm.deal", {"source": "EMAIL"})
    with refused("records.dictionary.used"):
        act("records.dictionary.remove", code="EMAIL")


@pytest.mark.parametrize(
    ("verb", "given", "code"),
    [
        ("records.dictionary.add", {"title": " "}, "records.setting.untitled"),
        ("records.dictionary.add", {"title": "e-MAIL"}, "records.setting.doubled"),
        ("records.dictionary.rename", {"code": "NOTHING", "title": "x"}, "kit.missing"),
        ("records.dictionary.remove", {"code": "NOTHING"}, "kit.missing"),
    ],
)
def test_what_makes_no_sense_is_refused(make: Make, verb: str, given: dict[str, str], code: str) -> None:
    act("records.dictionary.rename", code="EMAIL", title="E-mail")
    with refused(code):
        act(verb, **given)


def test_what_was_taken_away_gives_its_code_to_nobody(make: Make) -> None:
    first = act("records.dictionary.add", title="Radio")
    act("records.dictionary.remove", code=first)
    assert act("records.dictionary.add", title="Radio") == "RADIO_2"


def test_a_field_that_offers_nothing_yet_is_still_a_choice() -> None:
    field = records.fields.FromDictionary("source", "Source", dictionary=NAME)
    assert replace(field, options=(("A", "One"),)).read("one") == "A"


def test_an_administrator_keeps_them_on_a_page_and_nobody_else(firm: Company) -> None:
    page = f"/settings/dictionaries/{NAME}/"
    client = Client(headers={"HX-Request": "true"})
    client.force_login(firm.ann)
    assert client.get("/settings/dictionaries/").status_code == 204
    client.post(f"{page}entries", {"title": "Billboard"})
    client.post(f"{page}entries/BILLBOARD", {"title": "Poster"})
    client.post(f"{page}entries/BILLBOARD/order", {"step": "up"})
    assert titles()[-2] == "Poster"
    assert "Poster" in client.get(page).content.decode()
    client.post(f"{page}entries/BILLBOARD/removal")
    assert "Poster" not in titles()
    assert client.get("/settings/dictionaries/nothing/").status_code == 404
    client.force_login(firm.carol)
    for path in ("entries", "entries/EMAIL", "entries/EMAIL/removal", "entries/EMAIL/order"):
        assert client.post(page + path, {"title": "x"}).status_code == 403
    assert client.get(page).status_code == 403
