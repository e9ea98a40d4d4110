"""Shares follow a merge: whoever was shown one of the records is shown the one that stays, and may change it if he
might change either. Who observes stands in a field, and follows as its values do."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.records.duplicates.followers import Follower, followers
from potok.records.models import Share


def _of(refs: Sequence[RecordRef]) -> Any:
    ids = [one.id for one in refs]
    return Share.objects.filter(record_type=refs[0].type, record_id__in=ids, observes=False).order_by("pk")


def _count(lost: Sequence[RecordRef]) -> int:
    count: int = _of(lost).count()
    return count


def _move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> dict[str, Any]:
    """Nobody is shown a record twice: where he sees the one that stays already, the share of the other one rests."""
    there = {share.holder: share for share in _of([kept])}
    moved: list[tuple[int, int]] = []
    raised: list[int] = []
    for share in _of(lost):
        known = there.get(share.holder)
        if known is None:
            moved.append((share.pk, share.record_id))
            there[share.holder] = share
        elif share.may_edit and not known.may_edit:
            known.may_edit = True
            raised.append(known.pk)
    Share.objects.filter(pk__in=[id for id, _record in moved]).update(record_id=kept.id)
    Share.objects.filter(pk__in=raised).update(may_edit=True)
    return {"kept": kept.id, "moved": moved, "raised": raised}


def _back(call: Call, moved: Mapping[str, Any]) -> None:
    for id, record in moved["moved"]:
        Share.objects.filter(pk=id, record_id=moved["kept"]).update(record_id=record)
    Share.objects.filter(pk__in=moved["raised"]).update(may_edit=False)


followers.add("records.shares", Follower(_("Shared with"), _count, _move, _back))
