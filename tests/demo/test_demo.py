"""The demo company moves in, works, and moves out without a trace."""

import pytest
from django.apps import apps

from potok.demo import company
from potok.demo.removal import KEPT
from potok.kit import commands
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import Person, persons
from potok.processes.models import Instance
from potok.records import public as records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", company.LANGUAGES)
def test_it_comes_with_people_deals_and_running_processes_and_leaves_nothing(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows()
    commands.call("demo load", language=language)
    data = company.read(language)
    assert Person.objects.count() == len(data["people"])
    deals = records.rows(records.type_named("crm.deal"), by=None)
    assert deals.count() == len(data["deals"])
    assert Instance.objects.count() == len(data["paid"])
    commands.call("demo about")
    assert "gromov@north-air.example" in capsys.readouterr().out
    commands.call("demo remove")
    assert rows() == before


def test_it_does_not_move_in_where_somebody_lives() -> None:
    with opened(None, door="start_up") as call:
        persons.add(call, email="somebody@firm.example", name="Somebody")
    with pytest.raises(Refused, match=r"demo\.not_empty"):
        commands.call("demo load", language="en")
    with pytest.raises(Refused, match=r"demo\.not_loaded"):
        commands.call("demo remove")


def test_it_is_not_removed_from_under_others() -> None:
    commands.call("demo load", language="en")
    with opened(None, door="start_up") as call:
        persons.add(call, email="somebody@firm.example", name="Somebody")
    with pytest.raises(Refused, match=r"demo\.others"):
        commands.call("demo remove")
    assert Person.objects.count() == len(company.read("en")["people"]) + 1


def test_it_speaks_only_its_languages() -> None:
    with pytest.raises(Refused, match=r"demo\.no_language"):
        commands.call("demo load", language="tlh")


def test_both_languages_tell_of_the_same_company() -> None:
    ru, en = (company.read(language) for language in company.LANGUAGES)
    for part in ("departments", "people", "companies", "contacts", "roles"):
        assert [given["code"] for given in ru[part]] == [given["code"] for given in en[part]]
    assert len(company.definitions("ru")) == len(company.definitions("en"))


def rows() -> dict[str, int]:
    """How many rows each table of ours has."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return {m._meta.db_table: m._default_manager.count() for m in models if m._meta.db_table not in KEPT}
