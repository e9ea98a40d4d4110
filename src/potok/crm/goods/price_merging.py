"""Prices follow products and price lists that become one with another: what it costs already by a list stays so."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.crm.goods.models import Line, Price
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.records.public import merging

# What of a price names the record, and what tells two prices of it apart.
SIDES = {"crm.product": ("product_id", "price_list_id"), "crm.price_list": ("price_list_id", "product_id")}


def _of(refs: Sequence[RecordRef]) -> Any:
    side, _other = SIDES.get(refs[0].type, ("", ""))
    found = Price.objects.filter(**{f"{side}__in": [one.id for one in refs]}) if side else Price.objects.none()
    return found.order_by("pk")


def _count(lost: Sequence[RecordRef]) -> int:
    count: int = _of(lost).count()
    return count


def _move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> dict[str, Any] | None:
    if kept.type not in SIDES:
        return None
    side, other = SIDES[kept.type]
    known = {getattr(one, other) for one in _of([kept])}
    moved: list[tuple[int, int]] = []
    for one in _of(lost):
        if getattr(one, other) not in known:
            known.add(getattr(one, other))
            moved.append((one.pk, getattr(one, side)))
    Price.objects.filter(pk__in=[id for id, _was in moved]).update(**{side: kept.id})
    return {"side": side, "kept": kept.id, "moved": moved, "lines": _lines(lost, kept)}


def _lines(lost: Sequence[RecordRef], kept: RecordRef) -> list[tuple[int, int | None]]:
    """Lines of deals and papers sell the product that stays; what they say of it and what it costs there stays."""
    if kept.type != "crm.product":
        return []
    found = Line.objects.filter(product__in=[one.id for one in lost]).order_by("pk")
    named: list[tuple[int, int | None]] = list(found.values_list("pk", "product_id"))
    Line.objects.filter(pk__in=[id for id, _was in named]).update(product=kept.id)
    return named


def _back(call: Call, moved: Mapping[str, Any] | None) -> None:
    if moved is None:
        return
    side, kept = moved["side"], moved["kept"]
    for id, was in moved["moved"]:
        Price.objects.filter(**{"pk": id, side: kept}).update(**{side: was})
    for id, was in moved["lines"]:
        Line.objects.filter(pk=id, product=kept).update(product=was)


def fill() -> None:
    """Let prices follow; once, at start-up."""
    merging.followers.add("goods.prices", merging.Follower(_("Prices"), _count, _move, _back))
