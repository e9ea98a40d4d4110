"""Who may start a definition by hand sees it offered; whom a definition may name is found by what is typed."""

import json

import pytest

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.people.public import groups
from potok.processes.models import Instance
from potok.processes.permissions import START
from potok.processes.web.whom import names_in
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser

KEPT = """
definition: kept
title: Inventory of the store
record: crm.deal
start:
  - manual: {{by: user_{bob}, when: {{field: amount, operator: greater, value: 100}}}}
do:
  - {{title: Rest, pause: {{for: 1 day}}}}
"""


@pytest.mark.parametrize("case", [("bob", 500, True), ("bob", 5, False), ("carol", 500, False)])
def test_it_is_offered_where_it_fits(
    company: Company, deal: Deal, publish: Publish, browser: Browser, case: tuple[str, int, bool]
) -> None:
    who, amount, is_offered = case
    company.grant(START)
    company.grant("crm.deal.see")
    definition = publish(KEPT.format(bob=company.bob.pk))
    Deal.objects.filter(pk=deal.pk).update(amount=amount)
    client = browser(getattr(company, who))
    offered = f"/definitions/{definition.pk}/start?record="
    assert (offered in client.get(f"/deals/{deal.pk}/").content.decode()) is is_offered
    answer = client.post(f"/definitions/{definition.pk}/start", {"record": f"crm.deal:{deal.pk}"})
    assert bool(answer.headers.get("HX-Redirect")) is is_offered
    assert Instance.objects.exists() is is_offered


def test_a_stranger_does_not_read_the_form_that_starts_it(
    company: Company, deal: Deal, publish: Publish, browser: Browser
) -> None:
    company.grant(START)
    definition = publish(KEPT.format(bob=company.bob.pk))
    path = f"/definitions/{definition.pk}/start?record=crm.deal:{deal.pk}"
    assert browser(company.bob).get(path).status_code == 200
    assert browser(company.carol).get(path).status_code == 403


def test_departments_groups_and_roles_are_found_beside_people(company: Company, browser: Browser) -> None:
    with opened(None, door="start_up") as call:
        groups.add(call, name="Sales council")
    found = browser(company.ann).get("/definitions/whom?q=sal").content.decode()
    assert f'data-value="group_dr{company.sales.pk}"' in found
    assert f'data-value="group_d{company.sales.pk}"' in found  # it has others below it
    assert "Sales council" in found
    assert f'data-value="user_{company.bob.pk}"' in found  # who works there
    assert 'data-value="user_' in browser(company.ann).get("/definitions/whom").content.decode()


@pytest.mark.parametrize("who", ["carol", "eve"])
def test_a_stranger_finds_nobody(company: Company, browser: Browser, who: str) -> None:
    assert browser(getattr(company, who)).get("/definitions/whom?q=sal").status_code == 403


def test_codes_are_called_by_name(company: Company) -> None:
    sales, bob = company.sales.pk, company.bob.pk
    text = json.dumps([f"group_d{sales}", f"group_dr{sales}", f"user_{bob}", f"head_of_{bob}", "user_999999"])
    named = names_in(text)
    assert named[f"group_d{sales}"] == named[f"group_dr{sales}"] == "Sales"
    assert named[f"user_{bob}"] == str(company.bob)
    assert str(company.bob) in named[f"head_of_{bob}"]
    assert "user_999999" not in named
