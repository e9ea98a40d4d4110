"""Letters: sent in somebody's name, sent again."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from potok.disk.public import File
from potok.kit import outbox
from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.kit.outbox import Parcel
from potok.mail import attachments, rules, writing
from potok.mail.events import LetterWritten
from potok.mail.models import Letter, Status
from potok.mail.permissions import SEND
from potok.mail.rules import Mailbox
from potok.mail.server import house_address, server
from potok.people import public as people


@operation("mail.letter.send", needs=SEND)
def send(
    call: Call,
    *,
    to: str | Sequence[str],
    subject: str,
    text: str = "",
    html: str = "",
    cc: str | Sequence[str] = (),
    sender: int | None = None,
    reply_to: str = "",
    record_type: str = "",
    record_id: int | None = None,
    files: Sequence[int] = (),
) -> Letter:
    """Write a letter that leaves after the commit, in the name of `sender` or of the house.

    `files` are stored ones, by their ids. Asked for twice under one key it is one letter. A person writes only in his
    own name; the parts act as the system.
    """
    if call.by not in (None, sender if sender is not None else call.by):
        raise rules.FOREIGN_NAME()
    addresses, copies = _checked(to, place="to"), _checked(cc, place="cc")
    rules.check_letter(to=addresses, subject=subject, text=text, html=html)
    clean = writing.cleaned(html)
    said = {"subject": subject.strip(), "text": text or writing.as_text(clean), "html": clean}
    about = {"record_type": record_type, "record_id": record_id}
    who = _headed(call.by if sender is None else sender, reply_to=_reply(reply_to))
    chosen = attachments.chosen(call, files)
    whole = "".join([text, clean, *(one.digest for one in chosen)])
    key = rules.key_of(call.key, to=[*addresses, *copies], subject=subject, body=whole)
    return _keep(call, key=key, given={"to": addresses, "cc": copies, **said, **who, **about}, chosen=chosen)


@operation("mail.letter.resend", needs=SEND, on="letter")
def resend(call: Call, *, letter: Letter) -> Letter:
    """Try again to send a letter that failed or was kept. Its Message-ID stays, so it is shown only once."""
    if server() is None:
        raise rules.NO_SERVER()
    again = Letter.objects.filter(pk=letter.pk, status__in=(Status.FAILED, Status.KEPT))
    if not again.update(status=Status.ON_ITS_WAY, problem=""):
        raise rules.SENT_ALREADY()
    letter.refresh_from_db()
    outbox.send([(call, Parcel("mail", {"letter": letter.pk}, f"{letter.key}:{letter.attempts}"))])
    return letter


def _keep(call: Call, *, key: str, given: dict[str, Any], chosen: Sequence[File]) -> Letter:
    domain = given["author_address"].rpartition("@")[2]
    first = {
        **given,
        "message_id": rules.message_id(key, domain=domain),
        "made_at": call.at,
        "status": Status.ON_ITS_WAY if server() else Status.KEPT,
    }
    letter, made = Letter.objects.get_or_create(key=key, defaults=first)
    if made:
        attachments.hang(call, letter, chosen=chosen)
        announce(LetterWritten(call=call, letter=letter.pk, record_type=letter.record_type, record_id=letter.record_id))
        if letter.status == Status.ON_ITS_WAY:
            outbox.send([(call, Parcel("mail", {"letter": letter.pk}, key))])
    return letter


def _headed(sender: int | None, *, reply_to: str) -> dict[str, Any]:
    connected = server()
    house = Mailbox("", connected.address if connected else house_address())
    person = people.person(sender) if sender is not None else None
    heading = rules.headed(
        person=Mailbox(str(person), person.email) if person else None, house=house, reply_to=reply_to
    )
    return {
        "by_id": sender,
        "author_name": heading.author.name,
        "author_address": heading.author.address,
        "reply_to": heading.reply_to,
    }


def _reply(given: str) -> str:
    return next(iter(_checked(given, place="reply_to")), "")


def _checked(given: str | Sequence[str], *, place: str) -> list[str]:
    found = rules.addresses(given)[: rules.ADDRESSES_MAX]
    for address in found:
        try:
            validate_email(address)
            writing.ascii_address(address)
        except (ValidationError, UnicodeError):
            raise rules.WRONG_ADDRESS(place=place, address=address) from None
    return found
