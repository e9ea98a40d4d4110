"""Whose head is who, who is under whom, and whom a code names at the moment it is asked."""

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Missing, Refused
from potok.people import public as people
from potok.people.operations import departments, persons, roles
from tests.company import Company
from tests.questions import counted


@pytest.mark.parametrize(
    ("whose", "head"),
    [("bob", "alice"), ("fay", "alice"), ("alice", "dan"), ("carol", "dan"), ("dan", None), ("eve", None)],
)
def test_the_head_is_the_nearest_one_above(company: Company, whose: str, head: str | None) -> None:
    wanted = getattr(company, head).pk if head else None
    assert people.head_of(person=getattr(company, whose).pk) == wanted


def test_a_dismissed_head_is_passed_over(company: Company) -> None:
    with opened(None, door="screen") as call:
        persons.dismiss(call, person=company.alice)
    assert people.head_of(person=company.bob.pk) == company.dan.pk


def test_heads_of_many_are_asked_at_once(company: Company) -> None:
    asked = [{"person": one.pk} for one in (company.bob, company.dan, company.fay)]
    with counted() as statements:
        assert people.head_of.many(asked) == [company.alice.pk, None, company.alice.pk]
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("head", "deep", "names"),
    [
        ("alice", True, {"Bob", "Fay"}),
        ("alice", False, {"Bob"}),
        ("dan", True, {"Alice", "Bob", "Carol", "Fay"}),
        ("dan", False, {"Alice"}),
        ("bob", True, set()),
    ],
)
def test_subordinates(company: Company, head: str, deep: bool, names: set[str]) -> None:
    found = people.subordinates(head=getattr(company, head).pk, deep=deep)
    assert {one.name for one in people.by_id(found).values()} == names


CODES = {
    "a person": ("user_{bob}", ["Bob"]),
    "a number": ("{bob}", ["Bob"]),
    "a person as an access code": ("group_u{bob}", ["Bob"]),
    "a department": ("group_d{sales}", ["Alice", "Bob"]),
    "a department with all below": ("group_dr{sales}", ["Alice", "Bob", "Fay"]),
    "a group": ("group_g{group}", ["Carol", "Bob"]),
    "a head": ("head_of_{bob}", ["Alice"]),
    "a head of nobody": ("head_of_{dan}", []),
    "subordinates": ("subordinates_of_{alice}", ["Bob", "Fay"]),
    "a role": ("role_{role}", ["Carol"]),
    "somebody who is not there": ("user_999999", []),
}


@pytest.mark.parametrize("case", CODES)
def test_a_code_names_people(company: Company, case: str) -> None:
    code, names = CODES[case]
    with opened(None, door="screen") as call:
        role = roles.give(call, role=roles.add(call, name="R"), person=company.carol)
    ids = {name: getattr(company, name).pk for name in ("alice", "bob", "dan", "sales", "group")} | {"role": role.pk}
    found = people.resolve(whom=[code.format(**ids)])
    known = people.by_id(found)
    assert [known[one].name for one in found] == names


def test_each_is_named_once_in_the_order_of_the_codes(company: Company) -> None:
    whom = [company.fay.pk, f"group_d{company.sales.pk}", f"head_of_{company.bob.pk}"]
    assert people.resolve(whom=whom) == [company.fay.pk, company.alice.pk, company.bob.pk]


def test_who_left_is_not_named(company: Company) -> None:
    with opened(None, door="screen") as call:
        persons.dismiss(call, person=company.bob)
    assert people.members(department=company.sales.pk) == [company.alice.pk, company.fay.pk]
    assert people.resolve(whom=[company.bob.pk]) == []


def test_heads_are_those_who_head_something_now(company: Company) -> None:
    assert people.heads() == [company.dan.pk, company.alice.pk]
    with opened(None, door="screen") as call:
        departments.appoint(call, department=company.sales, head=None)
    assert people.heads() == [company.dan.pk]


@pytest.mark.parametrize("code", ["", "group_x1", "user_", "user_1; user_2", "author"])
def test_what_names_nobody_is_refused(company: Company, code: str) -> None:
    with pytest.raises(Refused) as refused:
        people.resolve(whom=[code])
    assert refused.value.code == "people.wrong_code"


def test_what_is_not_there_is_missing(company: Company) -> None:
    for ask in (people.person, people.department, people.group, people.role):
        with pytest.raises(Missing):
            ask(999_999)


def test_the_codes_that_exist_name_those_who_are_there(company: Company) -> None:
    with opened(None, door="start_up") as call:
        persons.dismiss(call, person=company.fay)
    known = people.codes.existing()
    assert {f"user_{company.bob.pk}", f"head_of_{company.bob.pk}", f"group_dr{company.sales.pk}"} <= known
    assert f"group_g{company.group.pk}" in known
    assert f"user_{company.fay.pk}" not in known
