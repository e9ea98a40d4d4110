"""What is hidden from a role stands on no way out: records are made whose hidden values are looked for in all of it."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from potok.kit import clock
from potok.kit.dialects import WireError, methods
from potok.kit.doors import opened
from potok.people.public import Extent, Person
from potok.records import public as records
from potok.records.duplicates.models import Pair
from potok.records.public import Limit, sharing
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db
HIDDEN = {
    "crm.deal": {"amount": "987654", "comment": "sesame", "close_on": "2031-05-24", "company": "Gulliver"},
    "crm.contact": {"phone": "9215550123", "email": "hidden@client.example"},
}
# As they are written on pages, in tables and over REST, without spaces and signs between digits.
SAID = ("987654", "sesame", "2031-05-24", "24.05", "May24", "24May", "Gulliver", "9215550123", "hidden@")
PAGES = (
    "/deals/",
    "/deals/?columns=title,amount,comment,close_on,company",
    "/deals/?sort=amount",
    "/deals/?group=company",
    "/deals/?group=close_on:month",
    "/deals/board",
    "/deals/calendar",
    "/deals/{deal}/",
    "/deals/{deal}/?part=head",
    "/deals/{deal}/?part=facts",
    "/deals/{deal}/?tab=history",
    "/deals/{deal}/feed",
    "/deals/{deal}/access",
    "/deals/trash",
    "/deals/new",
    "/deals/export/csv",
    "/contacts/",
    "/contacts/?columns=title,phone,email",
    "/contacts/{contact}/",
    "/contacts/{contact}/?tab=history",
    "/contacts/export/csv",
    "/projects/{project}/",
    "/find?q=venti",
    "/reports/",
    "/reports/show?type=crm.deal&group=stage&measure=sum:amount",
    "/reports/show?type=crm.deal&group=company",
    "/records/find?type=crm.deal&q=",
    "/duplicates/",
    "/duplicates/contacts/merge?ids={contact},{other}",
)
CALLS: Mapping[str, Mapping[str, Any]] = {
    "crm.deal.list": {"select": ["*", "UF_*", "OPPORTUNITY", "COMMENTS", "CLOSEDATE", "COMPANY_ID"]},
    "crm.deal.get": {"id": "deal"},
    "crm.deal.fields": {},
    "crm.contact.list": {"select": ["*", "PHONE", "EMAIL"]},
    "crm.contact.get": {"id": "contact"},
    "crm.item.list": {"entityTypeId": 2},
    "crm.item.get": {"entityTypeId": 2, "id": "deal"},
    "crm.item.fields": {"entityTypeId": 2},
    "crm.duplicate.findbycomm": {"type": "PHONE", "values": ["+7 921 555-01-23"]},
}


def limited(firm: Company, person: Person) -> None:
    """Let a person see and change everything but what is hidden."""
    for name in (*HIDDEN, "crm.company", "crm.project"):
        for act in ("see", "edit", "export", "add", "remove"):
            role = firm.grant(f"{name}.{act}", extent=Extent.ALL, to=person)
            for field in HIDDEN.get(name, {}):
                with opened(None, door="screen") as call:
                    sharing.limit(call, role=role, record_type=name, field=field, level=Limit.HIDDEN)
    firm.grant("records.duplicates.merge", to=person)


@pytest.fixture
def there(firm: Company, make: Make) -> dict[str, int]:
    """Records with something to hide, by name."""
    company = make("crm.company", {"title": HIDDEN["crm.deal"]["company"]})
    ways = HIDDEN["crm.contact"]
    contact, other = (make("crm.contact", {"name": "Ada", "surname": "Ash", **ways}) for _ in range(2))
    deal = make("crm.deal", {"title": "Ventilation", "contact": contact.pk})
    removed = make("crm.deal", {"title": "Removed", **HIDDEN["crm.deal"], "company": company.pk})
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={**HIDDEN["crm.deal"], "company": company.pk})
        records.verbs["crm.deal"].remove(call, record=removed)
    project = make("crm.project", {"title": "Roof", "deal": deal.pk})
    Pair.objects.create(
        kind="crm.contact", one=contact.pk, other=other.pk, why=["phone"], score=100, found_at=clock.now()
    )
    return {"deal": deal.pk, "contact": contact.pk, "other": other.pk, "project": project.pk}


def told(text: str) -> list[str]:
    """Which of the hidden values stand in a text."""
    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f(),-]+(?=\d)", "", text.replace("&nbsp;", "\u00a0"))
    bare = re.sub(r"\s+", "", text)
    return [one for one in SAID if one in plain or one in bare or one in text]


def page(person: Person, url: str) -> str:
    answer: Any = inside(person).get(url)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode())


@pytest.mark.parametrize("url", PAGES)
def test_no_page_tells_what_is_hidden(firm: Company, there: dict[str, int], url: str) -> None:
    limited(firm, firm.bob)
    assert told(page(firm.bob, url.format(**there))) == []


def test_somebody_sees_all_of_it(firm: Company, there: dict[str, int]) -> None:
    seen = {one for url in PAGES for one in told(page(firm.ann, url.format(**there)))}
    assert {"987654", "sesame", "Gulliver", "9215550123", "hidden@"} <= seen


@pytest.mark.parametrize(
    ("place", "leads_to"),
    [
        ("/find?q=sesame", "/deals/{deal}/"),
        ("/search?q=sesame", "/deals/{deal}/"),
        ("/find?q=5550123", "/contacts/{contact}/"),
        ("/search?q=5550123", "/contacts/{contact}/"),
        ("/deals/?q=sesame", "/deals/{deal}/"),
        ("/deals/calendar?group=close_on&day=2031-05-01", "/deals/{deal}/"),
        ("/deals/timeline?group=close_on&day=2031-05-01", "/deals/{deal}/"),
    ],
)
def test_nothing_is_found_by_what_is_hidden(firm: Company, there: dict[str, int], place: str, leads_to: str) -> None:
    limited(firm, firm.bob)
    assert leads_to.format(**there) not in page(firm.bob, place)


@pytest.mark.parametrize("name", CALLS)
def test_no_call_tells_what_is_hidden(firm: Company, there: dict[str, int], name: str) -> None:
    limited(firm, firm.bob)
    given = {key: there.get(value, value) if isinstance(value, str) else value for key, value in CALLS[name].items()}
    with opened(firm.bob.pk, door="rest") as call:
        answer = methods[name].answer(call, methods[name].takes.model_validate(given))
    assert told(json.dumps(getattr(answer, "result", answer), default=str)) == []


@pytest.mark.parametrize(
    ("name", "filter"),
    [
        ("crm.deal.list", {"OPPORTUNITY": "987654"}),
        ("crm.deal.list", {">OPPORTUNITY": "5"}),
        ("crm.contact.list", {"PHONE": "+79215550123"}),
        ("crm.item.list", {"opportunity": 987654}),
    ],
)
def test_no_call_finds_by_what_is_hidden(
    firm: Company, there: dict[str, int], name: str, filter: dict[str, Any]
) -> None:
    limited(firm, firm.bob)
    more = {"entityTypeId": 2} if name == "crm.item.list" else {}

    def total(value: Mapping[str, Any]) -> Any:
        try:
            with opened(firm.bob.pk, door="rest") as call:
                return methods[name].answer(call, methods[name].takes.model_validate({**more, "filter": value})).total
        except WireError as refused:
            return refused.code

    other = {key: "1" if "PHONE" not in key else "+79990000000" for key in filter}
    assert total(filter) == total(other)
