"""People from outside: of all pages there are, only those that the site names are open to them."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from potok.kit.doors import opened
from potok.people import rules
from potok.people.operations import persons
from tests.company import Company

SAMPLES = {"int": "1", "records": "deals", "records_alike": "contacts", "str": "x", "slug": "x", "uuid": "x"}
PART = re.compile(r"<(?:(\w+):)?(\w+)>")
# What no address can be made up for: a photo's name is its content, a web-hook has no session.
MADE_UP = {"people:picture": "photos/" + "0" * 32 + ".webp", "rest:door": "rest/1/x/profile"}


def views(resolver: URLResolver, *, before: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else space
            yield from views(one, before=before + address(str(one.pattern)), space=inner)
        else:
            name = f"{space}{one.name}"
            made_up = MADE_UP.get(name) if isinstance(one.pattern, RegexPattern) else None
            yield name, made_up or before + address(str(one.pattern)), one


def address(route: str) -> str:
    return PART.sub(lambda found: SAMPLES.get(found[1], "x"), route)


def closed() -> list[tuple[str, str]]:
    return [
        (name, f"/{path}")
        for name, path, view in views(get_resolver())
        if name not in settings.OPEN_TO_OUTSIDERS and getattr(view.callback, "login_required", True)
    ]


def test_what_is_opened_to_outsiders_is_there() -> None:
    assert {name for name, *_ in views(get_resolver())} >= settings.OPEN_TO_OUTSIDERS


def test_an_outsider_opens_no_other_page_whatever_he_may_do(company: Company) -> None:
    company.grant("crm.deal.see", to=company.eve)
    client = Client(headers={"accept-language": "en"})
    client.force_login(company.eve)
    paths = closed()
    assert len(paths) > 200
    answered = {name: {client.get(path).status_code, client.post(path).status_code} for name, path in paths}
    assert {name: codes for name, codes in answered.items() if codes != {403}} == {}


def test_the_frame_offers_an_outsider_nothing_that_is_closed(company: Company) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(company.eve)
    page = client.get("/inbox/").content.decode()
    links = set(re.findall(r'href="(/[^"#?]*)', page)) - {"/"}
    shut = {path for path in links if not path.startswith("/static/") and client.get(path).status_code == 403}
    assert shut == set()
    assert 'data-open="palette"' not in page


def test_the_refusal_says_what_to_do(company: Company) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(company.eve)
    page = client.get("/people/").content.decode()
    assert "Your inbox shows all of it" in page
    assert rules.OUTSIDE.code == "people.outside"


def test_an_employee_finds_everything_open(company: Company) -> None:
    client = Client()
    client.force_login(company.eve)
    with opened(None, door="start_up") as call:
        persons.change(call, person=company.eve, is_external=False)
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize("name", ["people:structure", "records:import", "processes:definitions"])
def test_a_closed_page_is_known_by_its_name(name: str) -> None:
    assert name not in settings.OPEN_TO_OUTSIDERS
