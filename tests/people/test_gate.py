"""Who may do what: role × extent × whose, and how many questions that costs."""

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden
from potok.kit.permissions import Ask, permission
from potok.people import gate
from potok.people.public import Extent, groups, may, persons, roles, visible
from tests.company import Company
from tests.questions import counted

PAINT = permission("test.paint", "Paint", of_records=True)

# extent of Alice, head of Sales: whose things she reaches.
REACHES = {
    Extent.OWN: {"alice"},
    Extent.DEPARTMENT: {"alice", "bob"},
    Extent.SUBTREE: {"alice", "bob", "fay"},
    Extent.ALL: {"alice", "bob", "fay", "carol", "dan", "eve", None},
}
OWNERS = ("alice", "bob", "fay", "carol", "dan", "eve", None)


@pytest.mark.parametrize("extent", Extent)
def test_a_permission_reaches_as_far_as_its_extent(company: Company, extent: Extent) -> None:
    company.grant(PAINT, extent=extent, to=company.alice)
    owners = {name: getattr(company, name).pk if name else None for name in OWNERS}
    answers = gate.judge([Ask(company.alice.pk, PAINT, (owner,)) for owner in owners.values()])
    assert {name for name, refused in zip(owners, answers, strict=True) if refused is None} == REACHES[extent]


@pytest.mark.parametrize("extent", Extent)
def test_what_a_list_shows_is_what_the_gate_allows(company: Company, extent: Extent) -> None:
    company.grant(PAINT, extent=extent, to=company.alice)
    reach = visible(company.alice.pk, permission=PAINT)
    covered = {name for name in OWNERS if reach.covers((getattr(company, name).pk if name else None,))}
    assert covered == REACHES[extent]


def test_a_head_reaches_his_subtree_though_he_works_above_it(company: Company) -> None:
    company.grant(PAINT, extent=Extent.SUBTREE, to=company.dan)
    asks = [Ask(company.dan.pk, PAINT, (one.pk,)) for one in (company.bob, company.fay, company.carol, company.eve)]
    assert [refused is None for refused in gate.judge(asks)] == [True, True, True, False]


@pytest.mark.parametrize("how", ["person", "department", "department above", "group"])
def test_a_role_is_held_by_person_department_or_group(company: Company, how: str) -> None:
    with opened(None, door="start_up") as call:
        role = roles.add(call, name="Painter")
        roles.grant(call, role=role, permission=PAINT, extent=Extent.OWN)
        if how == "person":
            roles.give(call, role=role, person=company.bob)
        elif how == "group":
            roles.give(call, role=role, group=company.group)
        else:
            roles.give(call, role=role, department=company.sales if how == "department" else company.whole)
    assert may(company.bob.pk, permission=PAINT)
    assert not may(company.eve.pk, permission=PAINT)


def test_the_widest_of_several_roles_counts(company: Company) -> None:
    company.grant(PAINT, extent=Extent.OWN, to=company.bob)
    company.grant(PAINT, extent=Extent.ALL, to=company.bob)
    assert visible(company.bob.pk, permission=PAINT).owners is None


def test_a_stranger_reaches_nothing_and_is_told_what_to_ask_for(company: Company) -> None:
    company.grant(PAINT, extent=Extent.ALL, to=company.alice)
    [refused] = gate.judge([Ask(company.carol.pk, PAINT, (company.carol.pk,))])
    assert isinstance(refused, Forbidden)
    assert "Paint" in refused.sentence()
    assert visible(company.carol.pk, permission=PAINT).is_nowhere


def test_an_administrator_may_everything_and_a_dismissed_one_nothing(company: Company) -> None:
    ask = Ask(company.ann.pk, PAINT, (None,))
    assert gate.judge([ask]) == [None]
    with opened(None, door="start_up") as call:
        persons.change(call, person=company.dan, is_administrator=True)
        persons.dismiss(call, person=company.ann)
    assert gate.judge([ask]) != [None]


def test_the_system_is_forbidden_nothing(company: Company) -> None:
    assert gate.judge([Ask(None, PAINT, (None,))]) == [None]


def test_leaving_a_group_takes_its_role_away(company: Company) -> None:
    with opened(None, door="start_up") as call:
        role = roles.grant(call, role=roles.add(call, name="R"), permission=PAINT, extent=Extent.ALL)
        roles.give(call, role=role, group=company.group)
        groups.change(call, group=company.group, people=[company.carol])
    assert not may(company.bob.pk, permission=PAINT)


def test_a_batch_of_any_size_costs_two_questions(company: Company) -> None:
    company.grant(PAINT, extent=Extent.SUBTREE)
    people = [company.alice, company.bob, company.carol, company.dan, company.fay]
    asks = [Ask(by.pk, PAINT, (whose.pk,)) for by in people for whose in people] * 8
    with counted() as statements:
        gate.judge(asks)
    assert len(statements) == 2
