"""The cards of a board say where the processes on their records stand."""

import pytest
from pytest_django import DjangoAssertNumQueries

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.processes.models import Instance
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish, deal  # noqa: F401 (a fixture)
from tests.processes_web.conftest import Browser


@pytest.fixture(autouse=True)
def _who_see_all_deals(company: Company) -> None:
    for person in (company.alice, company.bob):
        company.grant("crm.deal.see", extent=Extent.ALL, to=person)


@pytest.fixture
def running(deal: Deal, company: Company, publish: Publish, begin: Begin, ask: str) -> Instance:  # noqa: F811
    source = ask.format(bob=company.bob.pk, alice=company.alice.pk)
    definition = publish(source.replace("do:\n", "record: crm.deal\nstart: [manual]\ndo:\n", 1))
    return begin(definition, record=deal.ref)


def test_a_card_says_what_the_process_asks_of_whoever_looks(
    running: Instance, company: Company, browser: Browser
) -> None:
    assert "Waits for you: Choose who signs, 1" in browser(company.bob).get("/deals/board").content.decode()
    assert "Waits for an answer: Bob Petrov, 1" in browser(company.alice).get("/deals/board").content.decode()


def test_a_card_on_whose_record_nothing_runs_says_nothing(deal: Deal, company: Company, browser: Browser) -> None:  # noqa: F811
    page = browser(company.bob).get("/deals/board").content.decode()
    assert "Pump house" in page
    assert 'class="runs"' not in page


def test_a_board_costs_the_same_for_one_run_and_for_five(
    running: Instance,
    company: Company,
    begin: Begin,
    browser: Browser,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = browser(company.bob)
    client.get("/deals/board")
    for number in range(4):
        with opened(company.bob.pk, door="start_up") as call:
            values = {"title": f"Deal {number}", "responsible": company.bob.pk}
            more = records.verbs["crm.deal"].add(call.by_system(), values=values)
        begin(running.definition, record=more.ref)
    with django_assert_max_num_queries(27):
        page = client.get("/deals/board").content.decode()
    assert page.count("Waits for you") == 5
