"""How a letter is put on paper: plain text always, HTML beside it if there is some."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import unescape

import nh3
from django.utils.html import strip_tags

from potok.mail.models import Letter

GENERAL = ("application", "octet-stream")
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|div|h[1-6]|li|tr)>", re.IGNORECASE)


def cleaned(html: str) -> str:
    """Leave of HTML what a letter needs: no scripts, forms or frames, links that tell the other side nothing."""
    return nh3.clean(html)


def as_text(html: str) -> str:
    """Say in plain text what the HTML says, for those who read no HTML."""
    lines = unescape(strip_tags(_BREAKS.sub("\n", html))).splitlines()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file as it goes with a letter."""

    name: str
    type: str
    content: bytes


def message(letter: Letter, *, enclosed: Iterable[Enclosed] = ()) -> EmailMessage:
    """Write a letter as it goes over the wire. The same letter gives the same message, identity included."""
    paper = EmailMessage(policy=SMTP)
    paper["From"] = Address(letter.author_name, addr_spec=ascii_address(letter.author_address))
    paper["To"] = ", ".join(ascii_address(address) for address in letter.to)
    if letter.cc:
        paper["Cc"] = ", ".join(ascii_address(address) for address in letter.cc)
    if letter.reply_to:
        paper["Reply-To"] = ascii_address(letter.reply_to)
    paper["Subject"] = letter.subject
    paper["Date"] = format_datetime(letter.made_at)
    paper["Message-ID"] = letter.message_id
    paper.set_content(letter.text)
    if letter.html:
        paper.add_alternative(letter.html, subtype="html")
    for one in enclosed:
        kind, _slash, subtype = one.type.partition("/")
        # What is itself a message would be taken apart on its way.
        kind, subtype = (kind, subtype) if subtype and kind not in ("message", "multipart") else GENERAL
        paper.add_attachment(one.content, maintype=kind, subtype=subtype, filename=one.name)
    return paper


def ascii_address(address: str) -> str:
    """Spell the domain of an address as mail servers do: почта.рф is xn--80a1acny.xn--p1ai."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}" if name else address
