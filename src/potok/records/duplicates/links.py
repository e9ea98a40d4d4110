"""What of the records part follows a merge: links from other records, comments, files; shares have their own module."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.disk.public import File
from potok.engine.values import RecordRef, Value
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.notify.public import Notice, Waiting
from potok.records import catalogue, events, queries
from potok.records.duplicates.followers import Follower, followers, named_by, quietly
from potok.records.fields import Field, Link
from potok.records.keeping import Changing, keep_changed
from potok.records.models import Comment, Record
from potok.records.record_types import RecordType, record_types


def _pointing(lost: Sequence[RecordRef]) -> Iterator[tuple[RecordType, Field, list[Record]]]:
    """Every field that links to this type, with the rows in which it links to one of the lost ones."""
    of, ids = lost[0].type, [one.id for one in lost]
    for other in record_types.all().values():
        for field in catalogue.whole().of(other).values():
            if isinstance(field, Link) and field.to == of and not field.read_only:
                rows = queries.rows(other, by=None).filter(field.where("in", ids))
                # What becomes one cannot go on pointing at itself.
                yield other, field, [row for row in rows.order_by("pk") if row.ref not in lost]


def _count_links(lost: Sequence[RecordRef]) -> int:
    return sum(len(rows) for _other, _field, rows in _pointing(lost))


def _move_links(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> list[dict[str, Any]]:
    moved = []
    for other, field, rows in _pointing(lost):
        asks = [(row, field.of(row), _put(field.of(row), lost, kept)) for row in rows if row.ref != kept]
        _write(call, other, field, [(row, after) for row, _before, after in asks])
        moved += [
            {"type": other.name, "id": row.pk, "field": field.name, "before": _ids(before), "after": _ids(after)}
            for row, before, after in asks
        ]
    return moved


def _back_links(call: Call, moved: Sequence[dict[str, Any]]) -> None:
    for one in reversed(moved):
        of = record_types.get(one["type"])
        field = catalogue.whole().of(of).get(one["field"]) if of else None
        row = queries.rows(of, by=None).filter(pk=one["id"]).first() if of else None
        if of and field and row is not None and _ids(field.of(row)) == one["after"]:
            before = one["before"]
            _write(call, of, field, [(row, tuple(before) if field.multiple else next(iter(before), None))])


def _write(call: Call, of: RecordType, field: Field, asks: Sequence[tuple[Record, Any]]) -> None:
    """The system writes: who may merge need not be let change all that points at what he merges."""
    quiet = quietly(call)
    rows = [
        (quiet, Changing(of, row.pk, events.CHANGED, {field.name: field.read(value)}, follows=True))
        for row, value in asks
    ]
    for answer in keep_changed(rows) if rows else ():
        if isinstance(answer, Refused):
            raise answer


def _put(value: Value, lost: Sequence[RecordRef], kept: RecordRef) -> Value:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(kept if one in lost else one for one in value))
    return kept


def _ids(value: Value) -> list[int]:
    items = value if isinstance(value, tuple) else (value,)
    return [one.id for one in items if isinstance(one, RecordRef)]


followers.add("records.links", Follower(_("Links from other records"), _count_links, _move_links, _back_links))
followers.add("records.comments", named_by(Comment, _("Comments")))
followers.add("records.inbox", named_by(Waiting, _("Lines of the inbox"), url="url"))
followers.add("records.notices", named_by(Notice, _("Notices"), url="url"))
followers.add("records.files", named_by(File, _("Files"), kind="hangs_kind", id="hangs_id"))
