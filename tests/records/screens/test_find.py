"""The palette and the pickers: what is found, for whom, from which layout."""

import pytest
from django.test import Client

from potok.people.public import Extent
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside


@pytest.mark.parametrize("typed", ["гулливер", "Гулл", "uekk", "uekkbdth", "центр гулл"])
def test_a_record_is_found_from_either_layout(boss: Client, make: Make, typed: str) -> None:
    make("crm.company", {"title": "Бизнес-центр Гулливер"})
    assert "Гулливер" in boss.get("/records/find", {"type": "crm.company", "q": typed}).content.decode()
    palette = boss.get("/find", {"q": typed}).content.decode()
    assert "Бизнес-" in palette


def test_the_palette_says_for_what_it_looked(boss: Client, make: Make) -> None:
    make("crm.company", {"title": "Hotel"})
    assert "for “hotel”" in boss.get("/find", {"q": "рщеуд"}).content.decode()


def test_nobody_finds_what_he_may_not_see(firm: Company, make: Make) -> None:
    firm.grant("crm.company.see", extent=Extent.OWN, to=firm.bob)
    make("crm.company", {"title": "Secret firm", "responsible": firm.carol.pk})
    bob = inside(firm.bob)
    assert "Secret" not in bob.get("/records/find", {"type": "crm.company", "q": "secret"}).content.decode()
    assert "Secret" not in bob.get("/find", {"q": "secret"}).content.decode()


def test_what_begins_as_typed_comes_first(boss: Client, make: Make) -> None:
    for title in ("Air North", "North Air"):
        make("crm.company", {"title": title})
    page = boss.get("/records/find", {"type": "crm.company", "q": "air"}).content.decode()
    assert page.index("Air North") < page.index("North Air")


def test_commands_and_places_are_found_by_their_names(boss: Client) -> None:
    page = boss.get("/find", {"q": "dea"}).content.decode()
    assert 'href="/deals/"' in page
    assert 'href="/deals/new"' in page


def test_a_type_that_is_not_there_is_missing(boss: Client) -> None:
    assert boss.get("/records/find", {"type": "crm.moon"}).status_code == 404
