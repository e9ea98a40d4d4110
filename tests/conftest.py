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
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.company import Company

# What a browser would do of its own accord is switched off: it looks for hosts that no test machine reaches.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

OWN_SERVER = "POTOK_TESTS_OWN_SERVER"  # set where the server is ours and runs on this machine
_servers: list[tuple[Postgres, Path]] = []
WITHOUT_DATABASE = "not django_db"
# These start whole products or browsers. Beside each other they would wait for one another's processor time.
HEAVY = {"bench", "chaos", "e2e", "site", "ui"}


def _start() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="potok-postgres-"))
    # Fifty people work at the same time in one test while another starts whole products.
    server = Postgres(folder, tuning={**TUNING, **CARELESS, "max_connections": "200"})
    server.start()
    _servers.append((server, folder))
    return server.socket


def pytest_configure(config: pytest.Config) -> None:
    # The workers of xdist come and go; the server belongs to the process that outlives them.
    parallel = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if parallel and config.option.markexpr != WITHOUT_DATABASE and not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = f"postgresql://potok@/postgres?host={_start()}"
        os.environ[OWN_SERVER] = "yes"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _folder(item) in HEAVY:
            item.add_marker(pytest.mark.xdist_group("heavy"))


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_collection_put_in_order(items: list[pytest.Item]) -> None:
    """A mistake is told early: first what needs no database, last what takes minutes.

    In between stays the order of pytest-django, which has a reason: tests that commit come after those that roll back.
    """
    items.sort(key=lambda item: 2 if _folder(item) in HEAVY else int(_uses_database(item)))


def _uses_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    )


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


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
def company(db: None) -> "Iterator[Company]":
    """The small company of all tests, built by operations in an empty database."""
    from tests import replaying
    from tests.company import found

    yield found()
    replaying.check()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The one browser of a test process: its driver cannot be started twice."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as played:
        opened = played.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield opened
        opened.close()
