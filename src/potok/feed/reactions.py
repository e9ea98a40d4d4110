"""Who is told of what is written in the feed: those called by name, those to whom something important goes, the author
of what is answered. Each in his own language, once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from potok.feed import audiences
from potok.feed.access import visible_to
from potok.feed.events import PostAdded, PostAnswered, PostChanged, ReadingAsked
from potok.feed.models import Comment, Entry
from potok.kit.calls import Call
from potok.kit.events import reacts_to
from potok.kit.words import gettext_noop
from potok.notify.public import notices
from potok.people import public as people

MENTION, FEED = "mention", "feed"
QUOTE_LENGTH_MAX = 140
CALLS = (gettext_noop("%(who)s mentioned you in the feed: %(text)s"), gettext_noop("You are called by name in a post."))
IMPORTANT = (
    gettext_noop("%(who)s wrote something important: %(text)s"),
    gettext_noop("The post goes to you and asks you to read it."),
)
ASKED = (
    gettext_noop("%(who)s asks you to read: %(text)s"),
    gettext_noop("You have not said yet that you have read the post."),
)
ANSWERED = (
    gettext_noop("%(who)s answered in the feed: %(text)s"),
    gettext_noop("You have written the post, or a comment on it."),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom to tell what about an entry; `said` are the text and the reason, to be translated."""

    call: Call
    entry: int
    to: Sequence[int]
    said: tuple[str, str]
    text: str
    kind: str = FEED


@reacts_to(PostAdded)
def tell(happened: Sequence[PostAdded]) -> None:
    """Tell those who are called, and of what is important everybody to whom it goes."""
    posts = Entry.objects.in_bulk([one.post for one in happened])
    for one in happened:
        if post := posts.get(one.post):
            everybody = audiences.persons(post.audience) if one.important else []
            _send([
                Telling(one.call, post.pk, one.mentioned, CALLS, post.text, MENTION),
                Telling(one.call, post.pk, [it for it in everybody if it not in one.mentioned], IMPORTANT, post.text),
            ])  # fmt: skip


@reacts_to(PostChanged)
def tell_fresh(happened: Sequence[PostChanged]) -> None:
    """Tell those who are called in it now."""
    posts = Entry.objects.in_bulk([one.post for one in happened if one.mentioned])
    _send(
        Telling(one.call, one.post, one.mentioned, CALLS, posts[one.post].text, MENTION)
        for one in happened
        if one.post in posts
    )


@reacts_to(PostAnswered)
def tell_answered(happened: Sequence[PostAnswered]) -> None:
    """Tell those who are called, the author of the post, and whoever has said something to it."""
    said = Comment.objects.select_related("entry").in_bulk([one.comment for one in happened])
    for one in happened:
        if not (comment := said.get(one.comment)):
            continue
        others = Comment.objects.filter(entry=one.post).order_by("author").values_list("author", flat=True).distinct()
        spoke = {comment.entry.author_id, *others} - {None, *one.mentioned}
        _send([
            Telling(one.call, one.post, one.mentioned, CALLS, comment.text, MENTION),
            Telling(one.call, one.post, sorted(it for it in spoke if it), ANSWERED, comment.text),
        ])  # fmt: skip


@reacts_to(ReadingAsked)
def tell_again(happened: Sequence[ReadingAsked]) -> None:
    """Tell those who have not read it."""
    posts = Entry.objects.in_bulk([one.post for one in happened])
    _send(Telling(one.call, one.post, one.persons, ASKED, posts[one.post].text) for one in happened)


def _send(tellings: Iterable[Telling]) -> None:
    for one in tellings:
        to = people.by_id({*one.to, *filter(None, [one.call.author])})
        author = to.get(one.call.author or 0)
        seeing = [
            person for person in one.to if person != one.call.author and person in to and _sees(person, one.entry)
        ]
        notices.send.many([(one.call.by_system(), _notice(one, to[person], author)) for person in seeing])


def _sees(person: int, entry: int) -> bool:
    """What one may not see any more, or never could, one is not told of."""
    return visible_to(person).filter(pk=entry).exists()


def _notice(one: Telling, to: people.Person, author: people.Person | None) -> dict[str, object]:
    line = " ".join(one.text.split())
    quoted = line if len(line) <= QUOTE_LENGTH_MAX else f"{line[:QUOTE_LENGTH_MAX]}…"
    with translation.override(to.language):
        text, why = (_(sentence) for sentence in one.said)
        told = text % {"who": author or _("A process"), "text": quoted}
    return {"to": to.pk, "text": told, "why": why, "kind": one.kind, "url": f"/feed/{one.entry}/"}
