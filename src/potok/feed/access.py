"""Who sees what of the feed. `visible_to` is the one condition: pages, REST, search, counters, live updates and files
ask it.

A post is seen by its author and by whoever is meant by its audience at the moment of reading; what happened, by
whoever sees the thing itself. People from outside see nothing.
"""

from collections.abc import Set

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField

from potok.feed import rules
from potok.feed.models import Entry
from potok.feed.permissions import KEEP
from potok.feed.registries import happenings
from potok.kit import live
from potok.people import public as people
from potok.people.public import Person

TOPIC = "feed"


def visible_to(by: int | None) -> QuerySet[Entry]:
    """The entries that a person sees; the system sees all."""
    if by is None:
        return Entry.objects.all()
    codes = Func(people.called(by), function="ARRAY", output_field=ArrayField(TextField()))
    meant = Q(author=by) | Q(audience__contains=[rules.ALL]) | Q(audience__overlap=codes)
    either = Q(kind="") & meant
    for name, happening in happenings.all().items():
        # Looked up one by one: a list of all that he sees might be a million long.
        either |= Q(Exists(happening.reached(by).filter(pk=OuterRef("subject"))), kind=name)
    return Entry.objects.filter(Exists(_inside(by)), either)


def works_here(person: int) -> bool:
    """Tell whether somebody has a feed at all."""
    return _inside(person).exists()


def _inside(person: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=person, is_active=True, is_external=False)


def found(by: int | None, *, id: int) -> Entry:
    """The entry, if one sees it; otherwise it is missing."""
    one = visible_to(by).filter(pk=id).select_related("author").first()
    if one is None:
        raise rules.NO_ENTRY()
    return one


def keeps(by: int | None) -> bool:
    """Tell whether somebody may change what others have posted."""
    return people.may(by, permission=KEEP)


def register() -> None:
    """Answer for the topic of the feed: whoever sees an entry hears of it, the others that something changed."""
    live.hearings.add(TOPIC, _heard)


def _heard(by: int, ids: Set[int]) -> Set[int]:
    seen = set(visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))
    return seen if len(seen) == len(ids) else seen | {0}
