"""The card: what is seen on it, editing in place, the clash of two, stages, the trash, the way back from history."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from potok.disk import public as disk
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.models import History
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def deal(make: Make, firm: Company) -> Any:
    company = make("crm.company", {"title": "Baltic Fans", "phone": "+7 812 000-11-01"})
    contact = make("crm.contact", {"name": "Vera", "surname": "Ivy", "email": "vera@fans.example"})
    given = {
        "title": "Fans <b>",
        "amount": 295000,
        "company": company.pk,
        "contact": contact.pk,
        "responsible": firm.bob.pk,
    }
    return make("crm.deal", given)


def text(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


def edit(client: Client, deal: Any, name: str, **sent: Any) -> Any:
    return client.post(f"/deals/{deal.pk}/fields/{name}", {name: "", **sent}, headers=SCRIPT)


def value(deal: Any, name: str) -> Any:
    row = records.find(records.record_types["crm.deal"], deal.pk, by=None)
    return records.snapshot(records.record_types["crm.deal"], row)[name]


def test_it_shows_the_record_with_what_it_links_to(boss: Client, deal: Any) -> None:
    shown = text(boss.get(f"/deals/{deal.pk}/"))
    for part in (
        "Fans &lt;b&gt;",
        "₽295,000",
        "Bob Petrov",
        "Baltic Fans",
        "vera@fans.example",
        "812",
        "The record was created",
    ):
        assert part in shown
    assert "<b>" not in shown.partition("<h1")[2].partition("</h1>")[0]


def test_what_one_may_not_see_is_not_named(deal: Any, firm: Company) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    carol = inside(firm.carol)
    for page in (f"/deals/{deal.pk}/", "/deals/", "/deals/board"):
        shown = text(carol.get(page))
        assert "Fans &lt;b&gt;" in shown
        assert "Baltic Fans" not in shown
    firm.grant("crm.company.see", extent=Extent.ALL, to=firm.carol)
    assert "Baltic Fans" in text(carol.get(f"/deals/{deal.pk}/"))


def test_it_is_cheap(boss: Client, deal: Any, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    boss.get(f"/deals/{deal.pk}/")
    with django_assert_max_num_queries(CARD_QUERIES):
        boss.get(f"/deals/{deal.pk}/")


# One for each type of record that may point at a deal, two for the tab of the calendar.
CARD_QUERIES = 31


def test_a_company_shows_who_points_at_it(boss: Client, deal: Any) -> None:
    shown = text(boss.get(f"/companies/{deal.company_id}/"))
    assert f'href="/deals/{deal.pk}/"' in shown
    assert f"/deals/new?company={deal.company_id}" in shown


@pytest.mark.parametrize("part", ["head", "facts", "main"])
def test_a_part_fetches_itself_alone(boss: Client, deal: Any, part: str) -> None:
    shown = text(boss.get(f"/deals/{deal.pk}/?part={part}"))
    assert f'id="{part}-deals-{deal.pk}"' in shown
    assert "<html" not in shown


def test_a_stranger_learns_nothing(firm: Company, deal: Any) -> None:
    carol = inside(firm.carol)
    assert carol.get(f"/deals/{deal.pk}/", headers=SCRIPT).status_code == 404
    assert edit(carol, deal, "title", title="Mine").status_code == 404
    assert value(deal, "title") == "Fans <b>"


def test_who_may_only_see_gets_no_editors_and_is_refused(firm: Company, deal: Any) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    carol = inside(firm.carol)
    assert "potok-edit" not in text(carol.get(f"/deals/{deal.pk}/"))
    assert edit(carol, deal, "title", title="Mine").status_code == 403
    assert carol.post(f"/deals/{deal.pk}/stage/PAID", headers=SCRIPT).status_code == 403
    assert carol.post(f"/deals/{deal.pk}/removal", headers=SCRIPT).status_code == 403


EDITS: list[tuple[str, dict[str, Any], str]] = [
    ("title", {"title": "Filters"}, "Filters"),
    ("amount", {"amount": "1 250,50", "amount.currency": "USD"}, "1,250.50"),
    ("amount", {"amount": "", "amount.currency": "RUB"}, "Not given"),
    ("close_on", {"close_on": "2026-12-24"}, "24\u00a0Dec"),
    ("comment", {"comment": "One\nTwo"}, "One<br>Two"),
]


@pytest.mark.parametrize(("name", "sent", "seen"), EDITS)
def test_a_value_is_changed_where_it_stands(
    boss: Client, deal: Any, name: str, sent: dict[str, Any], seen: str
) -> None:
    control = text(boss.get(f"/deals/{deal.pk}/fields/{name}"))
    assert f'name="{name}"' in control
    answer = edit(boss, deal, name, **sent)
    assert answer.status_code == 200
    assert seen in text(answer)


def test_a_wrong_value_is_refused_at_its_place(boss: Client, deal: Any) -> None:
    answer = edit(boss, deal, "amount", amount="much")
    told = json.loads(answer["HX-Trigger"])["refused"]
    assert answer.status_code == 422
    assert list(told["places"]) == ["amount"]


def test_phones_keep_what_they_are_for(boss: Client, deal: Any) -> None:
    sent = {"phone": ["+7 812 000-11-02", "", "+7 921 000-11-03"], "phone.use": ["home", "work", "mobile"]}
    boss.post(f"/companies/{deal.company_id}/fields/phone", sent, headers=SCRIPT)
    deal.company.refresh_from_db()
    assert deal.company.phone == [
        {"value": "+78120001102", "kind": "home"}, {"value": "+79210001103", "kind": "mobile"},
    ]  # fmt: skip


def test_two_who_change_the_same_see_both_and_what_was(boss: Client, firm: Company, deal: Any) -> None:
    assert 'value="&quot;Fans &lt;b&gt;&quot;"' in text(boss.get(f"/deals/{deal.pk}/fields/title"))
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={"title": "Theirs"})
    answer = edit(boss, deal, "title", title="Mine", seen=json.dumps("Fans <b>"))
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#clash")
    assert all(side in text(answer) for side in ("Mine", "Theirs", "Fans &lt;b&gt;"))
    again = {"mine": json.dumps("Mine"), "seen": json.dumps("Theirs")}
    edit(boss, deal, "title", **again, **{"clash-title": "theirs"})
    assert value(deal, "title") == "Theirs"
    edit(boss, deal, "title", **again, **{"clash-title": "mine"})
    assert value(deal, "title") == "Mine"


def test_a_click_on_a_stage_moves_and_the_toast_takes_it_back(boss: Client, deal: Any) -> None:
    answer = boss.post(f"/deals/{deal.pk}/stage/PAID", headers=SCRIPT)
    assert value(deal, "stage") == "PAID"
    assert 'hx-swap-oob="true"' in text(answer)
    undo = json.loads(answer["HX-Trigger"])["toast"]["undo"]
    boss.post(undo, headers=SCRIPT)
    assert value(deal, "stage") == "NEW"


def test_an_unknown_stage_is_refused(boss: Client, deal: Any) -> None:
    assert boss.post(f"/deals/{deal.pk}/stage/NOWHERE", headers=SCRIPT).status_code == 422


def test_the_trash_gives_back(boss: Client, deal: Any) -> None:
    boss.post(f"/deals/{deal.pk}/removal", headers=SCRIPT)
    shown = text(boss.get(f"/deals/{deal.pk}/"))
    assert "It lies in the trash" in shown
    assert "potok-edit" not in shown
    assert "Fans &lt;b&gt;" in text(boss.get("/deals/trash"))
    boss.post(f"/deals/{deal.pk}/restoration", headers=SCRIPT)
    assert "It lies in the trash" not in text(boss.get(f"/deals/{deal.pk}/"))


def test_history_says_who_and_what_and_takes_one_field_back(boss: Client, deal: Any) -> None:
    edit(boss, deal, "comment", comment="New words")
    shown = text(boss.get(f"/deals/{deal.pk}/?tab=history"))
    assert all(part in shown for part in ("Ann Zimina", "Comment:", "New words"))
    entry = History.objects.filter(record_type="crm.deal", record_id=deal.pk).first()
    assert entry is not None
    boss.post(f"/deals/{deal.pk}/history/{entry.pk}/comment/undo", headers=SCRIPT)
    assert value(deal, "comment") is None


def test_what_changed_again_since_is_not_taken_back(boss: Client, deal: Any) -> None:
    edit(boss, deal, "comment", comment="First")
    entry = History.objects.filter(record_type="crm.deal", record_id=deal.pk).first()
    edit(boss, deal, "comment", comment="Second")
    assert entry is not None
    answer = boss.post(f"/deals/{deal.pk}/history/{entry.pk}/comment/undo", headers=SCRIPT)
    assert answer.status_code == 409
    assert value(deal, "comment") == "Second"


def test_files_of_a_field_are_attached_and_detached(
    boss: Client, firm: Company, deal: Any, settings: Any, tmp_path: Any
) -> None:
    settings.FILES = tmp_path
    with opened(None, door="start_up") as call:
        records.custom_fields.add(call, record_type="crm.deal", kind="file", title="Contract")
    url = f"/deals/{deal.pk}/fields/contract"
    shown = text(boss.post(url, {"contract": SimpleUploadedFile("act.txt", b"signed")}, headers=SCRIPT))
    assert "act.txt" in shown
    file = value(deal, "contract")
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    assert set(disk.by_id([file.id], by=firm.carol.pk)) == {file.id}
    assert "act.txt" not in text(boss.post(f"{url}?drop={file.id}", headers=SCRIPT))
    assert value(deal, "contract") is None
