"""Notices by mail: one at a time to whoever is away, or gathered into a digest. They are no letters of the company and
do not lie among those."""

import hashlib
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from potok.kit import clock
from potok.kit.errors import Trouble
from potok.kit.loops import rounds
from potok.kit.words import _
from potok.mail import rules
from potok.mail.server import ADDRESS_REFUSED, hand_over, server
from potok.mail.writing import ascii_address
from potok.notify.public import Channel, Notice, carrying, channels, routes
from potok.people.public import Person

NO_SERVER = _("No mail server is connected.")
HOUSE = "Potok"
SUBJECT_MAX = 200


@rounds("mailing", rest_seconds=1.0)
def serve() -> int:
    """Carry what is next by mail, and what is due of digests."""
    return carrying.serve(channels[routes.MAIL]) + carrying.serve(channels[routes.DIGEST])


def carry(person: Person, notices: Sequence[Notice]) -> None:
    """Hand the letter over: about one notice, or about all that were gathered."""
    with translation.override(person.language):
        paper = _letter(person, notices)
    connected = server()
    if connected is None:
        raise Trouble("mail.no_server", NO_SERVER)
    paper["From"] = Address(HOUSE, addr_spec=ascii_address(connected.address))
    try:
        hand_over(connected, message=paper, to=[person.email])
    except Trouble as trouble:
        # A server that says no to this address says nothing of others; any other no is about all of us.
        if trouble.code == ADDRESS_REFUSED or not trouble.lasting:
            raise
        raise Trouble(trouble.code, "{said}", said=trouble.sentence()) from trouble


def _letter(person: Person, notices: Sequence[Notice]) -> EmailMessage:
    paper = EmailMessage(policy=SMTP)
    paper["To"] = ascii_address(person.email)
    paper["Subject"] = _subject(notices)
    paper["Date"] = format_datetime(clock.now())
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    # The same deliveries make the same letter: sent twice around a crash, mail programs show it once.
    named = hashlib.sha256(" ".join(str(one.pk) for one in notices).encode()).hexdigest()[:24]
    paper["Message-ID"] = rules.message_id(f"notices:{person.pk}:{named}", domain=host)
    paper["Auto-Submitted"] = "auto-generated"
    paper.set_content("\n\n".join([*map(_told, notices), _foot()]) + "\n")
    return paper


def _subject(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        text = " ".join((notices[0].outside or notices[0].text).split())
        return text if len(text) <= SUBJECT_MAX else f"{text[:SUBJECT_MAX]}…"
    count = len(notices)
    return ngettext("%(n)s unread notice", "%(n)s unread notices", count) % {"n": count}


def _told(notice: Notice) -> str:
    address = f"{settings.PUBLIC_URL}/notices/{notice.pk}" if notice.url else ""
    return "\n".join(filter(None, (notice.outside or notice.text, notice.why, address)))


def _foot() -> str:
    where = f"{settings.PUBLIC_URL}/me/notices"
    return gettext("You chose to be told by mail. Change it here: %(where)s") % {"where": where}


def is_ready() -> bool:
    """Tell whether there is a mail server."""
    return server() is not None


channels.add(routes.MAIL, Channel(routes.MAIL, gettext_lazy("Mail"), is_ready, carry))
channels.add(routes.DIGEST, Channel(routes.DIGEST, gettext_lazy("Digest by mail"), is_ready, carry, gathers=True))
