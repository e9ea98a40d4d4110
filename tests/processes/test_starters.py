"""Who may start a definition by hand, and on which records, is said in the definition and holds at every door."""

from collections.abc import Callable

import pytest

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import Person, groups
from potok.processes import due
from potok.processes.models import Definition, Instance, StartLine
from potok.processes.operations import instances, start_lists
from potok.processes.permissions import START
from tests.company import Company
from tests.processes.conftest import Publish

KEPT = """
definition: kept
title: Kept for a few
record: crm.deal
roles:
  keepers: {{title: Keepers, people: [{people}]}}
start:
  - manual: {{by: '{{=Role:keepers}}'}}
do:
  - {{title: Rest, pause: {{for: 1 day}}}}
"""
LARGE = """
definition: large
title: For large deals
record: crm.deal
start:
  - manual: {when: {field: amount, operator: greater, value: 100}}
do:
  - {title: Rest, pause: {for: 1 day}}
"""
CALLED = """
definition: called
title: Run by others only
start: []
do:
  - {title: Rest, pause: {for: 1 day}}
"""
CALLING = """
definition: calling
title: Runs another
start:
  - manual: {{by: user_{bob}}}
do:
  - {{run: called}}
"""
NAMED: dict[str, Callable[[Company], str]] = {
    "a person": lambda company: f"user_{company.bob.pk}",
    "a department": lambda company: f"group_d{company.sales.pk}",
    "a department with what is below": lambda company: f"group_dr{company.whole.pk}",
    "a group": lambda company: f"group_g{company.group.pk}",
    "an access role": lambda company: f"role_{company.grant('crm.company.see', to=company.bob).pk}",
}


@pytest.fixture
def staff(company: Company) -> Company:
    company.grant(START)
    company.grant("crm.deal.see")
    with opened(None, door="start_up") as call:
        groups.change(call, group=company.group, people=[company.bob])
    return company


def start(person: Person, definition: Definition, deal: Deal | None = None) -> Instance:
    with opened(person.pk, door="screen") as call:
        return instances.start(call, definition=definition, record=deal.ref if deal else None)


@pytest.mark.parametrize("whom", NAMED)
def test_whoever_is_named_may_start_it(staff: Company, deal: Deal, publish: Publish, whom: str) -> None:
    assert start(staff.bob, publish(KEPT.format(people=NAMED[whom](staff))), deal).initiator == staff.bob


def test_a_stranger_is_refused(staff: Company, deal: Deal, publish: Publish) -> None:
    definition = publish(KEPT.format(people=f"group_d{staff.sales.pk}"))
    with pytest.raises(Refused) as refused:
        start(staff.carol, definition, deal)
    assert refused.value.code == "processes.start_not_yours"
    assert not Instance.objects.exists()


def test_an_administrator_may_always(staff: Company, deal: Deal, publish: Publish) -> None:
    assert start(staff.ann, publish(KEPT.format(people=f"user_{staff.bob.pk}")), deal).initiator == staff.ann


def test_a_stranger_starts_it_on_no_list_of_records_either(staff: Company, deal: Deal, publish: Publish) -> None:
    definition = publish(KEPT.format(people=f"user_{staff.bob.pk}"))
    with opened(staff.carol.pk, door="screen") as call:
        chosen = start_lists.choose(call, record_type="crm.deal", ids=[deal.pk])
    with pytest.raises(Refused) as refused, opened(staff.carol.pk, door="screen") as call:
        start_lists.begin(call, chosen=chosen, definition=definition)
    assert refused.value.code == "processes.start_not_yours"


def test_by_hand_it_starts_on_records_that_meet_its_condition(staff: Company, deal: Deal, publish: Publish) -> None:
    definition = publish(LARGE)
    Deal.objects.filter(pk=deal.pk).update(amount=50)
    with pytest.raises(Refused) as refused:
        start(staff.bob, definition, deal)
    assert refused.value.code == "processes.start_does_not_fit"
    Deal.objects.filter(pk=deal.pk).update(amount=500)
    assert start(staff.bob, definition, deal).pk


def test_of_many_records_it_starts_on_those_that_meet_its_condition(
    staff: Company, deal: Deal, publish: Publish
) -> None:
    definition = publish(LARGE)
    Deal.objects.filter(pk=deal.pk).update(amount=50)
    with opened(staff.bob.pk, door="screen") as call:
        chosen = start_lists.choose(call, record_type="crm.deal", ids=[deal.pk])
        start_lists.begin(call, chosen=chosen, definition=definition)
    due.run_until_idle()
    assert list(StartLine.objects.values_list("outcome", flat=True)) == ["skipped"]


def test_what_nobody_may_start_is_run_by_another_process(staff: Company, publish: Publish) -> None:
    called = publish(CALLED)
    with pytest.raises(Refused) as refused:
        start(staff.ann, called)
    assert refused.value.code == "processes.not_by_hand"
    start(staff.bob, publish(CALLING.format(bob=staff.bob.pk)))
    assert Instance.objects.filter(definition=called).count() == 1
