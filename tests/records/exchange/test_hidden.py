"""What is hidden from who imports neither tells records apart for him nor is written by him, in the background too."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.people.public import Extent, Person, Role, roles
from potok.records import public as records
from potok.records.exchange import carrying, operations
from potok.records.exchange.models import Import
from potok.records.public import Limit, sharing
from tests.company import Company
from tests.records.conftest import Make, refused
from tests.records.exchange.conftest import outcomes, sentences, table

PHONE = ["+78120001101"]


@pytest.fixture
def clerk(firm: Company, make: Make) -> Person:
    """Bob imports companies; their phone is not for him, their comment is for reading only."""
    with opened(None, door="start_up") as call:
        role = roles.add(call, name="Clerk")
        for act in ("see", "add", "edit", "import"):
            roles.grant(call, role=role, permission=f"crm.company.{act}", extent=Extent.ALL)
        roles.give(call, role=role, person=firm.bob)
    limit(field="phone", level=Limit.HIDDEN)
    limit(field="comment", level=Limit.READ_ONLY)
    return firm.bob


def limit(**given: Any) -> None:
    with opened(None, door="screen") as call:
        sharing.limit(call, role=Role.objects.get(name="Clerk"), record_type="crm.company", **given)


def begun(person: Person, content: bytes) -> Import:
    with opened(person.pk, door="screen") as call:
        return operations.begin(call, record_type="crm.company", name="a.csv", content=content)


def chosen(person: Person, of: Import, *columns: str, **given: Any) -> None:
    with opened(person.pk, door="screen") as call:
        operations.choose(call, of=of, columns=list(columns), **given)
    carrying.run_until_idle()


def carried(person: Person, of: Import) -> None:
    with opened(person.pk, door="screen") as call:
        operations.carry_out(call, of=of)
    carrying.run_until_idle()
    of.refresh_from_db()


def firms() -> Any:
    return records.record_types["crm.company"].model.objects.order_by("pk")


def test_a_hidden_field_is_neither_guessed_nor_chosen(clerk: Person) -> None:
    of = begun(clerk, table("Name;Phone", "Alpha;8 812 000-11-01"))
    assert of.columns == ["title", ""]
    with refused("records.field.unknown"):
        chosen(clerk, of, "title", "phone")
    with refused("records.import.no_key"):
        chosen(clerk, of, "title", "", keys=["phone"])
    with refused("records.field.unknown"):
        chosen(clerk, of, "title", "", usual={"phone": PHONE})


def test_a_field_that_is_hidden_since_stops_the_rows_and_finds_nobody(clerk: Person, make: Make) -> None:
    make("crm.company", {"title": "Alpha", "phone": PHONE})
    of = begun(clerk, table("Name;Phone;E-mail", "Beta;8 812 000-11-01;b@b.example"))
    Import.objects.filter(pk=of.pk).update(columns=["title", "phone", "email"], keys=["phone"], state="checking")
    carrying.run_until_idle()
    of.refresh_from_db()
    assert outcomes(of) == ["wrong"]
    assert "Alpha" not in sentences(of)[0]
    carried(clerk, of)
    assert [(one.title, list(map(dict, one.phone))) for one in firms()] == [
        ("Alpha", [{"value": PHONE[0], "kind": "work"}])
    ]


def test_what_may_only_be_read_tells_records_apart_and_is_not_written(clerk: Person, make: Make) -> None:
    make("crm.company", {"title": "Alpha", "comment": "A-1"})
    of = begun(clerk, table("Name;Comment", "Alpha Ltd;A-1"))
    with refused("records.import.only_read"):
        chosen(clerk, of, "title", "comment")
    chosen(clerk, of, "title", "comment", keys=["comment"])
    carried(clerk, of)
    assert outcomes(of) == ["change"]
    assert [(one.title, one.comment) for one in firms()] == [("Alpha Ltd", "A-1")]


def test_a_link_is_not_found_by_a_hidden_phone(clerk: Person, firm: Company, make: Make) -> None:
    make("crm.company", {"title": "Alpha", "phone": PHONE})
    for act in ("see", "add", "import"):
        firm.grant(f"crm.contact.{act}", to=clerk)
    with opened(clerk.pk, door="screen") as call:
        of = operations.begin(call, record_type="crm.contact", name="a.csv",
                              content=table("Surname;Company", "Ivanov;8 812 000-11-01"))  # fmt: skip
    chosen(clerk, of, "surname", "company")
    assert outcomes(of) == ["wrong"]
    assert "no such record" in sentences(of)[0]
