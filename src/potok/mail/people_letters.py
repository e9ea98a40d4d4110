"""Letters to the people of the house themselves: an invitation, a link for a new password.

Such a letter is kept nowhere, unlike others: whoever may read sent letters would come in by its link. What waits in the
outbox names the person only, and the link is made while the letter is handed over.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from potok.kit import clock, outbox
from potok.kit.calls import Call
from potok.kit.events import reacts_to
from potok.kit.outbox import Parcel, carries
from potok.mail import rules, writing
from potok.mail.carrying import connected
from potok.mail.models import Letter
from potok.mail.server import hand_over
from potok.people import public as people
from potok.people.events import PasswordAsked, PersonInvited
from potok.people.public import Person, inviting, passwords

KIND = "mail.to_person"


@reacts_to(PersonInvited)
def invite(happened: Sequence[PersonInvited]) -> None:
    """Send those who are invited their link."""
    _send([(one.call, one.person, one.invitation, inviting.key(one.invitation)) for one in happened])


@reacts_to(PasswordAsked)
def remind(happened: Sequence[PasswordAsked]) -> None:
    """Send those who forgot their password a link that sets another."""
    _send([(one.call, one.person, None, f"people.password:{one.call.key}") for one in happened])


def _send(letters: Sequence[tuple[Call, int, int | None, str]]) -> None:
    outbox.send(
        [
            (call, Parcel(KIND, {"person": person, "invitation": invitation}, key))
            for call, person, invitation, key in letters
        ]
    )


@carries(KIND)
def carry(payload: Mapping[str, Any], key: str) -> None:
    """Write one such letter in the person's language, and hand it to the mail server."""
    person, invitation = people.person(payload["person"]), payload["invitation"]
    # An invitation that was taken back, or used by another way, is not sent after all.
    if not person.is_active or (invitation is not None and not inviting.is_open(invitation)):
        return
    server = connected()
    with translation.override(person.language):
        subject, text = _words(person, by=inviting.host(invitation) if invitation is not None else None)
    letter = Letter(
        author_name=_("Potok"),
        author_address=server.address,
        to=[person.email],
        subject=subject,
        text=text,
        message_id=rules.message_id(rules.key_of(key, to=[person.email], subject="", body=""), domain="potok"),
        made_at=clock.now(),
    )
    hand_over(server, message=writing.message(letter), to=letter.to)


def _words(person: Person, *, by: Person | None) -> tuple[str, str]:
    url = f"{settings.PUBLIC_URL}{passwords.link(person)}"
    said = {"name": person, "url": url, "by": by, "email": person.email}
    last = _("The link works once and for three days.")
    if by is None:
        subject = _("A new password")
        first = _("Hello, %(name)s! Somebody, probably you, asked for a new password. Set it here:") % said
        last += " " + _("If it was not you, nothing needs to be done: the present password goes on working.")
    else:
        subject = _("%(by)s invites you") % said
        first = _("Hello, %(name)s! %(by)s invites you. Set a password here, and sign in with it and %(email)s:") % said
    return subject, f"{first}\n\n{url}\n\n{last}\n"
