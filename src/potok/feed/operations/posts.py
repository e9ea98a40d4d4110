"""Posts: written, changed, pinned, taken back; what happened elsewhere is noted."""

from collections.abc import Iterable, Sequence

from potok.feed import access, attachments, audiences, rules
from potok.feed.events import PostAdded, PostChanged, PostRemoved
from potok.feed.models import Entry
from potok.feed.permissions import KEEP
from potok.kit.calls import Call
from potok.kit.events import announce, touch
from potok.kit.operations import operation


@operation("feed.post.add", needs="")
def add(
    call: Call,
    *,
    text: str,
    audience: Sequence[str] = (rules.ALL,),
    files: Sequence[int] = (),
    mentioned: Sequence[int] = (),
    important: bool = False,
) -> Entry:
    """Write to colleagues: to everybody (`all`), to people, groups and departments with all below, by their codes.

    Whoever is mentioned sees the post and is told of it, and so is everybody to whom an important one goes.
    """
    _check_inside(call)
    kept = rules.tidy(text, files=files)
    called = audiences.mentioned(mentioned)
    codes = audiences.checked(audience, mentioned=called)
    post = Entry.objects.create(
        author_id=call.author,
        at=call.at,
        text=kept,
        audience=codes,
        mentioned=called,
        files=list(files),
        is_important=important,
    )
    attachments.hang(call, entry=post.pk, ids=files)
    announce(PostAdded(call=call, post=post.pk, mentioned=tuple(called), important=important))
    touch(access.TOPIC, post.pk)
    return post


@operation("feed.post.change", needs="")
def change(
    call: Call,
    *,
    post: Entry,
    text: str | None = None,
    audience: Sequence[str] | None = None,
    mentioned: Sequence[int] | None = None,
) -> Entry:
    """Correct a post of one's own, or send it to others; who keeps the feed in order corrects those of others."""
    post = _own(call, post)
    before = set(post.mentioned)
    if text is not None:
        post.text = rules.tidy(text, files=post.files)
    if mentioned is not None:
        post.mentioned = audiences.mentioned(mentioned)
    codes = post.audience if audience is None else audience
    post.audience = audiences.checked(codes, mentioned=post.mentioned, but=post.audience)
    post.changed_at = call.at
    post.save(update_fields=["text", "mentioned", "audience", "changed_at"])
    fresh = tuple(person for person in post.mentioned if person not in before)
    announce(PostChanged(call=call, post=post.pk, mentioned=fresh))
    touch(access.TOPIC, post.pk)
    return post


@operation("feed.post.remove", needs="")
def remove(call: Call, *, post: Entry) -> None:
    """Take a post back, with what was answered to it; who keeps the feed in order takes back those of others."""
    post = _own(call, post)
    gone = post.pk
    announce(PostRemoved(call=call, post=gone))
    touch(access.TOPIC, gone)
    Entry.objects.filter(pk=gone).delete()


@operation("feed.post.pin", needs=KEEP)
def pin(call: Call, *, post: Entry, on: bool = True) -> Entry:
    """Let a post stand above the feed of all who see it, or no more."""
    post = access.found(call.by, id=post.pk)
    _check_post(post)
    post.is_pinned = on
    post.save(update_fields=["is_pinned"])
    touch(access.TOPIC, post.pk)
    return post


def note(call: Call, *, kind: str, subjects: Iterable[int]) -> None:
    """Put pointers to things that happened into the feed, each once; for parts above, in the transaction in which it
    happened."""
    rows = [Entry(author_id=call.author, at=call.at, kind=kind, subject=one) for one in dict.fromkeys(subjects)]
    known = set(
        Entry.objects.filter(kind=kind, subject__in=[row.subject for row in rows]).values_list("subject", flat=True)
    )
    Entry.objects.bulk_create([row for row in rows if row.subject not in known], ignore_conflicts=True)
    if rows:
        touch(access.TOPIC, 0)


def _own(call: Call, post: Entry) -> Entry:
    post = access.found(call.by, id=post.pk)
    _check_post(post)
    rules.check_author(post.author_id, by=call.by, keeps=post.author_id != call.by and access.keeps(call.by))
    return post


def _check_post(entry: Entry) -> None:
    if entry.kind:
        raise rules.NO_POST()


def _check_inside(call: Call) -> None:
    if call.by is not None and not access.works_here(call.by):
        raise rules.OUTSIDERS()
