"""A queue follows the group it was given to: who joins sees what lies there, who leaves does not."""

from collections.abc import Sequence

import pytest

from potok.kit.doors import opened
from potok.notify.public import Waiting
from potok.people.public import Person, departments, groups, persons, roles
from potok.processes import membership
from potok.processes.models import Assignee, Assignment, Handling
from potok.processes.operations import assignments, directing
from tests.company import Company
from tests.processes.conftest import Begin, Publish

QUEUE = """
definition: queue
title: Queue
do:
  - block: approve
    with: {to: [%(to)s], title: Look at the order, comment: none, give: %(give)s%(more)s}
"""


def waiting() -> set[str]:
    return set(Waiting.objects.filter(closed_at=None).values_list("person__name", flat=True))


def put(company: Company, *people: Person) -> None:
    with opened(company.ann.pk, door="screen") as call:
        groups.change(call, group=company.group, people=people)


@pytest.fixture
def queued(company: Company, publish: Publish, begin: Begin) -> Assignment:
    """It lies before Bob and Carol, who make up the group."""
    begin(publish(QUEUE % {"to": f"group_g{company.group.pk}", "give": "queue", "more": ""}))
    return Assignment.objects.get()


def test_who_joins_sees_it_and_who_leaves_does_not(queued: Assignment, company: Company) -> None:
    put(company, company.carol, company.fay)
    assert waiting() == {"Carol", "Fay"}
    with opened(company.fay.pk, door="screen") as call:
        assignments.claim(call, assignment=Assignment.objects.get())
    assert waiting() == {"Fay"}
    put(company, company.bob, company.carol, company.fay)
    assert waiting() == {"Fay"}
    with opened(company.fay.pk, door="screen") as call:
        assignments.give_back(call, assignment=Assignment.objects.get())
    assert waiting() == {"Bob", "Carol", "Fay"}
    lines = Handling.objects.filter(what__in=[membership.JOINED, membership.LEFT]).order_by("pk")
    assert [line.what for line in lines] == ["joined_group", "left_group", "joined_group"]


def test_who_has_taken_it_keeps_it(queued: Assignment, company: Company) -> None:
    with opened(company.bob.pk, door="screen") as call:
        assignments.claim(call, assignment=queued)
    put(company, company.carol)
    assert waiting() == {"Bob"}
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(), answer="approved")
    assert Assignment.objects.get().status == Assignment.DONE


@pytest.mark.parametrize("left", [(), ("fay",)])
def test_the_last_one_stays_until_somebody_else_is_there(
    queued: Assignment, company: Company, left: Sequence[str]
) -> None:
    put(company)
    assert waiting() == {"Bob", "Carol"}
    put(company, *(getattr(company, name) for name in left))
    assert waiting() == ({"Fay"} if left else {"Bob", "Carol"})


def test_what_people_decided_by_hand_stays(queued: Assignment, company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        directing.add_person(call, assignment=queued, person=company.dan.pk)
        directing.excuse(call, assignment=queued, person=company.carol.pk)
        directing.reassign(call, assignment=queued, person=company.bob.pk, to=company.alice.pk)
    put(company, company.bob, company.carol, company.fay)
    assert waiting() == {"Alice", "Dan", "Fay"}


def test_it_follows_roles_departments_and_whoever_is_hired_or_comes_back(
    company: Company, publish: Publish, begin: Begin
) -> None:
    with opened(company.ann.pk, door="screen") as call:
        role = roles.add(call, name="Clerks")
        roles.give(call, role=role, person=company.bob)
    begin(publish(QUEUE % {"to": f"role_{role.pk}, group_dr{company.sales.pk}", "give": "queue", "more": ""}))
    assert waiting() == {"Alice", "Bob", "Fay"}
    with opened(company.ann.pk, door="screen") as call:
        roles.give(call, role=role, person=company.dan)
        persons.place(call, person=company.fay, departments=[company.warehouse])
        persons.add(call, email="gus@firm.example", name="Gus", surname="New", departments=[company.partners])
    assert waiting() == {"Alice", "Bob", "Dan", "Gus"}
    with opened(company.ann.pk, door="screen") as call:
        persons.dismiss(call, person=company.dan)
    assert waiting() == {"Alice", "Bob", "Gus"}
    with opened(company.ann.pk, door="screen") as call:
        persons.take_back(call, person=company.dan)
        departments.move(call, department=company.partners, parent=company.warehouse)
    assert waiting() == {"Alice", "Bob", "Dan"}


def test_who_must_not_decide_is_not_asked_by_joining(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(QUEUE % {"to": f"group_g{company.group.pk}", "give": "queue", "more": ", self_approval: false"}))
    put(company, company.bob, company.ann)
    assert waiting() == {"Bob"}


def test_where_everybody_answers_the_people_stay(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(QUEUE % {"to": f"group_g{company.group.pk}", "give": "queue", "more": ", mode: all"}))
    put(company, company.fay)
    assert waiting() == {"Bob", "Carol"}
    assert "of" not in Assignment.objects.get().terms


def test_nothing_is_written_when_nothing_differs(queued: Assignment, company: Company) -> None:
    before = list(Assignee.objects.values())
    with opened(None, door="start_up") as call:
        assert membership.follow_groups(call) == 0
    assert list(Assignee.objects.values()) == before
