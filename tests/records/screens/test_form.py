"""The form of a new record: everything wrong at once, nothing typed is lost, a drawer gives what it made back."""

import json
from typing import Any

from django.test import Client

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.operations import drafts
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

SCRIPT = {"HX-Request": "true"}


def created() -> Any:
    return Deal.objects.order_by("-pk").first()


def test_a_record_is_created_with_all_that_was_given(boss: Client, firm: Company, make: Make) -> None:
    company = make("crm.company")
    with opened(None, door="start_up") as call:
        records.custom_fields.add(
            call, record_type="crm.deal", kind="choice", title="Found us by", options=["Call", "Site"], multiple=True
        )
    sent = {"title": "Fans", "amount": "10", "amount.currency": "EUR", "company": company.pk, "found_us_by": ["1", "2"],
            "responsible": firm.bob.pk, "close_on": "2026-12-01", "comment": ""}  # fmt: skip
    answer = boss.post("/deals/new", sent, headers=SCRIPT)
    made = created()
    assert answer["HX-Redirect"] == f"/deals/{made.pk}/"
    assert (made.title, made.currency, made.company_id, made.responsible_id) == ("Fans", "EUR", company.pk, firm.bob.pk)
    assert made.props["found_us_by"] == ["1", "2"]
    assert made.stage.code == "NEW"


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_created(boss: Client) -> None:
    answer = boss.post("/deals/new", {"title": "", "amount": "much", "close_on": "soon"}, headers=SCRIPT)
    assert set(json.loads(answer["HX-Trigger"])["refused"]["places"]) == {"title", "amount", "close_on"}
    assert created() is None


def test_without_a_script_the_form_comes_back_with_what_was_typed(boss: Client) -> None:
    answer = boss.post("/deals/new", {"title": "", "amount": "much", "comment": "Keep me"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert all(part in shown for part in ("much", "Keep me", 'role="alert"'))


def test_in_a_drawer_it_gives_back_what_it_made(boss: Client) -> None:
    shown = boss.get("/companies/new?title=Baltic", headers={"Potok-Frame": "drawer 1"}).content.decode()
    assert 'value="Baltic"' in shown
    assert 'name="frame" value="drawer"' in shown
    answer = boss.post("/companies/new", {"title": "Baltic", "frame": "drawer"}, headers=SCRIPT)
    made = json.loads(answer["HX-Trigger"])["made"]
    assert (made["type"], made["title"]) == ("crm.company", "Baltic")


def test_a_title_that_is_made_of_fields_falls_into_them(boss: Client) -> None:
    shown = boss.get("/contacts/new?title=Ivy+Vera").content.decode()
    assert 'value="Ivy"' in shown
    assert 'value="Vera"' in shown


def test_the_address_fills_in(boss: Client, make: Make) -> None:
    company = make("crm.company", {"title": "Baltic"})
    assert "Baltic" in boss.get(f"/deals/new?company={company.pk}").content.decode()


def test_a_draft_opens_again_and_is_forgotten_when_sent(boss: Client) -> None:
    boss.post("/deals/new/draft", {"title": "Half", "amount": "much", "stranger": "x"}, headers=SCRIPT)
    shown = boss.get("/deals/new").content.decode()
    assert 'value="Half"' in shown
    assert 'value="much"' in shown
    boss.post("/deals/new", {"title": "Whole"}, headers=SCRIPT)
    assert 'value="Half"' not in boss.get("/deals/new").content.decode()


def test_a_draft_opens_on_another_machine_and_for_nobody_else(boss: Client, firm: Company) -> None:
    boss.post("/deals/new/draft", {"title": "Half"}, headers=SCRIPT)
    assert 'value="Half"' in inside(firm.ann).get("/deals/new").content.decode()
    with opened(firm.carol.pk, door="screen") as call:
        drafts.keep(call, record_type="crm.deal", typed={})
    assert 'value="Half"' in inside(firm.ann).get("/deals/new").content.decode()
    firm.grant("crm.deal.add", extent=Extent.ALL, to=firm.carol)
    assert 'value="Half"' not in inside(firm.carol).get("/deals/new").content.decode()


def test_a_hidden_field_is_not_asked_for(boss: Client, firm: Company) -> None:
    with opened(None, door="start_up") as call:
        records.custom_fields.add(call, record_type="crm.deal", kind="text", title="Secret", hidden=True)
    assert 'name="secret"' not in boss.get("/deals/new").content.decode()


def test_who_may_not_add_is_refused(firm: Company, pipeline: records.Pipeline) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    carol = inside(firm.carol)
    assert carol.get("/deals/new", headers=SCRIPT).status_code == 403
    assert carol.post("/deals/new", {"title": "Mine"}, headers=SCRIPT).status_code == 403
    assert created() is None
