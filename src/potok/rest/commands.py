"""The command line's part of REST: web-hooks."""

import sys
from typing import Annotated

from django.conf import settings

from potok.kit.commands import command
from potok.kit.doors import opened
from potok.kit.errors import refusal
from potok.kit.words import _
from potok.people.public import Person
from potok.rest import hooks

NOBODY = refusal(
    "rest.webhook.nobody", _("Nobody signs in as “{user}”. Look the address up in the company's structure.")
)


@command("webhook add")
def add(
    *,
    user: Annotated[str, "login of the person with whose rights it acts"],
    scope: Annotated[list[str] | None, "what it may call; repeat for several, none means everything"] = None,
    title: Annotated[str, "what it is for"] = "",
) -> None:
    """Make an inbound web-hook and print its address, which is shown only now."""
    with opened(None, door="command") as call:
        person = Person.objects.filter(email=user.strip().lower(), is_active=True).first()
        if person is None:
            raise NOBODY(user=user)
        made = hooks.add(call, person=person, title=title, wanted=scope or ())
    sys.stdout.write(f"{settings.PUBLIC_URL}{made.path}\n")
