"""Questions about activities."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from potok.crm.activities.about import spelled
from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.engine.values import RecordRef
from potok.records import public as records


def about(refs: Iterable[RecordRef], *, by: int | None) -> Any:
    """The activities about any of these records that the person may see: planned ones by their time, then the done
    ones, the latest first."""
    wanted = [Q(about__contains=[spelled(ref)]) for ref in refs]
    rows = records.rows(of, by=by)
    found = rows.filter(Q(*wanted, _connector=Q.OR)) if wanted else rows.none()
    return found.order_by(F("done_at").desc(nulls_first=True), F("starts_at").asc(nulls_last=True), "pk")


def planned(refs: Iterable[RecordRef], *, by: int | None) -> Any:
    """Those of them that are not done."""
    return about(refs, by=by).filter(done_at=None)


def found(id: int, *, by: int | None) -> Activity:
    """An activity that the person may see, or a refusal."""
    row: Any = records.find(of, id, by=by)
    activity: Activity = row
    return activity
