"""Comments on records."""

from collections.abc import Sequence

from potok.disk import public as disk
from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.records import access, queries, rules
from potok.records.events import RecordCommented
from potok.records.models import Comment, Record


@operation("records.comment.add", needs="")
def add(call: Call, *, record: Record, text: str, files: Sequence[int] = (), mentioned: Sequence[int] = ()) -> Comment:
    """Say something about a record that one may see; the mentioned are told."""
    queries.find(queries.type_named(record.record_type), record.pk, by=call.by)
    if not text.strip() and not files:
        raise rules.SILENT(place="text")
    # Whoever names a file would show its name to all who see the record.
    if unseen := set(files) - disk.by_id(files, by=call.by).keys():
        raise MISSING(place="files", id=min(unseen))
    comment = Comment.objects.create(
        record_type=record.record_type,
        record_id=record.pk,
        at=call.at,
        author_id=call.author,
        text=text.strip(),
        files=list(files),
        mentioned=list(mentioned),
    )
    announce(
        RecordCommented(
            call=call, type=record.record_type, id=record.pk, comment=comment.pk, mentioned=tuple(mentioned)
        )
    )
    touch(record.record_type, record.pk)
    return comment


@operation("records.comment.pin", needs="")
def pin(call: Call, *, comment: Comment, on: bool = True) -> Comment:
    """Let a comment stand above the feed of its record, or no more. Whoever may change the record may do this."""
    of = queries.type_named(comment.record_type)
    record = queries.find(of, comment.record_id, by=call.by)
    if call.by is not None and not access.may(call.by, record, act="edit"):
        raise FORBIDDEN(permission=str(permissions[of.may("edit")].title))
    comment.pinned = on
    comment.save(update_fields=["pinned"])
    touch(comment.record_type, comment.record_id)
    return comment


@operation("records.comment.remove", needs="")
def remove(call: Call, *, comment: Comment) -> None:
    """Take back a comment of one's own."""
    if call.by is not None and comment.author_id != call.by:
        raise MISSING(id=comment.pk)
    comment.delete()
    touch(comment.record_type, comment.record_id)
