"""What the feed keeps of a reader: how far he has seen it, and what he has typed."""

from collections.abc import Mapping, Sequence

from potok.feed.models import Visit
from potok.kit.calls import Call
from potok.kit.events import touch
from potok.kit.operations import operation


@operation("feed.visit.note", needs="")
def note(call: Call, *, seen: int) -> None:
    """Remember that one has seen the feed as far as this entry; further back it never goes."""
    if call.author is None:
        return  # The system visits nothing.
    visit, _ = Visit.objects.get_or_create(person_id=call.author)
    if seen > visit.seen:
        Visit.objects.filter(pk=visit.pk, seen__lt=seen).update(seen=seen)
        touch("person", call.author)


@operation("feed.draft.keep", needs="")
def keep(call: Call, *, typed: Mapping[str, Sequence[str]]) -> None:
    """Keep what one has typed into the feed and not sent; nothing typed forgets it."""
    if call.author is not None:
        Visit.objects.update_or_create(person_id=call.author, defaults={"typed": dict(typed)})
