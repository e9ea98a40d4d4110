"""What a device has seen of a collection: kept under a token, held against what stands there when it asks again.

So whatever changes a calendar, and by whatever way, is told; nothing that changes one has to know of devices.
"""

from potok.caldav import collections
from potok.caldav.collections import Shelf
from potok.caldav.models import Snapshot
from potok.kit.calls import Call
from potok.people.public import Person

PREFIX = "urn:potok:sync:"
KEPT_MAX = 30


def keep(call: Call, person: Person, shelf: Shelf, *, tags: dict[str, str] | None = None) -> str:
    """Keep what stands in a collection now; answers the token for it."""
    tags = shelf.source.tags() if tags is None else tags
    token = collections.state(tags)
    kept = Snapshot.objects.filter(person=person, collection=shelf.code)
    if not kept.filter(token=token).update(made_at=call.at):
        # Two devices may ask at once; they have seen the same.
        Snapshot.objects.bulk_create(
            [Snapshot(person=person, collection=shelf.code, token=token, members=tags, made_at=call.at)],
            ignore_conflicts=True,
        )
        kept.filter(pk__in=list(kept.order_by("-made_at", "-pk").values_list("pk", flat=True)[KEPT_MAX:])).delete()
    return PREFIX + token


def seen(person: Person, shelf: Shelf, token: str) -> dict[str, str] | None:
    """What a device saw that has this token; None if it is not known any more."""
    if not token:
        return {}
    kept = Snapshot.objects.filter(person=person, collection=shelf.code, token=token.removeprefix(PREFIX))
    return kept.values_list("members", flat=True).first()
