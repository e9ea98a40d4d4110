"""Lists by groups, cells that are edited in place, previews of bulk changes, the calendar and the timescale."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from potok.kit import clock
from potok.people.public import Extent
from potok.records.public import Record
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside


def page(client: Client, url: str, **given: Any) -> str:
    answer = client.get(url, given)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def now(record: Record) -> Any:
    return type(record).objects.get(pk=record.pk)


def test_groups_say_how_many_and_how_much(boss: Client, make: Make) -> None:
    for amount, stage in ((100, "NEW"), (250, "NEW"), (7, "PAID")):
        make("crm.deal", {"amount": amount, "stage": stage})
    shown = page(boss, "/deals/", group="stage")
    assert shown.count('class="group-head"') == 2
    assert "₽350" in shown
    assert "₽357" in shown
    assert "data-row=" not in shown


def test_rows_of_a_group_come_when_it_is_looked_at(boss: Client, make: Make) -> None:
    make("crm.deal", {"title": "Old", "stage": "NEW"})
    make("crm.deal", {"title": "Paid one", "stage": "PAID"})
    filter = '{"all":[{"field":"stage","operator":"in","value":["PAID"]}]}'
    rows = page(boss, "/deals/", **{"filter": filter, "from": "0", "part": "group1"})
    assert 'id="group1-0"' in rows
    assert "Paid one" in rows
    assert "Old" not in rows


def test_a_cell_is_edited_in_place(boss: Client, make: Make) -> None:
    deal = make("crm.deal", {"amount": 100})
    url = f"/deals/{deal.pk}/cells/amount"
    assert 'name="amount"' in page(boss, url)
    answer = boss.post(
        url, {"amount": "2 500", "amount.currency": "RUB", "seen": '{"amount": 100.0, "currency": "RUB"}'}
    )
    assert "₽2,500" in answer.content.decode()
    assert now(deal).amount == 2500
    boss.post(url, {"pasted": "3 000"})
    assert now(deal).amount == 3000
    assert boss.post(url, {"pasted": "much"}, headers={"HX-Request": "true"}).status_code == 422


def test_what_was_typed_into_a_cell_is_taken_back_from_where_one_stands(boss: Client, make: Make) -> None:
    deal, by_script = make("crm.deal", {"comment": "before"}), {"HX-Request": "true"}
    url = f"/deals/{deal.pk}/cells/comment"
    answer = boss.post(url, {"pasted": "after"}, headers=by_script)
    toast = json.loads(answer["HX-Trigger"])["toast"]
    assert toast["text"] == "Changed: Comment"
    assert "HX-Trigger" not in boss.post(url, {"pasted": "after"}, headers=by_script)
    back = boss.post(toast["undo"], headers=by_script)
    assert (back.status_code, back.get("HX-Redirect")) == (204, None)
    assert now(deal).comment == "before"


def test_a_cell_that_somebody_else_changed_is_a_clash(boss: Client, make: Make) -> None:
    deal = make("crm.deal", {"comment": "theirs"})
    given = {"comment": "mine", "seen": '"before"'}
    assert boss.post(f"/deals/{deal.pk}/cells/comment", given).status_code == 409
    assert now(deal).comment == "theirs"


def test_a_stranger_edits_no_cell(firm: Company, make: Make) -> None:
    deal = make("crm.deal", {"comment": "ours"})
    assert inside(firm.carol).post(f"/deals/{deal.pk}/cells/comment", {"pasted": "x"}).status_code == 404
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    assert inside(firm.carol).post(f"/deals/{deal.pk}/cells/comment", {"pasted": "x"}).status_code == 403
    assert now(deal).comment == "ours"


def test_a_preview_says_what_would_change(boss: Client, make: Make) -> None:
    deals = [make("crm.deal", {"title": f"Deal {n}", "comment": "x" if n else ""}) for n in range(3)]
    given = {"field": "comment", "comment": "x", "all": "1"}
    said = boss.post("/deals/chosen/preview", given).content.decode()
    assert "1 will change" in said
    assert "2 are so already" in said
    shown = boss.post("/deals/chosen/preview?show=1", given).content.decode()
    assert "Deal 0" in shown
    assert "Deal 1" not in shown
    assert not now(deals[0]).comment


def test_all_that_the_filter_lets_through_is_changed(boss: Client, make: Make) -> None:
    cheap, dear = make("crm.deal", {"amount": 1}), make("crm.deal", {"amount": 1000})
    here = '/deals/?filter={"field":"amount","operator":"at_least","value":500}'
    given = {"field": "comment", "comment": "Dear", "all": "1"}
    boss.post("/deals/chosen/change", given, headers={"HX-Request": "true", "HX-Current-URL": here})
    assert (now(cheap).comment, now(dear).comment) == ("", "Dear")


def test_the_calendar_puts_records_onto_their_days(boss: Client, make: Make) -> None:
    make("crm.deal", {"title": "In March", "close_on": "2026-03-10"})
    make("crm.deal", {"title": "In April", "close_on": "2026-04-10"})
    shown = page(boss, "/deals/calendar", day="2026-03-01")
    assert "In March" in shown
    assert "In April" not in shown
    assert "March 2026" in shown
    assert page(boss, "/deals/calendar", day="nonsense", group="created_at").count('class="day-entry"') == 2


def test_a_full_day_leads_to_its_list(boss: Client, make: Make) -> None:
    for number in range(6):
        make("crm.deal", {"title": f"Deal {number}", "close_on": "2026-03-10"})
    shown = page(boss, "/deals/calendar", day="2026-03-01")
    assert shown.count('class="day-entry') == 4
    assert "2 more" in shown


def test_the_timescale_draws_what_meets_its_months(boss: Client, make: Make) -> None:
    today = timezone.localdate(clock.now())
    make("crm.deal", {"title": "Runs on", "close_on": (today + timedelta(days=9)).isoformat()})
    make("crm.deal", {"title": "Without an end"})
    shown = page(boss, "/deals/timeline")
    assert shown.count("<rect") == 2
    assert "Nothing lies in these months" in page(boss, "/deals/timeline", day="2020-01-01")
    assert page(boss, "/deals/timeline", group="created_at:close_on").count("<rect") == 2
