"""How these tests give tasks and act on them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from potok.kit import doors
from potok.kit.errors import Refused
from potok.tasks import operations
from potok.tasks.models import Task


def act(by: int | None, operation: Any, **given: Any) -> Any:
    with doors.opened(by, door="screen") as call:
        return operation(call, **given)


def give(company: SimpleNamespace, **more: Any) -> Task:
    """Alice gives Bob a task."""
    task: Task = act(company.alice.pk, operations.add, **{"title": "Call", "responsible": company.bob.pk, **more})
    return task


def refused_code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code
