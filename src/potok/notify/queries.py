"""Questions about notices and what waits."""

from django.db.models import F, Q, QuerySet

from potok.kit import clock
from potok.kit.queries import query
from potok.notify.models import Notice, Waiting


@query("notify.waiting_count")
def waiting_count(*, person: int, kind: str = "") -> int:
    """Count what waits for a person, of one kind or of all."""
    return waiting_for(person, kind=kind).count()


@query("notify.unseen_count")
def unseen_count(*, person: int) -> int:
    """Count the notices that a person has not read."""
    return Notice.objects.filter(to=person, seen_at=None).count()


def waiting_for(person: int, *, kind: str = "") -> QuerySet[Waiting]:
    """What waits for a person now, the nearest deadline first, then the oldest."""
    rows = Waiting.objects.filter(Q(wakes_at=None) | Q(wakes_at__lte=clock.now()), person=person, closed_at=None)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.order_by(F("due_at").asc(nulls_last=True), "opened_at", "pk")


def asleep_for(person: int) -> QuerySet[Waiting]:
    """What was put off or begins later, the nearest first."""
    return Waiting.objects.filter(person=person, closed_at=None, wakes_at__gt=clock.now()).order_by("wakes_at", "pk")


def closed_for(person: int) -> QuerySet[Waiting]:
    """What waited for a person and is done, the latest first."""
    return Waiting.objects.filter(person=person).exclude(closed_at=None).order_by("-closed_at", "-pk")


def notices_for(person: int) -> QuerySet[Notice]:
    """What a person was told, the latest first."""
    return Notice.objects.filter(to=person).select_related("by").order_by("-sent_at", "-pk")
