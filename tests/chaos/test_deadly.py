"""A process that takes the whole worker down is found and left alone; the others go on."""

import os
import signal
from dataclasses import dataclass

import pytest
from django.db import connections

from potok.kit.doors import opened
from potok.processes import caution, waking, worker
from potok.processes.block import Block, Done, Outcome, block, blocks, param
from potok.processes.models import Attempt, Incident, Instance, Shift, Standing
from potok.processes.operations import incidents
from potok.processes.starts import Start, begin
from potok.processes.world import World
from tests.company import Company
from tests.processes.conftest import Publish, _lived_again, company, publish  # noqa: F401 (fixtures)

DEADLY = """
definition: deadly
title: Deadly
parameters: {deadly: {type: yes_no, title: Deadly, default: false}}
do:
  - block: deadly
    with: {deadly: "{=Template:deadly}"}
"""
DIED, LIVED = -signal.SIGKILL, 0


@dataclass(frozen=True)
class Given:
    deadly: bool = param("Deadly", default=False)


class Grace:
    """Whether the block kills at present."""

    deadly = True


async def _kill(given: Given, world: World) -> Outcome:
    """Kill the process that runs it."""
    if given.deadly and Grace.deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return Done()


@pytest.fixture(autouse=True)
def deadly() -> None:
    if "deadly" not in blocks:
        block(Block("deadly", "Deadly", "tests", Given, _kill))
    Grace.deadly = True


def shift() -> int:
    """Let a worker do what is due, in a process of its own; answers how it ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with waking.listening() as bell, caution.on_duty(bell.raw) as care:
                idle: list[float] = []
                worker.work(lambda: bool(idle), bell=idle.append, care=care)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def started(company: Company, publish: Publish) -> list[int]:  # noqa: F811
    definition = publish(DEADLY)
    with opened(None, door="command") as call:
        starts = [
            Start(definition.pk, definition.version_id or 0, call.at, inputs={"deadly": number == 2})
            for number in range(5)
        ]
        return begin(starts)


def test_who_kills_workers_is_left_alone_at_the_third_death(started: list[int], company: Company) -> None:  # noqa: F811
    assert [shift() for _ in range(4)] == [DIED, DIED, DIED, LIVED]
    standing = dict(Instance.objects.values_list("pk", "status"))
    assert standing.pop(started[2]) == Standing.STUCK
    assert set(standing.values()) == {Standing.COMPLETED}
    assert not Attempt.objects.exists()
    incident = Incident.objects.get()
    assert (incident.code, incident.fields, incident.instance_id) == ("processes.deadly", {"times": 3}, started[2])


def test_once_the_cause_is_mended_it_goes_on(started: list[int], company: Company) -> None:  # noqa: F811
    while shift() != LIVED:
        pass
    Grace.deadly = False
    with opened(company.ann.pk, door="screen") as call:
        incidents.retry(call, incident=Incident.objects.get())
    assert shift() == LIVED
    assert Instance.objects.get(pk=started[2]).status == Standing.COMPLETED


def test_a_worker_that_ends_in_order_makes_nobody_careful(company: Company) -> None:  # noqa: F811
    assert shift() == LIVED
    assert not Shift.objects.exists()
    with waking.listening() as bell, caution.on_duty(bell.raw) as care:
        assert not care.is_on()


def test_a_server_that_was_started_anew_makes_nobody_careful(company: Company) -> None:  # noqa: F811
    Shift.objects.create(server_started_at="2020-01-01T00:00:00Z")
    with waking.listening() as bell, caution.on_duty(bell.raw) as care:
        assert not care.is_on()


def test_an_attempt_that_ends_in_an_outage_is_not_counted(started: list[int]) -> None:
    with waking.listening() as bell:
        care = caution.Caution(bell.raw)
        assert not care.is_deadly(started[0])
        with pytest.raises(OSError, match="gone"), care.surviving(started[0]):
            raise OSError("gone")
        assert not Attempt.objects.exists()
