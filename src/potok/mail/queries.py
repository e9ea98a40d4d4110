"""Questions about letters."""

from django.db.models import Q, QuerySet

from potok.kit.errors import MISSING
from potok.mail.models import Letter
from potok.mail.permissions import SEE
from potok.people import public as people


def visible_to(person: int | None) -> QuerySet[Letter]:
    """The letters that a person may read, the latest first: his own, and those that a role lets him read."""
    letters = Letter.objects.select_related("by").order_by("-made_at", "-pk")
    if person is None:
        return letters
    return letters.filter(Q(by=person) | people.visible(person, permission=SEE).narrows("by"))


def letter(id: int, *, by: int | None) -> Letter:
    """Fetch a letter that the person may read, or refuse with `kit.missing`."""
    found = visible_to(by).filter(pk=id).first()
    if found is None:
        raise MISSING(id=id)
    return found
