"""Activities are about the one record that several became."""

from collections.abc import Sequence
from typing import Any

from potok.crm.activities.about import read, spelled
from potok.crm.activities.models import Activity
from potok.crm.activities.queries import about
from potok.crm.activities.record import activity as of
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.records.public import merging, verbs


def _count(lost: Sequence[RecordRef]) -> int:
    count: int = about(lost, by=None).count()
    return count


def _move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> list[list[Any]]:
    gone, there = {spelled(one) for one in lost}, spelled(kept)
    rows = list(about(lost, by=None).order_by("pk"))
    moved = [
        [row.pk, row.about, list(dict.fromkeys(there if one in gone else one for one in row.about))] for row in rows
    ]
    _write(call, [(row, after) for row, (_id, _before, after) in zip(rows, moved, strict=True)])
    return moved


def _back(call: Call, moved: Sequence[Sequence[Any]]) -> None:
    rows = Activity.objects.in_bulk([id for id, _before, _after in moved])
    _write(call, [(rows[id], before) for id, before, after in moved if id in rows and rows[id].about == after])


def _write(call: Call, asks: Sequence[tuple[Activity, Sequence[str]]]) -> None:
    quiet = merging.quietly(call)
    given = [(quiet, {"record": row, "values": {"about": [read(one) for one in refs]}}) for row, refs in asks]
    for answer in verbs[of.name].change.many(given) if given else ():
        if isinstance(answer, Refused):
            raise answer


def fill() -> None:
    """Let activities follow; once, at start-up."""
    merging.followers.add("activities", merging.Follower(of.titles[1], _count, _move, _back))
