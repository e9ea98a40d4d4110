"""The mail server that the company uses, read from one address:

smtp://user:password@mail.firm.example:587?starttls=1&from=office@firm.example
smtps://user:password@mail.firm.example
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from potok.kit.errors import Trouble
from potok.kit.words import _

TIMEOUT_SECONDS = 30
ADDRESS_REFUSED = "mail.address_refused"
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed over, and the house's own address."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool
    address: str


def server() -> Server | None:
    """Read which server is set; None if there is none."""
    url = str(getattr(settings, "MAIL_URL", ""))
    return read(url) if url else None


def read(url: str) -> Server:
    """Take the address of a server apart; `ValueError` says what is wrong with it."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("The address of a mail server begins with smtp:// or smtps:// and a host.")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    user = unquote(parts.username or "")
    return Server(
        host=parts.hostname,
        port=parts.port or (587 if asked.get("starttls") == "1" else PORTS[parts.scheme]),
        user=user,
        password=unquote(parts.password or ""),
        starttls=asked.get("starttls") == "1",
        tls=parts.scheme == "smtps",
        address=asked.get("from") or (user if "@" in user else house_address()),
    )


def house_address() -> str:
    """The address that letters come from while none is set."""
    host = urlsplit(str(getattr(settings, "PUBLIC_URL", ""))).hostname or "localhost"
    return f"potok@{host}"


def hand_over(server: Server, *, message: EmailMessage, to: list[str]) -> list[str]:
    """Hand a letter over and answer with the addresses that were not taken; `Trouble` if none was."""
    with _told(server), _connected(server) as line:
        return sorted(line.send_message(message, server.address, to))


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    secure = ssl.create_default_context()
    if server.tls:
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=secure)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    with line:
        if server.starttls:
            line.starttls(context=secure)
        if server.user:
            line.login(server.user, server.password)
        yield line


@contextmanager
def _told(server: Server) -> Iterator[None]:
    """Say what went wrong in words, and whether trying again makes sense: 4xx yes, 5xx no (RFC 5321 §4.2.1)."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _reason in refused.recipients.values()]
        lasting = all(code >= 500 for code in codes)
        raise _refused(", ".join(refused.recipients), refused.recipients, lasting=lasting) from refused
    except smtplib.SMTPResponseException as answer:
        raise Trouble(
            "mail.server_refused",
            _("The mail server answered {code}: {said}"),
            lasting=answer.smtp_code >= 500,
            code=answer.smtp_code,
            said=_words(answer.smtp_error),
        ) from answer
    except (OSError, smtplib.SMTPException) as error:
        raise Trouble(
            "mail.unreachable",
            _("The mail server {host} cannot be reached: {said}"),
            host=f"{server.host}:{server.port}",
            said=str(error),
        ) from error


def _refused(names: str, reasons: dict[str, tuple[int, bytes]], *, lasting: bool) -> Trouble:
    said = "; ".join(f"{code} {_words(reason)}" for code, reason in reasons.values())
    sentence = _("The mail server does not take the address {names}: {said}")
    return Trouble(ADDRESS_REFUSED, sentence, lasting=lasting, names=names, said=said)


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
