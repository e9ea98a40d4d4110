"""Many records at once: the change, what of it is refused, and the way back."""

import json
from typing import Any

from django.test import Client

from potok.people.public import Extent
from potok.records.public import Record
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside


def now(record: Record) -> Any:
    return type(record).objects.get(pk=record.pk)


def toast(answer: Any) -> dict[str, str]:
    told: dict[str, str] = json.loads(answer["HX-Trigger"])["toast"]
    return told


def post(client: Client, url: str, given: dict[str, Any]) -> Any:
    return client.post(url, given, headers={"HX-Request": "true"})


def test_a_field_of_all_marked_records_changes_and_comes_back(boss: Client, firm: Company, make: Make) -> None:
    deals = [make("crm.deal", {"responsible": firm.ann.pk}) for _ in range(3)]
    rows = [deal.pk for deal in deals[:2]]
    answer = post(boss, "/deals/chosen/change", {"row": rows, "field": "responsible", "responsible": firm.bob.pk})
    assert [now(deal).responsible_id for deal in deals] == [firm.bob.pk, firm.bob.pk, firm.ann.pk]
    assert "2 records" in toast(answer)["text"]
    assert post(boss, toast(answer)["undo"], {}).status_code == 204
    assert {now(deal).responsible_id for deal in deals} == {firm.ann.pk}


def test_what_one_may_not_change_is_refused_row_by_row(firm: Company, make: Make) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.bob)
    firm.grant("crm.deal.edit", extent=Extent.OWN, to=firm.bob)
    mine, other = (make("crm.deal", {"responsible": one.pk}) for one in (firm.bob, firm.carol))
    given = {"row": [mine.pk, other.pk], "field": "comment", "comment": "Checked"}
    answer = post(inside(firm.bob), "/deals/chosen/change", given)
    assert (now(mine).comment, now(other).comment) == ("Checked", "")
    assert "1 record, 1 refused" in toast(answer)["text"]


def test_a_value_that_cannot_be_read_changes_nothing(boss: Client, make: Make) -> None:
    deal = make("crm.deal", {"amount": 100})
    given = {"row": deal.pk, "field": "amount", "amount": "much", "amount.currency": "RUB"}
    answer = post(boss, "/deals/chosen/change", given)
    assert answer.status_code == 422
    assert now(deal).amount == 100


def test_marked_records_go_to_the_trash_and_come_back(boss: Client, make: Make) -> None:
    deal = make("crm.deal")
    answer = post(boss, "/deals/chosen/removal", {"row": deal.pk})
    assert now(deal).removed_at is not None
    boss.post(toast(answer)["undo"])
    assert now(deal).removed_at is None


def test_a_stranger_changes_nothing(firm: Company, make: Make) -> None:
    deal = make("crm.deal")
    given = {"row": deal.pk, "field": "comment", "comment": "Checked"}
    post(inside(firm.carol), "/deals/chosen/change", given)
    post(inside(firm.carol), "/deals/chosen/removal", given)
    assert (now(deal).comment, now(deal).removed_at) == ("", None)


def test_the_bar_offers_every_field_that_can_be_the_same(boss: Client, make: Make) -> None:
    page = post(boss, "/deals/chosen", {"row": make("crm.deal").pk, "field": "stage"}).content.decode()
    assert "1 record chosen" in page
    assert '<option value="PAID"' in page
    assert '<option value="title"' not in page


def test_nothing_marked_needs_no_bar(boss: Client) -> None:
    assert post(boss, "/deals/chosen", {}).content == b""


def test_a_forged_way_back_leads_nowhere(boss: Client) -> None:
    assert boss.post("/deals/chosen/undo/forged").status_code == 404
