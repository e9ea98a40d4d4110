"""What of the records part follows a merge: links from other records, comments, files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.disk.public import File
from potok.engine.values import RecordRef, Value
from potok.kit.calls import Call, Cause
from potok.kit.errors import Refused
from potok.records import catalogue, queries
from potok.records.duplicates.followers import Follower, followers
from potok.records.fields import Field, Link
from potok.records.models import Comment, Record
from potok.records.record_types import RecordType, record_types
from potok.records.writing import verbs


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
    quiet = replace(call.by_system(), cause=Cause(call.cause.door, title=call.cause.title, quiet=True))
    rows = [(quiet, {"record": row, "values": {field.name: value}}) for row, value in asks]
    for answer in verbs[of.name].change.many(rows) if rows else ():
        if isinstance(answer, Refused):
            raise answer


def _put(value: Value, lost: Sequence[RecordRef], kept: RecordRef) -> Value:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(kept if one in lost else one for one in value))
    return kept


def _ids(value: Value) -> list[int]:
    items = value if isinstance(value, tuple) else (value,)
    return [one.id for one in items if isinstance(one, RecordRef)]


def _count_comments(lost: Sequence[RecordRef]) -> int:
    return sum(Comment.objects.filter(record_type=one.type, record_id=one.id).count() for one in lost)


def _move_comments(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> list[list[Any]]:
    moved = []
    for one in lost:
        there = Comment.objects.filter(record_type=one.type, record_id=one.id)
        ids = list(there.order_by("pk").values_list("pk", flat=True))
        there.update(record_id=kept.id)
        moved.append([one.type, one.id, ids, kept.id])
    return moved


def _back_comments(call: Call, moved: Sequence[Sequence[Any]]) -> None:
    for kind, record, ids, kept in moved:
        Comment.objects.filter(record_type=kind, record_id=kept, pk__in=ids).update(record_id=record)


def _count_files(lost: Sequence[RecordRef]) -> int:
    return File.objects.filter(hangs_kind=lost[0].type, hangs_id__in=[one.id for one in lost]).count()


def _move_files(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> list[list[Any]]:
    moved = []
    for one in lost:
        there = File.objects.filter(hangs_kind=one.type, hangs_id=one.id)
        ids = list(there.order_by("pk").values_list("pk", flat=True))
        there.update(hangs_id=kept.id)
        moved.append([one.type, one.id, ids, kept.id])
    return moved


def _back_files(call: Call, moved: Sequence[Sequence[Any]]) -> None:
    for kind, record, ids, kept in moved:
        File.objects.filter(hangs_kind=kind, hangs_id=kept, pk__in=ids).update(hangs_id=record)


followers.add("records.links", Follower(_("Links from other records"), _count_links, _move_links, _back_links))
followers.add("records.comments", Follower(_("Comments"), _count_comments, _move_comments, _back_comments))
followers.add("records.files", Follower(_("Files"), _count_files, _move_files, _back_files))
