"""The board: columns with their worth, moves and their undo, what is refused, at what cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from potok.people.public import Extent
from potok.records import figures
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside


def stage_of(record: records.Record) -> str:
    now: Any = type(record).objects.get(pk=record.pk)
    return str(now.stage.code)


def test_columns_say_how_many_and_how_much(boss: Client, make: Make) -> None:
    for amount in (100, 250):
        make("crm.deal", {"amount": amount})
    page = boss.get("/deals/board").content.decode()
    assert 'data-column="NEW"' in page
    assert "<p>₽350</p>" in page
    assert page.count("data-card=") == 2


def test_very_full_columns_are_counted_so_far_and_exactly_when_asked(
    boss: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "COUNT_MAX", 3)
    for amount in (1, 2, 4, 8):
        make("crm.deal", {"amount": amount})
    make("crm.deal", {"amount": 16, "stage": "PAID"})
    told = {one.stage.code: one.totals for one in boss.get("/deals/board").context["stages"]}
    assert (told["NEW"].number, told["NEW"].worth()) == ("3+", "")
    assert (told["PAID"].number, told["PAID"].worth()) == ("1", "₽16")
    page = boss.get("/deals/board?exact=1")
    told = {one.stage.code: one.totals for one in page.context["stages"]}
    assert (told["NEW"].number, told["NEW"].worth()) == ("4", "₽15")
    assert page.context["totals"].number == "5"


def test_a_card_moves_and_the_move_can_be_taken_back(boss: Client, make: Make) -> None:
    deal = make("crm.deal")
    answer = boss.post("/deals/board", {"card": deal.pk, "column": "PAID"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert stage_of(deal) == "PAID"
    assert boss.post(f"/deals/board?card={deal.pk}&column=NEW&undo=1").status_code == 204
    assert stage_of(deal) == "NEW"


def test_who_may_only_see_does_not_move(firm: Company, make: Make) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    deal = make("crm.deal")
    assert inside(firm.carol).post("/deals/board", {"card": deal.pk, "column": "PAID"}).status_code == 403
    assert stage_of(deal) == "NEW"


def test_a_stranger_does_not_learn_that_a_card_is_there(firm: Company, make: Make) -> None:
    deal = make("crm.deal")
    assert inside(firm.carol).post("/deals/board", {"card": deal.pk, "column": "PAID"}).status_code == 404


def test_a_move_to_nowhere_is_refused(boss: Client, make: Make) -> None:
    deal = make("crm.deal")
    assert boss.post("/deals/board", {"card": deal.pk, "column": "MOON"}).status_code == 422
    assert stage_of(deal) == "NEW"


def test_final_columns_are_folded_until_they_are_asked_for(boss: Client, make: Make) -> None:
    make("crm.deal", {"stage": "WON", "title": "Done deal"})
    assert "Done deal" not in boss.get("/deals/board").content.decode()
    assert "Done deal" in boss.get("/deals/board?open=WON").content.decode()


def test_a_long_column_shows_its_first_cards_and_more_on_demand(boss: Client, many: Callable[[int], None]) -> None:
    many(30)
    assert boss.get("/deals/board").content.decode().count("data-card=") == 20
    assert boss.get("/deals/board?more=NEW:40").content.decode().count("data-card=") == 30


def test_a_type_without_stages_has_no_board(boss: Client) -> None:
    assert boss.get("/companies/board").status_code == 404


def test_the_filter_holds_on_the_board(boss: Client, make: Make) -> None:
    make("crm.deal", {"title": "Cheap", "amount": 10})
    make("crm.deal", {"title": "Dear", "amount": 1000})
    page = boss.get("/deals/board", {"filter": '{"field":"amount","operator":"at_least","value":"500"}'})
    assert "Dear" in page.content.decode()
    assert "Cheap" not in page.content.decode()


def test_a_board_costs_few_questions(
    boss: Client, many: Callable[[int], None], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(55)
    boss.get("/deals/board")
    # Sixteen of its own, of which one counts as far as is cheap, and one for what all cards say of their processes.
    with django_assert_max_num_queries(18):
        boss.get("/deals/board?open=WON")
