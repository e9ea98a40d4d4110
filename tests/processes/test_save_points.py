"""A save point commits: what comes after it is another transaction's."""

from potok.kit.doors import opened
from potok.processes import published, starting, worker
from potok.processes.models import Definition, Instance, Journal, Ready, Standing
from tests.processes.conftest import Publish

SOURCE = """
definition: saved
title: Saved
variables:
  x: {type: number}
do:
  - {set: {x: 1}, save_point: true}
  - {set: {x: 2}, save_point: true}
  - {set: {x: 3}}
"""


def start(definition: Definition) -> None:
    with opened(None, door="command") as call:
        version = published.version(definition.version_id or 0)
        starting.start([starting.Wanted(call, version, None, {"on": "manual"})])


def test_every_batch_goes_from_one_save_point_to_the_next(publish: Publish) -> None:
    start(publish(SOURCE))
    for step in (1, 2):
        assert worker.batch() == 1
        assert Instance.objects.get().status == Standing.RUNNING
        assert (Ready.objects.count(), Journal.objects.count()) == (1, step)
    assert worker.batch() == 1
    assert Instance.objects.get().status == Standing.COMPLETED
    assert worker.batch() == 0
