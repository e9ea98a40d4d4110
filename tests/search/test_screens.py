"""The palette and the page of the search."""

import pytest
from django.test import Client

from potok.people.public import Extent
from potok.records.search.web.palette import record_at
from tests.company import Company
from tests.records.screens.conftest import boss, inside
from tests.search.conftest import Make

__all__ = ["boss"]


def test_the_page_keeps_its_state_in_the_address(boss: Client, make: Make) -> None:
    make("crm.company", {"title": "Гулливер"})
    make("crm.deal", {"title": "Гулливер, монтаж"})
    page = boss.get("/search", {"q": "uekk"}).content.decode()
    assert "for “гулл”" in page
    assert "kind=crm.deal" in page
    deals = boss.get("/search", {"q": "гулл", "kind": "crm.deal"}).content.decode()
    assert "монтаж" in deals
    assert deals.count('class="item"') == 1
    assert "Nothing found" in boss.get("/search", {"q": "гулл", "mine": "1"}).content.decode()
    assert boss.get("/search", {"q": "гулл", "kind": "crm.moon"}).status_code == 404


def test_the_palette_finds_people_and_leads_to_everything(boss: Client, make: Make) -> None:
    make("crm.company", {"title": "Белова и сыновья"})
    page = boss.get("/find", {"q": "belova"}).content.decode()
    assert "Carol" in page
    assert "Белова и сыновья" in page
    assert "/search?q=belova" in page


def test_nobody_finds_more_on_the_page_than_he_may_see(firm: Company, make: Make) -> None:
    firm.grant("crm.company.see", extent=Extent.OWN, to=firm.bob)
    make("crm.company", {"title": "Тайная", "responsible": firm.carol.pk})
    bob = inside(firm.bob)
    for path in ("/search", "/find"):
        assert "Тайная" not in bob.get(path, {"q": "тайн"}).content.decode()


@pytest.mark.parametrize(("path", "name"), [("/deals/7/", "crm.deal"), ("/deals/", None), ("/moon/7/", None)])
def test_commands_know_the_card_that_is_open(path: str, name: str | None) -> None:
    found = record_at(path)
    assert (found.type if found else None) == name
