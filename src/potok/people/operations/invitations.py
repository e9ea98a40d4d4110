"""Invitations: a letter with a link goes out, again if need be, and may be taken back until it is used."""

from datetime import timedelta

from django.conf import settings

from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.people import rules
from potok.people.events import PersonInvited
from potok.people.models import Invitation, Person
from potok.people.operations import trust
from potok.people.permissions import EDIT_PEOPLE


@operation("people.invitation.send", needs=EDIT_PEOPLE)
def send(call: Call, *, person: Person) -> Invitation:
    """Invite a person by a letter; one that was sent before does not work any more."""
    trust.check_over(call, person=person)
    if not person.is_active or person.has_usable_password():
        raise rules.IS_IN_ALREADY(who=str(person))
    if not settings.MAIL_URL:
        raise rules.NO_MAIL()
    _end(call, person=person)
    lasts = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    made = Invitation.objects.create(person=person, by_id=call.author, made_at=call.at, expires_at=call.at + lasts)
    announce(PersonInvited(call=call, person=person.pk, invitation=made.pk))
    return made


@operation("people.invitation.revoke", needs=EDIT_PEOPLE)
def revoke(call: Call, *, person: Person) -> None:
    """Take an invitation back: its link leads nowhere from now on."""
    trust.check_over(call, person=person)
    if person.has_usable_password() or not _end(call, person=person):
        raise rules.NOT_INVITED(who=str(person))


def accepted(call: Call, *, person: Person) -> None:
    """Note that the person has set his password."""
    Invitation.objects.filter(person=person, accepted_at=None, revoked_at=None).update(accepted_at=call.at)


def _end(call: Call, *, person: Person) -> bool:
    # The link is signed over the password: another unusable one makes every link that is on its way worthless.
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return bool(Invitation.objects.filter(person=person, accepted_at=None, revoked_at=None).update(revoked_at=call.at))
