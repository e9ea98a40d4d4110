"""Posts, as the search finds them, together with what was answered to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from potok.feed import access
from potok.feed.events import PostAdded, PostAnswered, PostChanged, PostRemoved
from potok.feed.models import Entry
from potok.kit.events import reacts_to
from potok.records.public import searching

KIND = "feed_post"


def fill() -> None:
    """Let posts be found; once, at start-up."""
    source = searching.Source(_("Feed"), "newspaper", _read, _after, _seen, _draw)
    searching.sources.add(KIND, source)


def _after() -> QuerySet[Entry]:
    return Entry.objects.filter(kind="")


def _read(ids: Collection[int]) -> Iterable[searching.Page]:
    for post in _after().filter(pk__in=ids).prefetch_related("comments"):
        texts = [post.text, *(one.text for one in post.comments.all())]
        yield searching.Page(post.pk, str(post), post.author_id, texts, is_named=False)


def _seen(by: int | None, ids: Collection[int]) -> Collection[int]:
    return list(access.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))


def _draw(ids: Collection[int]) -> Mapping[int, searching.Shown]:
    return {id: searching.Shown(reverse("feed:entry", args=[id])) for id in ids}


def follow(happened: Sequence[Any]) -> None:
    """Write the entries of posts that are new or different."""
    searching.keep({KIND: {one.post for one in happened}})


for _happening in (PostAdded, PostChanged, PostAnswered):
    reacts_to(_happening)(follow)


@reacts_to(PostRemoved)
def forget(happened: Sequence[PostRemoved]) -> None:
    """Find no post that was taken back."""
    searching.forget(KIND, {one.post for one in happened})
