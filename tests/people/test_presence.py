"""Who is online."""

from datetime import timedelta

import pytest
from django.test import Client

from potok.kit import clock
from potok.people import presence
from potok.people import public as people
from tests import company as firm
from tests.company import Company
from tests.questions import counted


@pytest.fixture
def company(db: None) -> Company:
    return firm.found()


def test_whoever_asks_for_a_page_is_online_for_ten_minutes(company: Company, client: Client) -> None:
    client.force_login(company.bob)
    client.get("/")
    assert people.online(persons=[company.alice.pk, company.bob.pk]) == [company.bob.pk]
    with clock.wound(timedelta(minutes=9)):
        assert people.online(persons=[company.bob.pk]) == [company.bob.pk]
    with clock.wound(timedelta(minutes=11)):
        assert people.online(persons=[company.bob.pk]) == []


def test_those_online_are_told_in_the_order_asked(company: Company) -> None:
    for person in (company.alice, company.bob):
        presence.see(person.pk)
    asked = [company.bob.pk, company.carol.pk, company.alice.pk]
    assert people.online(persons=asked) == [company.bob.pk, company.alice.pk]


def test_many_requests_of_a_minute_are_one_statement(company: Company) -> None:
    with counted() as statements:
        for _ in range(5):
            presence.see_now_and_then(company.carol.pk)
    assert len(statements) <= 1
