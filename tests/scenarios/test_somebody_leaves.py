"""Somebody leaves (`people.person.leave`): all that he held goes to others at once, and nothing is without an owner."""

import pytest
from django.test import Client

from potok.crm.deals.public import Deal
from potok.engine.values import PersonRef
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.models import Department, Deputy
from potok.people.operations import absences, departments, groups, persons
from potok.people.operations import leaving as operations
from potok.people.public import leaving
from potok.processes.models import Assignee, Assignment
from potok.records import public as records
from potok.tasks import projects, templating
from potok.tasks import public as tasks
from potok.tasks.models import Project, Task, Template
from tests.company import Company
from tests.processes.conftest import Begin, Publish, begin, company, deals, publish  # noqa: F401 (fixtures)

ASK = """
definition: ask
title: Ask
constants:
  lawyer: {type: person, title: Lawyer, default: user_%(bob)d}
do:
  - block: approve
    with: {to: user_%(bob)d, title: Approve the act, comment: none}
"""


@pytest.fixture
def busy(company: Company, publish: Publish, begin: Begin, deals: None) -> Company:  # noqa: F811
    """Bob holds something of every kind."""
    begin(publish(ASK % {"bob": company.bob.pk}))
    with opened(None, door="start_up") as call:
        departments.appoint(call, department=company.warehouse, head=company.bob)
        groups.add(call, name="Alone", people=[company.bob])
        absences.set_deputies(call, person=company.carol, deputies=[company.bob])
        tasks.add(call.by_system(), title="Count the boxes", responsible=company.bob.pk, creator=company.alice.pk)
    with opened(company.bob.pk, door="screen") as call:
        projects.add(call, name="New hall")
        templating.add(
            call, title="Every week", fields={"responsible": company.bob.pk}, repeats="FREQ=WEEKLY", begins_at=None
        )
    with opened(None, door="start_up") as call:
        for stage in ("NEW", "WON"):
            records.verbs["crm.deal"].add(
                call, values={"title": f"Deal {stage}", "responsible": PersonRef(company.bob.pk), "stage": stage}
            )
    return company


def test_nothing_is_left_without_an_owner(busy: Company) -> None:
    held = {one.name: len(one.left(busy.bob)) for one in leaving.all_estates() if one.left(busy.bob)}
    assert held.keys() >= {"task", "department", "group", "deputy", "process", "record", "project", "task_template"}
    with opened(busy.ann.pk, door="screen") as call:
        done = operations.leave(call, person=busy.bob, to=busy.alice, heirs={"record": busy.fay})
    busy.bob.refresh_from_db()
    assert not busy.bob.is_active
    by_hand = [thing for one in done for thing in one.stayed]
    assert [thing.title for thing in by_hand] == ["Ask"], "the text of the definition names him"
    still = {
        one.name: [thing.title for thing in one.left(busy.bob) if not thing.by_hand] for one in leaving.all_estates()
    }
    assert {name: things for name, things in still.items() if things} == {}
    assert Assignee.objects.get(status=Assignee.OPEN).person == busy.alice
    assert Assignment.objects.filter(status="open").count() == 1
    assert Task.objects.get(title="Count the boxes").responsible == busy.alice
    assert Project.objects.get().leader == busy.alice
    assert Template.objects.get().owner == busy.alice
    assert Template.objects.get().fields["responsible"] == busy.alice.pk
    assert Department.objects.get(pk=busy.warehouse.pk).head == busy.alice
    assert Deputy.objects.get(person=busy.carol).deputy == busy.alice
    assert Deal.objects.get(title="Deal NEW").responsible == busy.fay
    assert Deal.objects.get(title="Deal WON").responsible == busy.bob


def test_one_page_shows_what_there_is_and_hands_it_over(busy: Company) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(busy.ann)
    page = client.get(f"/people/{busy.bob.pk}/leaving").content.decode()
    for word in ("Count the boxes", "Deal NEW", "New hall", "Warehouse", "Approve the act", "Carol Belova"):
        assert word in page
    done = client.post(f"/people/{busy.bob.pk}/leaving", {"to": busy.alice.pk, "to.record": busy.fay.pk})
    assert done.status_code == 200
    assert "to be decided by hand" in done.content.decode()
    assert Deal.objects.get(title="Deal NEW").responsible == busy.fay


@pytest.mark.parametrize("heir", ["bob", "eve"])
def test_only_somebody_else_who_works_here_inherits(company: Company, heir: str) -> None:  # noqa: F811
    with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
        operations.leave(call, person=company.bob, to=getattr(company, heir))
    assert refused.value.code == "people.leaving.wrong_heir"
    company.bob.refresh_from_db()
    assert company.bob.is_active


def test_the_last_administrator_does_not_leave(company: Company) -> None:  # noqa: F811
    with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
        operations.leave(call, person=company.ann, to=company.alice)
    assert refused.value.code == "people.person.last_administrator"


def test_one_without_rights_lets_nobody_leave(company: Company) -> None:  # noqa: F811
    client = Client()
    client.force_login(company.carol)
    assert client.get(f"/people/{company.bob.pk}/leaving").status_code == 403
    assert client.post(f"/people/{company.bob.pk}/leaving", {"to": company.alice.pk}).status_code == 403


def test_who_comes_back_begins_with_nothing(busy: Company) -> None:
    with opened(busy.ann.pk, door="screen") as call:
        operations.leave(call, person=busy.bob, to=busy.alice)
        persons.take_back(call, person=busy.bob)
    assert Task.objects.get(title="Count the boxes").responsible == busy.alice
