"""What others do with an entry: comment on it, react, say that they have read it."""

from collections.abc import Sequence

from potok.feed import access, attachments, audiences, queries, rules
from potok.feed.events import PostAnswered, ReadingAsked
from potok.feed.models import Acknowledgement, Comment, Entry, Reaction
from potok.kit.calls import Call
from potok.kit.events import announce, touch
from potok.kit.operations import operation


@operation("feed.comment.add", needs="")
def comment(
    call: Call, *, entry: Entry, text: str, files: Sequence[int] = (), mentioned: Sequence[int] = ()
) -> Comment:
    """Answer to an entry that one sees. Whoever is called in the answer to a post sees the post from then on."""
    entry = access.found(call.by, id=entry.pk)
    kept = rules.tidy(text, files=files, is_comment=True)
    called = audiences.mentioned(mentioned)
    if not entry.kind:
        _let_see(entry, called)
    attachments.hang(call, entry=entry.pk, ids=files)
    said = Comment.objects.create(entry=entry, author_id=call.author, at=call.at, text=kept, files=list(files))
    announce(PostAnswered(call=call, post=entry.pk, comment=said.pk, mentioned=tuple(called)))
    touch(access.TOPIC, entry.pk)
    return said


@operation("feed.comment.remove", needs="")
def take_back(call: Call, *, comment: Comment) -> None:
    """Take back a comment of one's own; who keeps the feed in order takes back those of others."""
    access.found(call.by, id=comment.entry_id)
    if call.by is not None and comment.author_id != call.by and not access.keeps(call.by):
        raise rules.ANOTHERS_COMMENT()
    if not Comment.objects.filter(pk=comment.pk).delete()[0]:
        raise rules.NO_COMMENT()
    touch(access.TOPIC, comment.entry_id)


@operation("feed.reaction.set", needs="")
def react(call: Call, *, entry: Entry, kind: str) -> None:
    """React to an entry, in the place of an earlier reaction; an empty one takes it away."""
    entry = access.found(call.by, id=entry.pk)
    if kind and kind not in rules.REACTIONS:
        raise rules.NO_REACTION(place="kind", kind=kind)
    if call.author is None:
        return  # The system likes nothing.
    if kind:
        Reaction.objects.update_or_create(entry=entry, person_id=call.author, defaults={"kind": kind})
    else:
        Reaction.objects.filter(entry=entry, person=call.author).delete()
    touch(access.TOPIC, entry.pk)


@operation("feed.post.acknowledge", needs="")
def acknowledge(call: Call, *, post: Entry) -> None:
    """Say that one has read an important post; once is enough."""
    post = access.found(call.by, id=post.pk)
    if not post.is_important:
        raise rules.NOT_IMPORTANT()
    if call.author is None:
        return  # The system reads nothing.
    Acknowledgement.objects.get_or_create(entry=post, person_id=call.author, defaults={"at": call.at})
    touch(access.TOPIC, post.pk)


@operation("feed.post.remind", needs="")
def remind(call: Call, *, post: Entry) -> int:
    """Ask those who have not read an important post of one's own to read it; tells how many they are."""
    post = access.found(call.by, id=post.pk)
    if not post.is_important:
        raise rules.NOT_IMPORTANT()
    rules.check_author(post.author_id, by=call.by, keeps=access.keeps(call.by))
    left = queries.unread_by(post)
    announce(ReadingAsked(call=call, post=post.pk, persons=tuple(left)))
    return len(left)


def _let_see(entry: Entry, called: Sequence[int]) -> None:
    """A post to which somebody is called and which he may not open would be a joke."""
    codes = [*entry.audience, *(f"user_{person}" for person in called)]
    entry.audience = list(dict.fromkeys(codes))
    entry.save(update_fields=["audience"])
