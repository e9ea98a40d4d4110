"""The worker process has room for all that goes on in it."""

from typing import Any

import pytest
from django.db import connections

from potok.kit.loops import loops
from potok.site import worker


def test_every_loop_and_every_job_has_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    pool: dict[str, Any] = {"max_size": 1}
    monkeypatch.setitem(connections["default"].settings_dict["OPTIONS"], "pool", pool)
    count = len(loops.all())
    worker.make_room(count)
    assert pool["max_size"] > count + worker.JOBS_AT_ONCE
