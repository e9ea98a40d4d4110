"""The real product with its demo company, a real mail server, a real browser."""

import os
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser

from tests.e2e.actor import Actor
from tests.site.product import Product, free_port

HOST = "north-air.example"


class PostOffice:
    """A mail server that keeps what it was given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}?from=office@{HOST}"

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["X-Envelope-To"] == address]

    async def handle_DATA(  # noqa: N802 (the name that aiosmtpd calls)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        letter = BytesParser(_class=EmailMessage, policy=default).parsebytes(envelope.content or b"")  # type: ignore[arg-type]
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 OK"


@pytest.fixture(scope="session")
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.controller.start()
    yield office
    office.controller.stop()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, post_office: PostOffice) -> Iterator[Product]:
    folder = Path(os.environ.get("POTOK_E2E_DATA") or tmp_path_factory.mktemp("product"))
    russian = {"LANG": "ru_RU.UTF-8", "LC_ALL": "ru_RU.UTF-8"}
    started = Product(folder, demo=True, ready="готов", POTOK_MAIL_URL=post_office.url, **russian)
    try:
        yield started.start().wait_until_ready()
    finally:
        started.end()
    assert "Traceback" not in started.said, started.said[-6000:]


@pytest.fixture
def enter(browser: Browser, product: Product) -> Iterator[Callable[[str], Actor]]:
    """Sign somebody of the demo company in, in a browser window of his own."""
    actors: list[Actor] = []

    def come(who: str, **window: object) -> Actor:
        actor = Actor(browser, f"http://localhost:{product.port}", f"{who}@{HOST}", **window)
        actors.append(actor)
        return actor

    yield come
    for actor in actors:
        actor.leave()
