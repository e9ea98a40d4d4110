"""Who starts processes is asked to come again while those that began wait for too long; what runs goes on."""

from datetime import timedelta

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Overloaded
from potok.processes import pressure, worker
from potok.processes.models import Definition, Instance
from potok.processes.operations import instances, messages
from potok.processes.starts import Start, begin
from potok.rest.envelope import from_refused
from tests.company import Company
from tests.processes.conftest import Publish

SOURCE = """
definition: ordered
title: Ordered
start: [manual, {message: {name: order}}]
variables: {n: {type: number}}
do:
  - set: {n: 1}
"""


@pytest.fixture
def late(company: Company, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> Definition:
    """One instance has waited for its turn for too long."""
    monkeypatch.setattr(pressure, "KEPT_SECONDS", 0.0)
    monkeypatch.setattr(pressure, "KEPT_SHARE", 0)
    # What was found is forgotten after the test.
    monkeypatch.setattr(pressure._Known, "late", False)
    monkeypatch.setattr(pressure._Known, "until", float("-inf"))
    definition = publish(SOURCE)
    with opened(None, door="command") as call:
        begin([Start(definition.pk, definition.version_id or 0, call.at)])
    clock.wind(timedelta(minutes=6))
    return definition


def start(definition: Definition, by: int) -> None:
    with opened(by, door="rest") as call:
        instances.start(call, definition=definition)


def order(by: int) -> None:
    with opened(by, door="rest") as call:
        messages.send(call, name="order")


def test_a_start_is_refused_with_a_sentence_and_its_status(late: Definition, company: Company) -> None:
    with pytest.raises(Overloaded, match="Nothing was started") as refused:
        start(late, company.ann.pk)
    assert (refused.value.code, from_refused(refused.value).status) == ("processes.overloaded", 429)
    with pytest.raises(Overloaded):
        order(company.ann.pk)
    assert Instance.objects.count() == 1


def test_once_the_crowd_is_served_it_starts_again(late: Definition, company: Company) -> None:
    worker.run_until_idle()
    start(late, company.ann.pk)
    order(company.ann.pk)
    assert Instance.objects.count() == 3


def test_what_an_operator_holds_is_no_pressure(late: Definition, company: Company) -> None:
    Instance.objects.update(suspended_at=clock.now())
    start(late, company.ann.pk)
