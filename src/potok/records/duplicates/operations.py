"""Merging records, taking them apart again, and leaving pairs alone that are none."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.kit.permissions import permission
from potok.records import catalogue, queries
from potok.records.duplicates import rules
from potok.records.duplicates.followers import followers
from potok.records.duplicates.models import Merge, Pair
from potok.records.models import Record
from potok.records.record_types import RecordType, record_types
from potok.records.writing import plain, snapshot, verbs

MERGE = permission("records.duplicates.merge", gettext_lazy("Merge duplicates"))
NEVER = ("stage", "pipeline", "responsible")


@operation("records.duplicates.merge", needs=MERGE)
def merge(call: Call, *, kept: Record, lost: Sequence[Record], values: Mapping[str, Any] | None = None) -> Merge:
    """Make several records one: values united, links, comments, files and tasks moved, the others put into the trash.

    Who merges must be let change the one that stays and remove the others. `values` says what a field is to hold where
    that is not what uniting gives.
    """
    of, gone = record_types[kept.record_type], list({one.pk: one for one in lost}.values())
    _check(of, kept, gone)
    before = snapshot(of, kept)
    asked = unite(of, kept, gone) | dict(values or {})
    changed = verbs[of.name].change(call, record=kept, values=asked)
    after = snapshot(of, changed)
    refs, there = [one.ref for one in gone], kept.ref
    moved = [[name, one.move(call, refs, there)] for name, one in followers.all().items()]
    _all(verbs[of.name].remove.many([(call, {"record": one}) for one in gone]))
    differing = [name for name, value in after.items() if value != before[name]]
    made = Merge.objects.create(
        kind=of.name,
        kept=kept.pk,
        lost=[one.pk for one in gone],
        by_id=call.author,
        at=call.at,
        before={name: plain_of(before[name]) for name in differing},
        after={name: plain_of(after[name]) for name in differing},
        moved=moved,
    )
    _pairs(made).update(state=Pair.MERGED)
    touch(of.name, kept.pk)
    return made


@operation("records.duplicates.unmerge", needs=MERGE)
def unmerge(call: Call, *, merge: Merge) -> Merge:
    """Take merged records apart: what was moved goes back, and values that nobody has changed since."""
    if not Merge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=call.at):
        raise rules.UNDONE()
    of = queries.type_named(merge.kind)
    rows = {row.pk: row for row in of.rows().filter(pk__in=[merge.kept, *merge.lost])}
    kept = rows.get(merge.kept)
    if kept is None or any(one not in rows or rows[one].removed_at is None for one in merge.lost):
        raise rules.NOT_THERE()
    _all(verbs[of.name].restore.many([(call, {"record": rows[one]}) for one in merge.lost]))
    known = followers.all()
    for name, moved in reversed(merge.moved):
        if name in known:
            known[name].back(call, moved)
    now = {name: plain_of(value) for name, value in snapshot(of, kept).items()}
    values = rules.going_back(merge.before, merge.after, now)
    if values and kept.removed_at is None:
        verbs[of.name].change(call, record=kept, values=_given(of, values))
    _pairs(merge).update(state=Pair.SUSPECTED)
    merge.undone_at = call.at
    touch(of.name, kept.pk)
    return merge


@operation("records.duplicates.dismiss", needs=MERGE)
def dismiss(call: Call, *, pair: Pair) -> Pair:
    """Leave two records alone: they are not one. They are not suspected again."""
    Pair.objects.filter(pk=pair.pk).update(state=Pair.DISMISSED)
    pair.state = Pair.DISMISSED
    return pair


def unite(of: RecordType, kept: Record, lost: Sequence[Record]) -> dict[str, Any]:
    """What the record that stays would take over from the others, if nobody says otherwise."""
    fields = mergeable(of)
    return rules.united(
        {name: field.of(kept) for name, field in fields.items()},
        [{name: field.of(one) for name, field in fields.items()} for one in lost],
    )


def mergeable(of: RecordType) -> dict[str, Any]:
    """The fields that are compared and united: where a record stands and whose it is, stays with it."""
    known = catalogue.current().of(of).items()
    return {name: one for name, one in known if not one.read_only and name not in NEVER}


def plain_of(value: Any) -> Any:
    """A value as JSON that can be read back with all it says: a phone keeps what it is for."""
    if isinstance(value, tuple):
        return [plain_of(item) for item in value]
    return {"value": str(value), "kind": value.use} if hasattr(value, "use") else plain(value)


def _given(of: RecordType, values: Mapping[str, Any]) -> dict[str, Any]:
    fields = mergeable(of)
    return {name: value for name, value in values.items() if name in fields}


def _check(of: RecordType, kept: Record, gone: Sequence[Record]) -> None:
    everyone = [kept, *gone]
    if not gone or any(one.record_type != of.name or one.removed_at is not None for one in everyone):
        raise rules.TOO_FEW()
    if kept.pk in {one.pk for one in gone}:
        raise rules.TOO_FEW()
    rules.check_count(len(everyone))


def _pairs(merge: Merge) -> Any:
    everyone = [merge.kept, *merge.lost]
    return Pair.objects.filter(Q(one__in=everyone) & Q(other__in=everyone), kind=merge.kind)


def _all(answers: Sequence[Any]) -> None:
    for answer in answers:
        if isinstance(answer, Refused):
            raise answer
