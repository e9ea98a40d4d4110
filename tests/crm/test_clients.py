"""Contacts and companies."""

import pytest

from potok.crm.clients import rules
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.public import Record
from tests.company import Company
from tests.records.conftest import refused


def test_a_contact_is_called_by_surname_and_name() -> None:
    assert rules.full_name({"surname": "Захарченко", "name": "Виктор"}) == "Захарченко Виктор"
    assert rules.full_name({"name": "Виктор", "surname": None}) == "Виктор"


@pytest.mark.django_db
def test_the_title_of_a_contact_follows_its_name(firm: Company) -> None:
    contacts = records.verbs["crm.contact"]
    with opened(None, door="screen") as call:
        contact: Record = contacts.add(call, values={"name": "Ёлка", "surname": "Other"})
    with opened(None, door="screen") as call:
        contact = contacts.change(call, record=contact, values={"surname": "Another"})
    assert (contact.title, contact.sort_key) == ("Another Ёлка", "another елка")


@pytest.mark.django_db
def test_a_contact_without_any_name_is_refused(firm: Company) -> None:
    with opened(None, door="screen") as call, pytest.raises(Refused) as caught:
        records.verbs["crm.contact"].add(call, values={"position": "Chief"})
    assert (caught.value.code, caught.value.place) == ("crm.contact.nameless", "surname")


@pytest.mark.django_db
def test_the_title_of_a_contact_is_not_typed(firm: Company) -> None:
    with opened(None, door="screen") as call, refused("records.field.read_only"):
        records.verbs["crm.contact"].add(call, values={"title": "x", "name": "y"})
