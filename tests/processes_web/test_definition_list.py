"""All definitions stand in one list: found by words, records and state, with what runs, what failed, who changed it."""

import pytest

from potok.kit.doors import opened
from potok.processes.models import Definition
from potok.processes.operations import definitions
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

PLAIN = """
definition: greet
title: Greeting of a guest
do:
  - {title: Rest, pause: {for: 1 day}}
"""
ON_DEAL = PLAIN.replace("greet\n", "care\nrecord: crm.deal\n").replace("Greeting of a guest", "Care for a deal")


def listed(browser: Browser, company: Company, query: str = "") -> str:
    return browser(company.ann).get(f"/definitions/{query}").content.decode()


@pytest.fixture
def both(publish: Publish, deals: None) -> tuple[Definition, Definition]:
    return publish(PLAIN), publish(ON_DEAL)


@pytest.mark.parametrize(
    ("query", "greeting", "care"),
    [("", True, True), ("?q=guest", True, False), ("?q=CARE", False, True), ("?q=no+such", False, False),
     ("?type=crm.deal", False, True), ("?type=-", True, False), ("?state=draft", False, False),
     ("?state=published", True, True), ("?state=off", False, False), ("?state=nonsense", True, True)],
)  # fmt: skip
def test_a_definition_is_found_by_words_records_and_state(
    company: Company, both: object, browser: Browser, query: str, greeting: bool, care: bool
) -> None:
    page = listed(browser, company, query)
    assert ("Greeting of a guest" in page) is greeting
    assert ("Care for a deal" in page) is care


def test_one_with_a_draft_and_one_switched_off_are_found_as_such(
    company: Company, both: tuple[Definition, Definition], browser: Browser
) -> None:
    with opened(company.ann.pk, door="screen") as call:
        definitions.keep_draft(call, code="greet", source=PLAIN.replace("1 day", "2 days"))
        definitions.switch(call, definition=both[1], is_active=False)
    drawn, off = listed(browser, company, "?state=draft"), listed(browser, company, "?state=off")
    assert "Greeting of a guest" in drawn
    assert "Care for a deal" not in drawn
    assert "Care for a deal" in off
    assert str(company.ann) in drawn


def test_what_runs_is_counted_and_leads_to_the_runs(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    definition = publish(PLAIN)
    begin(definition)
    begin(definition)
    assert f'href="/instances/?definition={definition.pk}">2</a>' in listed(browser, company)


def test_the_settings_of_a_record_type_lead_to_its_processes(company: Company, both: object, browser: Browser) -> None:
    settings = browser(company.ann).get("/settings/deals/").content.decode()
    assert "/definitions/?type=crm.deal" in settings


@pytest.mark.parametrize("who", ["carol", "eve"])
def test_a_stranger_is_refused(company: Company, browser: Browser, who: str) -> None:
    assert browser(getattr(company, who)).get("/definitions/").status_code == 403
