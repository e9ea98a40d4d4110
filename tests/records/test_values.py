"""Values for processes: many fields of many records in few questions, through links too."""

import pytest
from pytest_django import DjangoAssertNumQueries

from potok.engine.values import Money, RecordRef
from potok.kit.errors import Missing
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make, refused

pytestmark = pytest.mark.django_db


def test_values_are_read_through_links(make: Make) -> None:
    client = make("crm.company", {"title": "Firm"})
    person = make("crm.contact", {"company": client.pk})
    deal = make("crm.deal", {"contact": person.pk, "amount": "12.50"})
    assert records.value(record=deal.ref, path=["amount"]) == Money(12.5, "RUB")  # type: ignore[arg-type]
    assert records.value(record=deal.ref, path=["contact", "company", "title"]) == "Firm"
    assert records.value(record=deal.ref, path=["company", "title"]) is None
    assert records.value(record=deal.ref, path=["id"]) == deal.pk


def test_what_is_gone_is_told_apart_from_what_is_empty(make: Make, firm: Company) -> None:
    assert records.value(record=RecordRef("crm.deal", 999_999), path=["title"]) is records.GONE
    with pytest.raises(Missing):
        records.get(record=RecordRef("crm.deal", 999_999))


def test_an_unknown_field_is_refused(make: Make) -> None:
    with refused("records.field.unknown"):
        records.value(record=make("crm.deal").ref, path=["nonsense"])


def test_two_hundred_values_cost_as_much_as_two(
    make: Make, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = make("crm.company", {"title": "Firm"})
    deals = [make("crm.deal", {"company": client.pk}) for _ in range(20)]
    asked = [
        {"record": deal.ref, "path": path} for deal in deals for path in (["title"], ["stage"], ["company", "title"])
    ]
    with django_assert_max_num_queries(3):
        answers = records.value.many(asked)
    assert answers[2::3] == ["Firm"] * 20
