"""Activities as the tab «Дела» lists them, among tasks."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from potok.crm.activities import queries, rules
from potok.crm.activities.about import spelled
from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.engine.values import RecordRef
from potok.people import public as people
from potok.tasks.public import places

SHOWN_MAX = 200


def lines(request: HttpRequest, record: RecordRef) -> Sequence[places.ToDo]:
    """What is planned and what was done about a record."""
    found = queries.about([record], by=request.user.pk).select_related("responsible")
    return [_line(row) for row in found[:SHOWN_MAX]]


def open_count(request: HttpRequest, record: RecordRef) -> int:
    """How much of it is not done yet."""
    count: int = queries.planned([record], by=request.user.pk).count()
    return count


def offers(request: HttpRequest, record: RecordRef) -> Sequence[places.Offer]:
    """The button that plans something."""
    if record.type == of.name or not people.may(request.user.pk, permission=of.may("add")):
        return []
    url = f"{reverse('activities:plan')}?about={spelled(record)}"
    return [places.Offer(gettext_lazy("Plan an activity"), url, of.icon)]


def kind(row: Activity) -> str:
    """«Входящий звонок», or the kind alone."""
    return gettext(rules.DIRECTED.get((row.kind, row.direction), rules.KINDS.get(row.kind, row.kind)))


def _line(row: Activity) -> places.ToDo:
    person = str(row.responsible) if row.responsible else ""
    return places.ToDo(
        title=row.title,
        url=f"/{of.path}/{row.pk}/",
        icon=rules.ICONS.get(row.kind, of.icon),
        state="done" if row.is_done else "todo",
        due=row.starts_at,
        closed_at=row.done_at,
        note=" · ".join(one for one in (kind(row), person, row.result.partition("\n")[0]) if one),
    )
