"""Live updates of tasks keep the rights."""

from types import SimpleNamespace

import pytest

from potok.kit import live
from potok.kit.doors import opened
from potok.tasks import public as tasks

pytestmark = pytest.mark.django_db


def test_a_task_is_told_to_those_who_take_part_in_it(company: SimpleNamespace) -> None:
    with opened(company.alice.pk, door="screen") as call:
        task = tasks.add(call, title="Call back", responsible=company.bob.pk)
    assert live.heard([("task", task.pk)], by=company.bob.pk) == [("task", task.pk)]
    assert live.heard([("task", task.pk)], by=company.carol.pk) == [("task", 0)]
