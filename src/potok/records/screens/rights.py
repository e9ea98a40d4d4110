"""What the person who looks may do with records: asked once a request, for the rail, the menus and the buttons."""

from django.http import HttpRequest

from potok.people import public as people
from potok.records.operations.pipelines import SETTINGS
from potok.records.operations.views import SHARE
from potok.records.record_types import ACTS, record_types

KEPT = "potok_records_rights"


def held(request: HttpRequest) -> frozenset[str]:
    """All permissions about records that the person has, whatever they reach."""
    kept: frozenset[str] | None = vars(request).get(KEPT)
    if kept is None:
        asked = [of.may(act) for of in record_types.all().values() for act in ACTS]
        person = request.user.pk
        kept = people.held(person, permissions=[*asked, SHARE, SETTINGS]) if person else frozenset()
        vars(request)[KEPT] = kept
    return kept


def may(request: HttpRequest, permission: str) -> bool:
    """Tell whether the person has a permission at all."""
    return permission in held(request)
