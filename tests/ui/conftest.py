"""One sample site and one browser for the tests of the design system."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the sample site, which runs in a process of its own with settings of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.ui.settings", "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([sys.executable, "-m", "tests.ui.serve", str(port)], cwd=ROOT, env=settings)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the sample site did not start")


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    """A fresh Russian page; whatever the browser complains of, the policy's violations too, fails the test."""
    context = browser.new_context(base_url=site, locale="ru-RU", viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(5000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if _matters(said.type, said.text) else None)
    yield opened
    context.close()
    assert not complaints


def _matters(kind: str, text: str) -> bool:
    # Refusals are answers with a status; Chromium prints each of them.
    return kind == "error" and "Failed to load resource" not in text
