"""People on the command line."""

from typing import Annotated

from django.conf import settings

from potok.kit.commands import command
from potok.kit.doors import opened
from potok.people import queries
from potok.people.operations import passwords, persons


@command("user add")
def add(
    email: Annotated[str, "the e-mail address to sign in with"],
    *,
    name: Annotated[str, "first name"] = "",
    surname: Annotated[str, "last name"] = "",
    administrator: Annotated[bool, "may do everything"] = False,
    external: Annotated[bool, "is not an employee"] = False,
    language: Annotated[str, "ru or en"] = "ru",
) -> None:
    """Add a person and print a link that lets him set a password, once."""
    with opened(None, door="command") as call:
        person = persons.add(
            call,
            email=email,
            name=name or ("" if surname else email.partition("@")[0]),
            surname=surname,
            language=language,
            is_external=external,
            is_administrator=administrator,
        )
        path = passwords.invite(call, person=person)
    print(f"{getattr(settings, 'PUBLIC_URL', '')}{path}")


@command("user link")
def link(email: Annotated[str, "whose password is to be set"]) -> None:
    """Print a link that lets a person set a new password, once."""
    with opened(None, door="command") as call:
        path = passwords.invite(call, person=queries.by_email(email))
    print(f"{getattr(settings, 'PUBLIC_URL', '')}{path}")
