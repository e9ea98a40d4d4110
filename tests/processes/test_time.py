"""Timers act once and never early; a wait on a date of the record follows it."""

from datetime import date, datetime, timedelta

import pytest

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import worker
from potok.processes.models import Incident, Instance, Standing, Timer
from potok.processes.operations import incidents
from potok.records import public as records
from potok.tasks.public import Task
from tests.company import Company
from tests.processes.conftest import Begin, Publish

PAUSE = """
definition: pause
title: Pause
do:
  - pause: {for: 2 days}
  - block: status_text
    with: {text: Awake}
"""
FOLLOW = """
definition: follow
title: Follow
record: crm.deal
start: [manual]
do:
  - pause: {until: "{=Document:close_on}"}
  - block: status_text
    with: {text: Awake}
"""
CONDITION = """
definition: condition
title: Condition
record: crm.deal
start: [manual]
do:
  - wait:
      when: "{=Document:comment} = 'ready'"
  - block: status_text
    with: {text: Ready}
"""

DUE = """
definition: due
title: Due
zone: Asia/Vladivostok
do:
  - block: task_add
    with:
      title: Visit
      responsible: user_{bob}
      wait: false
      deadline: '{deadline}'
"""


def pass_time(days: float) -> None:
    clock.wind(timedelta(days=days))
    worker.run_until_idle()


def change(deal: Deal, **values: object) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values=values)
    worker.run_until_idle()


def ref(deal: Deal) -> RecordRef:
    return RecordRef("crm.deal", deal.pk)


def today() -> date:
    return clock.now().date()


# PF-13, PF-14
def test_a_pause_ends_when_its_time_has_come_and_not_before(publish: Publish, begin: Begin) -> None:
    instance = begin(publish(PAUSE))
    pass_time(1.9)
    assert Instance.objects.get(pk=instance.pk).status == Standing.WAITING
    pass_time(0.2)
    assert Instance.objects.get(pk=instance.pk).status_text == "Awake"
    assert not Timer.objects.exists()


def test_a_timer_that_fires_early_changes_nothing(publish: Publish, begin: Begin) -> None:
    instance = begin(publish(PAUSE))
    Timer.objects.update(due=clock.now())
    worker.batch()
    assert Instance.objects.get(pk=instance.pk).status == Standing.WAITING


# PF-13, PF-19
def test_a_wait_for_a_date_of_the_record_follows_the_date(
    publish: Publish, begin: Begin, deal: Deal, company: Company
) -> None:
    change(deal, close_on=today() + timedelta(days=10))
    instance = begin(publish(FOLLOW), record=ref(deal))
    change(deal, close_on=today() + timedelta(days=2))
    pass_time(3)
    assert Instance.objects.get(pk=instance.pk).status_text == "Awake"


def test_a_date_that_is_emptied_becomes_an_incident_that_can_be_mended(
    publish: Publish, begin: Begin, deal: Deal, company: Company
) -> None:
    change(deal, close_on=today() + timedelta(days=10))
    instance = begin(publish(FOLLOW), record=ref(deal))
    change(deal, close_on=None)
    incident = Incident.objects.get()
    assert incident.code == "run.no_moment"
    change(deal, close_on=today())
    with opened(company.ann.pk, door="screen") as call:
        incidents.retry(call, incident=incident)
    assert Instance.objects.get(pk=instance.pk).status == Standing.COMPLETED


# PF-18
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_wait_for_a_condition_sees_a_change_on_either_side_of_its_beginning(
    publish: Publish, begin: Begin, deal: Deal, when: str
) -> None:
    definition = publish(CONDITION)
    if when == "before":
        change(deal, comment="ready")
    instance = begin(definition, record=ref(deal))
    if when == "after":
        change(deal, comment="not yet")
        assert Instance.objects.get(pk=instance.pk).status == Standing.WAITING
        change(deal, comment="ready")
    assert Instance.objects.get(pk=instance.pk).status_text == "Ready"


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        ('=dateadd(todate("2030-11-22"), "2 days")', "2030-11-24T23:59+10:00"),
        ("2030-11-24", "2030-11-24T23:59+10:00"),
        ("2030-11-24 18:00", "2030-11-24T18:00+10:00"),
    ],
)
def test_a_deadline_given_as_a_date_is_the_end_of_that_day_where_the_definition_lives(
    deadline: str, due: str, publish: Publish, begin: Begin, company: Company
) -> None:
    begin(publish(DUE.format(bob=company.bob.pk, deadline=deadline)))
    assert Task.objects.get().deadline == datetime.fromisoformat(due)
