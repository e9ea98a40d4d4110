"""The history of a record tells what was done to its lines, and takes it back."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from potok.crm.deals.public import Deal
from potok.crm.goods import public as goods
from potok.crm.goods.public import Product
from potok.kit.errors import refusals
from potok.people.public import Extent
from potok.records.public import History
from tests.company import Company
from tests.crm.goods.conftest import Change, amount
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(firm: Company) -> Client:
    return inside(firm.ann)


def told(client: Client, deal: Deal) -> str:
    with translation.override("en"):
        return client.get(f"/deals/{deal.pk}/", {"tab": "history"}).content.decode().replace("\xa0", " ")


def changes(deal: Deal) -> list[History]:
    return list(History.objects.filter(record_type="crm.deal", record_id=deal.pk, after__has_key="lines"))


def take_back(client: Client, deal: Deal, change: History) -> int:
    path = f"/deals/{deal.pk}/history/{change.pk}/lines/undo"
    return client.post(path, headers={"HX-Request": "true"}).status_code


def test_what_was_done_to_a_line_stands_in_the_history(
    boss: Client, firm: Company, deal: Deal, filter_: Product, change: Change
) -> None:
    [line] = change(deal, {"product": filter_.pk, "quantity": 2}, by=firm.ann.pk)
    change(deal, {"id": line.pk, "quantity": 3, "discount": 10}, by=firm.ann.pk)
    shown = told(boss, deal)
    assert "Filter F7: 2 pcs × ₽1,220, VAT 22%" in shown
    assert "Filter F7: 3 pcs × ₽1,220, discount 10%, VAT 22%" in shown
    assert [one.by_id for one in changes(deal)] == [firm.ann.pk] * 2


def test_what_changes_nothing_is_not_told(deal: Deal, change: Change) -> None:
    [line] = change(deal, {"title": "Work", "quantity": 2, "price": 5})
    change(deal, {"id": line.pk, "quantity": "2,0"})
    assert len(changes(deal)) == 1


def test_a_change_of_lines_is_taken_back(boss: Client, deal: Deal, filter_: Product, change: Change) -> None:
    filter_line, work = change(deal, {"product": filter_.pk, "quantity": 2}, {"title": "Work", "price": 60})
    change(deal, {"id": work.pk, "price": 70}, remove=[filter_line.pk])
    assert amount(deal) == ("70.00", False)
    assert take_back(boss, deal, changes(deal)[0]) == 204
    again = goods.lines(deal.ref)
    assert [(line.title, line.price, line.product_id) for line in again] == [
        ("Filter F7", Decimal(1220), filter_.pk), ("Work", Decimal(60), None),
    ]  # fmt: skip
    assert again[1].pk == work.pk
    assert amount(deal) == ("2500.00", False)


def test_lines_that_were_changed_since_are_not_overwritten(boss: Client, deal: Deal, change: Change) -> None:
    [work] = change(deal, {"title": "Work", "price": 60})
    change(deal, {"id": work.pk, "price": 70})
    change(deal, {"id": work.pk, "price": 80})
    path = f"/deals/{deal.pk}/history/{changes(deal)[1].pk}/lines/undo"
    answer = boss.post(path, headers={"HX-Request": "true"})
    said = refusals()["crm.line.changed_since"].sentence
    assert answer.status_code == 422
    assert said in str(answer.headers)
    assert goods.lines(deal.ref)[0].price == 80


def test_another_order_is_told_as_an_order(boss: Client, deal: Deal, change: Change) -> None:
    work, road = change(deal, {"title": "Work"}, {"title": "Road"})
    boss.post(f"/lines/crm.deal/{deal.pk}/order", {"line": road.pk, "before": work.pk})
    assert [line.title for line in goods.lines(deal.ref)] == ["Road", "Work"]
    assert "Road, Work" in told(boss, deal)


def test_a_stranger_takes_nothing_back_and_orders_nothing(firm: Company, deal: Deal, change: Change) -> None:
    work, road = change(deal, {"title": "Work"}, {"title": "Road"})
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    carol = inside(firm.carol)
    assert carol.post(f"/lines/crm.deal/{deal.pk}/order", {"line": road.pk, "before": work.pk}).status_code == 403
    assert take_back(carol, deal, changes(deal)[0]) == 403
    assert [line.title for line in goods.lines(deal.ref)] == ["Work", "Road"]


def test_why_nothing_started_is_answered_for_a_record_with_lines(boss: Client, deal: Deal, change: Change) -> None:
    change(deal, {"title": "Work"})
    assert boss.get("/why", {"record": f"crm.deal:{deal.pk}"}).status_code == 200
