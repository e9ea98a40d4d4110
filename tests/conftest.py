"""The database of the tests: our own PostgreSQL, started once a run and only if a test needs it.

`DATABASE_URL` names another server instead; its user must be allowed to create databases.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from potok.site import address
from potok.site.postgres import CARELESS, TUNING, Postgres

if TYPE_CHECKING:
    from tests.company import Company

_servers: list[tuple[Postgres, Path]] = []


def _start() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="potok-postgres-"))
    server = Postgres(folder, tuning={**TUNING, **CARELESS})
    server.start()
    _servers.append((server, folder))
    return server.socket


def pytest_configure(config: pytest.Config) -> None:
    # The workers of xdist come and go; the server belongs to the process that outlives them.
    parallel = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if parallel and not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = f"postgresql://potok@/postgres?host={_start()}"


def pytest_unconfigure(config: pytest.Config) -> None:
    for server, folder in _servers:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Point the tests at a running server; pytest-django calls this before it makes the test database."""
    if os.environ.get("DATABASE_URL"):
        return
    from django.db import connections

    connections["default"].settings_dict.update(address.embedded(_start()))


@pytest.fixture
def company(db: None) -> "Company":
    """The small company of all tests, built by operations in an empty database."""
    from tests.company import found

    return found()
