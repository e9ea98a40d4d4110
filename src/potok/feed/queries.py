"""Questions about the feed."""

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from potok.feed import audiences
from potok.feed.access import visible_to
from potok.feed.models import Acknowledgement, Entry, Visit
from potok.kit.queries import query

COUNTED_MAX = 100


@query("feed.unread_count")
def unread_count(*, person: int) -> int:
    """Count what others have put into the feed since a person has seen it, up to a hundred."""
    seen = Visit.objects.filter(person=person).values("seen")
    unread = visible_to(person).filter(pk__gt=Coalesce(Subquery(seen), 0)).exclude(author=person)
    return len(unread.values_list("pk")[:COUNTED_MAX])


def seen_by(person: int) -> int:
    """The last entry that a person has seen."""
    return Visit.objects.filter(person=person).values_list("seen", flat=True).first() or 0


def read_by(post: Entry) -> list[int]:
    """Who has said that he has read an important post, the first first."""
    said = Acknowledgement.objects.filter(entry=post).order_by("at", "pk")
    return list(said.values_list("person", flat=True))


def unread_by(post: Entry) -> list[int]:
    """To whom an important post goes and who has not said that he has read it."""
    done = {*read_by(post), post.author_id}
    return [person for person in audiences.persons(post.audience) if person not in done]
