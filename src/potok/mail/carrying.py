"""How the outbox carries a letter, and what becomes of one that nobody takes."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext

from potok.disk import public as disk
from potok.disk.public import File
from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import Refused, Trouble
from potok.kit.events import announce
from potok.kit.models import Outgoing
from potok.kit.outbox import carries, gives_up
from potok.kit.words import _
from potok.mail import attachments, writing
from potok.mail.events import LetterFailed
from potok.mail.models import Letter, Status
from potok.mail.server import Server, hand_over, server
from potok.mail.writing import Enclosed
from potok.notify.public import notices
from potok.people import public as people
from potok.ui import words

NO_SERVER = _("No mail server is connected.")
FILE_LOST = _("A file of the letter cannot be read. {problem}")
NOT_TAKEN = _("Not taken: {addresses}")


@carries("mail")
def carry(payload: Mapping[str, Any], key: str) -> None:
    """Hand one letter to the mail server, and note what it said."""
    letter = Letter.objects.get(pk=payload["letter"])
    if letter.status == Status.SENT:
        return
    try:
        left_out = hand_over(
            connected(), message=writing.message(letter, enclosed=_enclosed(letter)), to=[*letter.to, *letter.cc]
        )
    except Trouble as trouble:
        # The outbox keeps this transaction: what went wrong is seen beside the letter while it is tried again.
        Letter.objects.filter(pk=letter.pk).update(problem=trouble.sentence(), attempts=F("attempts") + 1)
        raise
    problem = gettext(NOT_TAKEN).format(addresses=", ".join(left_out)) if left_out else ""
    Letter.objects.filter(pk=letter.pk).update(
        status=Status.SENT, sent_at=clock.now(), problem=problem, attempts=F("attempts") + 1
    )


def _enclosed(letter: Letter) -> list[Enclosed]:
    try:
        return [Enclosed(one.name, one.type, _content(one)) for one in attachments.of(letter)]
    except Refused as refused:
        raise Trouble("mail.file_lost", FILE_LOST, lasting=True, problem=refused.sentence()) from None


def _content(file: File) -> bytes:
    with disk.content(file) as stream:
        return stream.read()


@gives_up
def give_up(parcel: Outgoing, trouble: Trouble) -> None:
    """Mark a letter as failed and tell its author, in the transaction that gives it up."""
    if parcel.kind != "mail":
        return
    letter = Letter.objects.get(pk=parcel.payload["letter"])
    Letter.objects.filter(pk=letter.pk).update(status=Status.FAILED, problem=trouble.sentence())
    with opened(None, door="instance") as call:
        announce(LetterFailed(call=call, letter=letter.pk))
        if letter.by_id is not None:
            _tell(call, letter, author=letter.by_id)


def _tell(call: Call, letter: Letter, *, author: int) -> None:
    with translation.override(people.person(author).language):
        text = gettext("The letter “%(subject)s” was not sent") % {"subject": words.inside(letter.subject)}
        why = gettext("It was to go out in your name")
    notices.send(call, to=author, kind="mail.failed", text=text, why=why, url=f"/letters/{letter.pk}")


def connected() -> Server:
    """The mail server, or `Trouble` while there is none."""
    found = server()
    if found is None:
        raise Trouble("mail.no_server", NO_SERVER)
    return found
