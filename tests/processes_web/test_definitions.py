"""Definitions are written as text with problems beside it, published, switched off, started by hand."""

import pytest
from django.test import Client

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.processes.models import Definition, Instance
from potok.processes.permissions import EDIT, START
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser

GOOD = """
definition: greet
title: Greeting
parameters:
  count: {type: number, title: How many, required: true}
constants:
  limit: {type: number, title: Limit, default: 5}
do:
  - {title: Rest, pause: {for: 1 day}}
"""
BAD = """
definition: greet
title: Greeting
do:
  - {block: no_such_block}
  - {block: neither_this}
"""
ON_DEAL = """
definition: on-deal
title: Care for a deal
record: crm.deal
do:
  - {title: Rest, pause: {for: 1 day}}
"""


def test_checks_name_every_mistake_with_its_line(company: Company, browser: Browser) -> None:
    found = browser(company.ann).post("/definitions/check", {"source": BAD}).content.decode()
    assert 'data-line="5"' in found
    assert 'data-line="6"' in found
    assert not Definition.objects.exists()


def test_a_text_without_mistakes_may_be_published(company: Company, browser: Browser) -> None:
    client = browser(company.ann)
    assert "it can be published" in client.post("/definitions/check", {"source": GOOD}).content.decode()
    answer = client.post("/definitions/new", {"source": GOOD})
    definition = Definition.objects.get()
    assert answer.headers["HX-Redirect"] == f"/definitions/{definition.pk}/"
    assert definition.version is not None


def test_mistakes_keep_a_text_from_being_published(company: Company, browser: Browser) -> None:
    answer = browser(company.ann).post("/definitions/new", {"source": BAD})
    assert answer.status_code == 422
    assert not Definition.objects.exists()


def test_what_is_being_written_is_kept_as_a_draft(company: Company, publish: Publish, browser: Browser) -> None:
    definition = publish(GOOD)
    changed = GOOD.replace("1 day", "2 days")
    browser(company.ann).post("/definitions/check", {"source": changed, "code": "greet"})
    page = browser(company.ann).get(f"/definitions/{definition.pk}/").content.decode()
    assert "2 days" in page


@pytest.mark.parametrize(
    ("method", "path"),
    [("post", "check"), ("get", "new"), ("post", "new"), ("post", "{id}/"), ("post", "{id}/switch"),
     ("post", "{id}/constants"), ("get", "{id}/versions/1"), ("post", "{id}/start")],
)  # fmt: skip
@pytest.mark.parametrize("who", ["carol", "eve"])
def test_a_stranger_is_refused(
    company: Company, publish: Publish, browser: Browser, who: str, method: str, path: str
) -> None:
    definition = publish(GOOD)
    client = browser(getattr(company, who))
    url = f"/definitions/{path.format(id=definition.pk)}"
    given = {"source": GOOD, "on": "0", "name": "limit", "limit": "1", "count": "1"}
    answer = client.get(url) if method == "get" else client.post(url, given)
    assert answer.status_code == 403
    assert not Instance.objects.exists()


def test_whoever_may_write_sees_the_text_and_others_do_not(
    company: Company, publish: Publish, browser: Browser
) -> None:
    definition = publish(GOOD)
    assert browser(company.carol).get(f"/definitions/{definition.pk}/").status_code == 403
    company.grant(EDIT, to=company.carol)
    assert "definition: greet" in browser(company.carol).get(f"/definitions/{definition.pk}/").content.decode()


def test_a_definition_is_switched_off_and_on(company: Company, publish: Publish, browser: Browser) -> None:
    definition = publish(GOOD)
    for on in (False, True):
        browser(company.ann).post(f"/definitions/{definition.pk}/switch", {"on": "1" if on else "0"})
        definition.refresh_from_db()
        assert definition.is_active is on


def test_a_constant_is_set_by_its_type(company: Company, publish: Publish, browser: Browser) -> None:
    definition = publish(GOOD)
    client = browser(company.ann)
    client.post(f"/definitions/{definition.pk}/constants", {"name": "limit", "limit": "9"})
    assert definition.constants.get().value == 9
    answer = client.post(f"/definitions/{definition.pk}/constants", {"name": "limit", "limit": "many"})
    assert answer.status_code == 422


def test_people_are_picked_for_constants(company: Company, publish: Publish, browser: Browser) -> None:
    definition = publish(
        GOOD.replace("  limit:", "  who: {type: person, multiple: true, title: Who}\n  one: {type: person}\n  limit:")
    )
    client, url = browser(company.ann), f"/definitions/{definition.pk}/constants"
    client.post(url, {"name": "who", "who": [company.bob.pk, company.fay.pk]})
    client.post(url, {"name": "one", "one": company.dan.pk})
    page = client.get(f"/definitions/{definition.pk}/").content.decode()
    assert all(name in page for name in ("Bob Petrov", "Fay Titova", "Dan Gromov"))
    client.post(url, {"name": "one", "one": ""})
    assert definition.constants.get(name="one").value is None
    assert client.post(url, {"name": "one", "one": "nobody"}).status_code == 422


def test_a_start_form_asks_for_parameters(company: Company, publish: Publish, browser: Browser) -> None:
    definition = publish(GOOD)
    company.grant(START)
    client = browser(company.bob)
    assert 'name="count"' in client.get(f"/definitions/{definition.pk}/start").content.decode()
    assert client.post(f"/definitions/{definition.pk}/start", {"count": ""}).status_code == 422
    answer = client.post(f"/definitions/{definition.pk}/start", {"count": "3"})
    assert answer.headers["HX-Redirect"] == f"/instances/{Instance.objects.get().pk}/"


def test_a_process_starts_from_a_record_and_shows_on_its_card(
    company: Company, publish: Publish, browser: Browser, deals: None, rf: object
) -> None:
    from potok.processes.web import tab

    definition = publish(ON_DEAL)
    with opened(None, door="command") as call:
        deal = records.verbs["crm.deal"].add(call, values={"title": "Vents", "responsible": company.bob.pk})
    assert isinstance(deal, Deal)
    code = f"crm.deal:{deal.pk}"
    assert "Vents" in browser(company.ann).get(f"/definitions/{definition.pk}/start?record={code}").content.decode()
    browser(company.ann).post(f"/definitions/{definition.pk}/start", {"record": code})
    request = rf.get("/")  # type: ignore[attr-defined]
    request.user = company.ann
    drawn = tab.draw(request, deal)
    assert "Care for a deal" in drawn
    assert "by hand" in drawn
    assert tab.count(request, deal) == 1


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [("/definitions/", 403, "You may not do this"), ("/instances/9999/", 404, "There is nothing here")],
)
def test_a_page_that_is_refused_says_in_its_title_why(path: str, status: int, title: str, company: Company) -> None:
    client = Client()
    client.force_login(company.carol)
    answer = client.get(path)
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.content.decode()


def test_a_new_definition_can_be_published_from_its_page(company: Company, browser: Browser) -> None:
    assert ">Publish</button>" in browser(company.ann).get("/definitions/new").content.decode()
