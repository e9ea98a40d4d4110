"""The address of a mail server is read, and a wrong one is said to be wrong."""

import pytest

from potok.mail.server import Server, read

SERVERS = {
    "smtp://mail.firm.example": Server("mail.firm.example", 25, "", "", False, False, "potok@localhost"),
    "smtp://a%40firm.example:p%2Fw@mail.firm.example?starttls=1": Server(
        "mail.firm.example", 587, "a@firm.example", "p/w", True, False, "a@firm.example"
    ),
    "smtps://u:p@mail.firm.example:4465?from=office@firm.example": Server(
        "mail.firm.example", 4465, "u", "p", False, True, "office@firm.example"
    ),
}


@pytest.mark.parametrize("url", SERVERS)
def test_an_address_is_read(url: str, settings: object) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"  # type: ignore[attr-defined]
    assert read(url) == SERVERS[url]


@pytest.mark.parametrize("url", ["mail.firm.example", "http://mail.firm.example", "smtp://"])
def test_a_wrong_address_is_said_to_be_wrong(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        read(url)
