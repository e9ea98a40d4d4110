"""Web-hooks: made, found and revoked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from potok.kit import ids, sets
from potok.kit.calls import Call
from potok.kit.errors import refusal
from potok.kit.operations import operation
from potok.kit.permissions import permission
from potok.kit.words import _
from potok.people import public as people
from potok.people.public import Person
from potok.rest import scopes
from potok.rest.models import WebHook

MANAGE = permission("rest.webhook.manage", gettext_lazy("Manage web-hooks"))
# Before every call: a statement that the database plans once.
FIND = f"""SELECT id, scopes FROM rest_webhook WHERE digest = %b::bytea AND person_id = %b::bigint
    AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > potok_now()) AND EXISTS ({people.WORKS_HERE})"""  # noqa: S608 (a statement of ours)
OUTSIDE = refusal(
    "rest.webhook.outside", _("{who} is from outside and has no web-hooks. Make it for somebody who works here.")
)
UNKNOWN_SCOPE = refusal("rest.webhook.unknown_scope", _("There is no scope “{scope}”. Known scopes: {known}."))


@dataclass(frozen=True, slots=True)
class Made:
    """A new web-hook and its secret, which is nowhere else."""

    hook: WebHook
    secret: str

    @property
    def path(self) -> str:
        return f"/rest/{self.hook.person_id}/{self.secret}/"


@operation("rest.webhook.add", needs=MANAGE)
def add(call: Call, *, person: Person, title: str = "", wanted: Sequence[str] = ()) -> Made:
    """Make a web-hook that acts as this person within these scopes; with none named, within all."""
    if person.is_external:
        raise OUTSIDE(place="person", who=str(person))  # the methods know of no closed pages
    known = scopes.known()
    for scope in wanted:
        if scope not in known:
            raise UNKNOWN_SCOPE(place="scope", scope=scope, known=", ".join(known))
    secret = ids.new_secret()
    hook = WebHook.objects.create(
        person=person, title=title, digest=_digest(secret), scopes=list(wanted) or known, made_at=call.at
    )
    return Made(hook, secret)


@operation("rest.webhook.revoke", needs=MANAGE)
def revoke(call: Call, *, hook: WebHook) -> WebHook:
    """Refuse every further call through this web-hook."""
    WebHook.objects.filter(pk=hook.pk, revoked_at=None).update(revoked_at=call.at)
    hook.refresh_from_db()
    return hook


def find(person: int, secret: str) -> WebHook | None:
    """The web-hook behind an address, if it may still be used and its person still works here."""
    found = sets.execute(FIND, (), _digest(secret), person, person).fetchone()
    return None if found is None else WebHook(pk=found[0], person_id=person, scopes=found[1])


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
