"""What hangs on records and follows them when they become one: each part moves its own, and can move it back.

    followers.add("tasks", Follower(count=…, move=…, back=…))
    followers.add("mail", named_by(Letter, _("Letters")))     # rows that name their record in two columns

`count` says for how many things of the lost ones that would be, for the preview. `move` answers, as JSON, all that
`back` needs; `back` leaves alone what somebody has changed since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Manager, Model, Value
from django.db.models.functions import Replace
from django.urls import reverse
from django.utils.functional import Promise

from potok.engine.values import RecordRef
from potok.kit.calls import Call, Cause
from potok.kit.registry import Registry
from potok.records import queries


@dataclass(frozen=True, slots=True)
class Follower:
    """How things of one kind follow."""

    title: str | Promise
    count: Callable[[Sequence[RecordRef]], int]
    move: Callable[[Call, Sequence[RecordRef], RecordRef], Any]
    back: Callable[[Call, Any], None]


followers: Registry[Follower] = Registry("follower of merged records")


def quietly(call: Call) -> Call:
    """As the system, starting nothing: what follows is no news about the records that hang on those which are merged,
    and who may merge need not be let change them."""
    return replace(call.by_system(), cause=Cause(call.cause.door, title=call.cause.title, quiet=True))


def named_by(
    model: type[Model], title: str | Promise, *, kind: str = "record_type", id: str = "record_id", url: str = ""
) -> Follower:
    """The follower for rows that name their record in two columns of their own, and lead to its card by a third."""
    rows: Manager[Any] = model.objects  # type: ignore[attr-defined]

    def count(lost: Sequence[RecordRef]) -> int:
        return rows.filter(**{kind: lost[0].type, f"{id}__in": [one.id for one in lost]}).count()

    def move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> list[list[Any]]:
        moved = []
        for one in lost:
            there = rows.filter(**{kind: one.type, id: one.id})
            ids = list(there.order_by("pk").values_list("pk", flat=True))
            there.filter(pk__in=ids).update(**{id: kept.id}, **leading(one, kept))
            moved.append([one.type, one.id, ids, kept.id])
        return moved

    def back(call: Call, moved: Sequence[Sequence[Any]]) -> None:
        for type_, record, ids, kept in moved:
            rows.filter(**{kind: type_, id: kept, "pk__in": ids}).update(
                **{id: record}, **leading(RecordRef(type_, kept), RecordRef(type_, record))
            )

    def leading(was: RecordRef, now: RecordRef) -> dict[str, Any]:
        return {url: Replace(url, Value(_address(was)), Value(_address(now)))} if url else {}

    return Follower(title, count, move, back)


def _address(ref: RecordRef) -> str:
    return f"{reverse('records:list', args=[queries.type_named(ref.type).path])}{ref.id}/"
