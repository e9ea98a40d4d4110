"""Whoever looks at the screens of records."""

from collections.abc import Callable

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.people.public import Person
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make


def inside(person: Person) -> Client:
    """The browser of a person who is signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def boss(firm: Company, pipeline: records.Pipeline) -> Client:
    """The browser of the administrator, who may do everything."""
    return inside(firm.ann)


@pytest.fixture
def many(firm: Company, make: Make) -> Callable[[int], None]:
    """Make so many deals, each of a company of its own."""

    def add(count: int) -> None:
        companies = [make("crm.company", {"title": f"Firm {number}"}) for number in range(3)]
        with opened(None, door="start_up") as call:
            records.verbs["crm.deal"].add.many(
                [
                    (call, {"values": {"title": f"Deal {n}", "amount": n, "company": companies[n % 3].pk,
                                       "responsible": firm.bob.pk, "close_on": "2026-12-01"}})
                    for n in range(count)
                ]
            )  # fmt: skip

    return add
