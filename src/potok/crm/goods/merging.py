"""Lines follow a record that becomes one with another: they stand behind its own, its amount follows them all, and the
history of each tells what came and went."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from potok.crm.goods import operations, queries, telling
from potok.crm.goods.carriers import Carrier, carriers
from potok.crm.goods.models import Line
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.records import public as records
from potok.records.public import Record, merging


def _count(lost: Sequence[RecordRef]) -> int:
    return Line.objects.filter(record_type=lost[0].type, record_id__in=[one.id for one in lost]).count()


def _move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> dict[str, Any] | None:
    """Refuse where the lines of one of them stand for good: what was issued stays what it is."""
    carrier = carriers.get(kept.type)
    if carrier is None or not _count(lost):
        return None
    rows = records.load([kept, *lost])
    for row in rows.values():
        if refused := carrier.closed(row):
            raise refused
    moved = []
    had_lines, place = queries.count(kept) > 0, _next_place(kept)
    with _told(call, rows.values()):
        for one in lost:
            ids = [line.pk for line in queries.lines(one)]
            Line.objects.filter(pk__in=ids).update(record_id=kept.id, place=F("place") + place)
            moved.append([one.id, ids, place])
            place = _next_place(kept)
    before = _amount(carrier, rows[kept])
    operations.follow(call, carrier, rows[kept], queries.lines(kept), had_lines=had_lines)
    return {"type": kept.type, "kept": kept.id, "moved": moved, "before": before, "after": _now(carrier, kept)}


def _back(call: Call, moved: Mapping[str, Any] | None) -> None:
    carrier = carriers.get(moved["type"]) if moved else None
    if moved is None or carrier is None:
        return
    kept = RecordRef(moved["type"], moved["kept"])
    rows = records.load([kept, *(RecordRef(kept.type, id) for id, _lines, _place in moved["moved"])])
    with _told(call, rows.values()):
        for id, lines, place in moved["moved"]:
            still = Line.objects.filter(record_type=kept.type, record_id=kept.id, pk__in=lines)
            still.update(record_id=id, place=F("place") - place)
    row = rows.get(kept)
    if row is None or row.removed_at is not None:
        return
    if _amount(carrier, row) == moved["after"]:
        fields = carrier.record_type.declared()
        records.fill(call, record=row, values={name: fields[name].read(raw) for name, raw in moved["before"].items()})
    else:
        operations.follow(call, carrier, row, queries.lines(kept))


@contextmanager
def _told(call: Call, rows: Iterable[Record]) -> Iterator[None]:
    """What happens to the lines of these records meanwhile stands in the history of each."""
    was = [(row, telling.kept(row, queries.lines(row.ref))) for row in rows]
    yield
    for row, before in was:
        became = telling.kept(row, queries.lines(row.ref))
        records.remember(call, record=row, name=telling.NAME, was=before, became=became)


def _next_place(record: RecordRef) -> int:
    return max((line.place for line in queries.lines(record)), default=-1) + 1


def _now(carrier: Carrier, record: RecordRef) -> dict[str, Any]:
    return _amount(carrier, records.load([record])[record])


def _amount(carrier: Carrier, row: Any) -> dict[str, Any]:
    """What follows the lines, as JSON: the amount, and whether a person has typed it."""
    amount = getattr(row, carrier.amount)
    told: dict[str, Any] = {
        carrier.amount: None if amount is None else {"amount": str(amount), "currency": row.currency}
    }
    return told | ({carrier.by_hand: getattr(row, carrier.by_hand)} if carrier.by_hand else {})


def fill() -> None:
    """Let lines follow; once, at start-up."""
    merging.followers.add("goods", merging.Follower(_("Goods"), _count, _move, _back))
