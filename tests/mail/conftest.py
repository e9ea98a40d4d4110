"""A real SMTP server on loopback that keeps what it is given, and refuses when told to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller


@dataclass
class Postman:
    """What a server was handed; `answers` are said instead of yes, one for each letter."""

    url: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    keeper = Postman()
    # Port 0 would do, but the controller then knocks at port 0 to see whether the server is up.
    controller = Controller(keeper, hostname="127.0.0.1", port=_free_port())
    controller.start()
    keeper.url = f"smtp://127.0.0.1:{controller.port}?from=office@firm.example"
    settings.MAIL_URL = keeper.url
    yield keeper
    controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port
