"""What the person who looks may do with records: asked once a request, for the rail, the menus and the buttons."""

from django.http import HttpRequest

from potok.people import public as people
from potok.records import access
from potok.records.exchange.permissions import EVERYTHING
from potok.records.operations.pipelines import SETTINGS
from potok.records.operations.views import SHARE
from potok.records.record_types import ACTS, record_types

KEPT = "potok_records_rights"
OTHERS = (SHARE, SETTINGS, EVERYTHING)


def held(request: HttpRequest) -> frozenset[str]:
    """All permissions about records that the person has, whatever they reach."""
    kept: frozenset[str] | None = vars(request).get(KEPT)
    if kept is None:
        asked = [of.may(act) for of in record_types.all().values() for act in ACTS]
        person = request.user.pk
        kept = people.held(person, permissions=[*asked, *OTHERS]) if person else frozenset()
        if person and len(kept) < len(asked) + len(OTHERS):
            kept |= _shared(person)
        vars(request)[KEPT] = kept
    return kept


def _shared(person: int) -> set[str]:
    """What is allowed because something was shared with the person: he finds it in the lists."""
    found = [(record_types.get(name), edits) for name, edits in access.with_shares(person)]
    return {of.may(act) for of, edits in found if of for act in ("see", *(["edit"] if edits else []))}


def may(request: HttpRequest, permission: str) -> bool:
    """Tell whether the person has a permission at all."""
    return permission in held(request)
