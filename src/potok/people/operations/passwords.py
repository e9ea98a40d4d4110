"""Passwords: set by an administrator, by the person himself, or through a link that works once."""

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError

from potok.kit import live
from potok.kit.calls import Call
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.people import rules
from potok.people.events import PasswordAsked, PasswordSet
from potok.people.models import Person
from potok.people.operations import invitations, profiles, trust
from potok.people.permissions import EDIT_PEOPLE


@operation("people.password.set", needs=EDIT_PEOPLE)
def set_(call: Call, *, person: Person, password: str) -> None:
    """Set a person's password; who was signed in with the old one is out."""
    trust.check_over(call, person=person)
    _keep(call, person=person, password=password)


@operation("people.password.change", needs="")
def change(call: Call, *, person: Person, present: str, password: str) -> None:
    """Change one's own password, knowing the present one."""
    profiles.check_own(call, person=person)
    if not person.check_password(present):
        raise rules.WRONG_PASSWORD(place="present")
    _keep(call, person=person, password=password)


@operation("people.invitation.make", needs=EDIT_PEOPLE)
def invite(call: Call, *, person: Person) -> str:
    """Make the path of a page where the person sets his password. It works once and for three days.

    Nothing is stored: the link is signed over the present password, and dies with it.
    """
    trust.check_over(call, person=person)
    return link(person)


@operation("people.invitation.accept", needs="")
def accept(call: Call, *, person: Person, token: str, password: str) -> None:
    """Set the first password with the token of an invitation."""
    check_token(person, token=token)
    _keep(call, person=person, password=password)
    invitations.accepted(call, person=person)


@operation("people.password.ask", needs="")
def ask(call: Call, *, person: Person) -> None:
    """Have a link for a new password sent to one's own address, when the present one is forgotten.

    Nothing goes to who never set one: an invitation that was taken back must not come by another way.
    """
    profiles.check_own(call, person=person)
    if person.is_active and person.has_usable_password():
        announce(PasswordAsked(call=call, person=person.pk))


def link(person: Person) -> str:
    """Make the path of the page where a person sets his password."""
    return f"/welcome/{person.pk}/{default_token_generator.make_token(person)}"


def check_token(person: Person, *, token: str) -> None:
    """Refuse a link that was used, is too old, or belongs to a dismissed person."""
    if not person.is_active or not default_token_generator.check_token(person, token):
        raise rules.STALE_LINK()


def _keep(call: Call, *, person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise rules.WEAK_PASSWORD(place="password", reasons=" ".join(error.messages)) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    announce(PasswordSet(call=call, person=person.pk))
    touch(live.SESSIONS, person.pk)
