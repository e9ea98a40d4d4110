"""What people may be done with: the tree stays a tree, one administrator stays, power does not grow by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.kit.models import EventRow
from potok.people.models import Department, Person
from potok.people.operations import departments, groups, passwords, persons, photos, profiles, roles
from potok.people.permissions import EDIT_GROUPS, EDIT_PEOPLE, EDIT_ROLES, EDIT_STRUCTURE
from potok.people.public import Extent, may
from tests.company import Company

GOOD = "a long enough one"
# Every operation with a permission, asked by a stranger; none may need more than the right to be refused.
ASKS: dict[str, Callable[[Company], tuple[Any, dict[str, Any]]]] = {
    "add a person": lambda c: (persons.add, {"email": "x@firm.example", "name": "X"}),
    "change a person": lambda c: (persons.change, {"person": c.bob, "name": "X"}),
    "place a person": lambda c: (persons.place, {"person": c.bob, "departments": []}),
    "dismiss a person": lambda c: (persons.dismiss, {"person": c.bob}),
    "take a person back": lambda c: (persons.take_back, {"person": c.bob}),
    "picture a person": lambda c: (photos.picture, {"person": c.bob, "picture": b""}),
    "set a password": lambda c: (passwords.set_, {"person": c.bob, "password": GOOD}),
    "invite": lambda c: (passwords.invite, {"person": c.bob}),
    "add a department": lambda c: (departments.add, {"name": "X"}),
    "rename a department": lambda c: (departments.rename, {"department": c.sales, "name": "X"}),
    "appoint": lambda c: (departments.appoint, {"department": c.sales, "head": c.carol}),
    "move a department": lambda c: (departments.move, {"department": c.partners, "parent": None}),
    "remove a department": lambda c: (departments.remove, {"department": c.partners}),
    "add a group": lambda c: (groups.add, {"name": "X"}),
    "change a group": lambda c: (groups.change, {"group": c.group, "people": []}),
    "add a role": lambda c: (roles.add, {"name": "X"}),
}
# What everybody has for himself, asked for another.
OTHERS: dict[str, Callable[[Company], tuple[Any, dict[str, Any]]]] = {
    "change a profile": lambda c: (profiles.change, {"person": c.bob, "language": "ru"}),
    "change a password": lambda c: (
        passwords.change,
        {"person": c.bob, "present": "", "password": GOOD},
    ),
    "set a photo": lambda c: (photos.set_, {"person": c.bob, "picture": b""}),
}


@pytest.mark.parametrize("ask", [*ASKS, *OTHERS])
def test_strangers_are_refused(company: Company, ask: str) -> None:
    what, given = (ASKS | OTHERS)[ask](company)
    for stranger in (company.carol, company.eve):
        with pytest.raises(Forbidden) as refused, opened(stranger.pk, door="rest") as call:
            what(call, **given)
        assert refused.value.code == ("kit.forbidden" if ask in ASKS else "people.not_yours")


def test_a_stranger_does_not_touch_roles(company: Company) -> None:
    role = company.grant(EDIT_GROUPS, to=company.alice)
    with opened(company.carol.pk, door="rest") as call:
        answers = [
            roles.rename.many([(call, {"role": role, "name": "X"})]),
            roles.grant.many([(call, {"role": role, "permission": EDIT_GROUPS, "extent": Extent.ALL})]),
            roles.give.many([(call, {"role": role, "person": company.carol})]),
            roles.take.many([(call, {"role": role, "person": company.alice})]),
            roles.remove.many([(call, {"role": role})]),
        ]
    assert all(isinstance(answer, Forbidden) for [answer] in answers)


def test_a_role_is_renamed_taken_and_removed(company: Company) -> None:
    role = company.grant(EDIT_GROUPS, to=company.alice)
    with opened(company.ann.pk, door="screen") as call:
        assert roles.rename(call, role=role, name="Keeper").name == "Keeper"
        roles.take(call, role=role, person=company.alice)
        assert not may(company.alice.pk, permission=EDIT_GROUPS)
        roles.give(call, role=role, person=company.alice)
        roles.remove(call, role=role)
    assert not may(company.alice.pk, permission=EDIT_GROUPS)


REFUSED: dict[str, tuple[str, Callable[[Company, Any], object]]] = {
    "people.person.nameless": ("a nameless person", lambda c, call: persons.add(call, email="x@firm.example")),
    "people.person.wrong_email": ("a wrong address", lambda c, call: persons.add(call, email="x", name="X")),
    "people.person.email_taken": (
        "an address of another",
        lambda c, call: persons.add(call, email="Bob@Firm.example", name="X"),
    ),
    "people.person.wrong_zone": (
        "a zone that is not there",
        lambda c, call: profiles.change(call, person=c.bob, zone="Mars/Base"),
    ),
    "people.person.wrong_choice": (
        "a language we do not speak",
        lambda c, call: profiles.change(call, person=c.bob, language="xx"),
    ),
    "people.person.wrong_image": (
        "no picture",
        lambda c, call: photos.set_(call, person=c.bob, picture=b"<svg/>"),
    ),
    "people.person.large_image": (
        "a picture beyond measure",
        lambda c, call: photos.set_(call, person=c.bob, picture=b"\xff" * (10 * 1024 * 1024 + 1)),
    ),
    "people.person.last_administrator": (
        "the last administrator",
        lambda c, call: persons.dismiss(call, person=c.ann),
    ),
    "people.password.weak": (
        "a weak password",
        lambda c, call: passwords.set_(call, person=c.bob, password="1234"),
    ),
    "people.password.wrong": (
        "a wrong present password",
        lambda c, call: passwords.change(call, person=c.bob, present="x", password=GOOD),
    ),
    "people.invitation.stale": (
        "a made-up link",
        lambda c, call: passwords.accept(call, person=c.bob, token="x-y", password=GOOD),
    ),
    "people.department.untitled": ("a nameless department", lambda c, call: departments.add(call, name=" ")),
    "people.department.in_itself": (
        "a department under itself",
        lambda c, call: departments.move(call, department=c.sales, parent=c.partners),
    ),
    "people.department.not_empty": ("a full one", lambda c, call: departments.remove(call, department=c.sales)),
    "people.group.untitled": ("a nameless group", lambda c, call: groups.add(call, name="")),
    "people.group.taken": ("a second group", lambda c, call: groups.add(call, name="Delivery")),
    "people.role.untitled": ("a nameless role", lambda c, call: roles.add(call, name="")),
    "people.role.taken": ("a second role", lambda c, call: [roles.add(call, name="R") for _ in range(2)]),
    "people.role.unknown_permission": (
        "a permission nobody knows",
        lambda c, call: roles.grant(call, role=roles.add(call, name="R"), permission="fly", extent=Extent.ALL),
    ),
    "people.role.one_holder": (
        "a role for two at once",
        lambda c, call: roles.give(call, role=roles.add(call, name="R"), person=c.bob, department=c.sales),
    ),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_makes_no_sense_is_refused_with_its_code(company: Company, code: str) -> None:
    with pytest.raises(Refused) as refused, opened(None, door="screen") as call:
        REFUSED[code][1](company, call)
    assert refused.value.code == code
    assert refused.value.sentence()


def test_power_over_people_does_not_grow_by_itself(company: Company) -> None:
    for permission in (EDIT_PEOPLE, EDIT_ROLES):
        company.grant(permission, to=company.bob)
    role = company.grant(EDIT_STRUCTURE, to=company.alice)
    acts: list[Callable[[Any], object]] = [
        lambda call: persons.add(call, email="x@firm.example", name="X", is_administrator=True),
        lambda call: persons.change(call, person=company.bob, is_administrator=True),
        lambda call: passwords.set_(call, person=company.ann, password=GOOD),
        lambda call: passwords.invite(call, person=company.ann),
        lambda call: persons.dismiss(call, person=company.ann),
        lambda call: roles.give(call, role=role, person=company.bob),
        lambda call: roles.grant(call, role=role, permission=EDIT_GROUPS, extent=Extent.ALL),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused, opened(company.bob.pk, door="rest") as call:
            act(call)
        assert refused.value.code == "people.needs_administrator"


def test_of_two_administrators_one_may_go(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        persons.change(call, person=company.dan, is_administrator=True)
        persons.change(call, person=company.ann, is_administrator=False)
    assert [one.name for one in Person.objects.filter(is_administrator=True)] == ["Dan"]


def test_what_is_changed_is_told_and_what_is_not_is_not(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        persons.change(call, person=company.bob, name="Boris", surname="Petrov")
        persons.change(call, person=company.bob, name="Boris")
    [told] = EventRow.objects.filter(name="people.person.changed")
    assert told.payload == {"person": company.bob.pk, "fields": ["name"]}
    assert told.by_id == company.ann.pk


def test_a_dismissed_person_comes_back(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        persons.dismiss(call, person=company.bob)
        assert not Person.objects.get(pk=company.bob.pk).is_active
        persons.take_back(call, person=company.bob)
    assert Person.objects.get(pk=company.bob.pk).is_active


def test_a_moved_department_takes_all_below_along(company: Company) -> None:
    with opened(None, door="screen") as call:
        departments.move(call, department=company.sales, parent=company.warehouse)
    partners = Department.objects.get(pk=company.partners.pk)
    ids = (company.whole.pk, company.warehouse.pk, company.sales.pk, company.partners.pk)
    assert partners.path == f"/{'/'.join(map(str, ids))}/"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=8))
def test_whatever_is_moved_every_path_is_its_parents_path_and_itself(
    company: Company, moves: list[tuple[int, int]]
) -> None:
    tree = [company.whole, company.sales, company.partners, company.warehouse, None]
    with opened(None, door="screen") as call:
        departments.move.many([(call, {"department": tree[what], "parent": tree[under]}) for what, under in moves])
    for one in Department.objects.select_related("parent"):
        assert one.path == f"{one.parent.path if one.parent else '/'}{one.pk}/"
