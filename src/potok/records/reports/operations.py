"""Keeping reports, dashboards and plans."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.operations import operation
from potok.kit.permissions import permission
from potok.people import public as people
from potok.records import conditions, grouping, queries
from potok.records import rules as records_rules
from potok.records.operations.views import SHARE
from potok.records.reports import measures, rules
from potok.records.reports.models import Dashboard, Plan, Report, Tile
from potok.records.reports.rules import Chart, Shape

PLAN = permission("records.plan.set", gettext_lazy("Set plans"))


@operation("records.report.save", needs="")
def save(
    call: Call,
    *,
    title: str,
    record_type: str,
    shape: str = Shape.FIGURES,
    chart: str = Chart.BARS,
    group: str = "",
    second: str = "",
    measure: str = measures.COUNT,
    filter: Mapping[str, Any] | None = None,
    dated: str = "",
    period: str = "",
    pipeline: int | None = None,
    apart: bool = False,
    shared: bool = False,
    report: Report | None = None,
) -> Report:
    """Keep a report under a name, or change one that is there."""
    kept = report or Report()
    _may_change(call, kept, shared=shared)
    kept.title, kept.record_type, kept.shape, kept.chart = title.strip(), record_type, shape, chart
    kept.group, kept.second, kept.measure, kept.filter = group, second, measure, dict(filter or {})
    kept.dated, kept.period, kept.pipeline, kept.apart = dated, period, pipeline, apart
    if not kept.title:
        raise records_rules.UNTITLED(place="title")
    check(kept)
    kept.owner_id = None if shared else call.author
    kept.save()
    return kept


def check(report: Report) -> None:
    """Refuse a report that nothing could be counted for."""
    of = queries.type_named(report.record_type)
    if report.shape not in list(Shape):
        raise rules.UNKNOWN_SHAPE(place="shape", shape=report.shape, known=", ".join(Shape))
    if report.shape == Shape.FUNNEL and not of.pipeline:
        raise rules.NO_STAGES(place="shape", type=of.plural)
    if report.shape == Shape.FIGURES and grouping.read(of, report.group) is None:
        raise rules.NO_GROUP(place="group")
    if measures.read(of, report.measure) is None:
        raise rules.NO_MEASURE(place="measure", measure=report.measure)
    conditions.where(of, report.filter)


@operation("records.report.remove", needs="")
def remove(call: Call, *, report: Report) -> None:
    """Forget a report; it disappears from the dashboards."""
    _may_change(call, report, shared=False)
    report.delete()


@operation("records.dashboard.save", needs="")
def save_dashboard(
    call: Call, *, title: str, reports: Sequence[int] = (), shared: bool = False, dashboard: Dashboard | None = None
) -> Dashboard:
    """Keep a dashboard of these reports, in this order."""
    kept = dashboard or Dashboard()
    _may_change(call, kept, shared=shared)
    if not title.strip():
        raise records_rules.UNTITLED(place="title")
    if len(reports) > rules.TILES_MAX:
        raise rules.TOO_MANY_TILES(place="reports", most=rules.TILES_MAX)
    kept.title, kept.owner_id = title.strip(), None if shared else call.author
    kept.save()
    there = set(visible(Report, by=call.by).filter(pk__in=reports).values_list("pk", flat=True))
    kept.tiles.all().delete()
    shown = [one for one in dict.fromkeys(reports) if one in there]
    Tile.objects.bulk_create(Tile(dashboard=kept, report_id=one, order=place) for place, one in enumerate(shown))
    return kept


@operation("records.dashboard.remove", needs="")
def remove_dashboard(call: Call, *, dashboard: Dashboard) -> None:
    """Forget a dashboard; its reports stay."""
    _may_change(call, dashboard, shared=False)
    dashboard.delete()


@operation("records.plan.set", needs=PLAN)
def set_plan(
    call: Call, *, record_type: str, person: int, month: date, amount: Decimal | None, measure: str = measures.COUNT
) -> None:
    """Say what a person is to reach in a month; nothing takes the plan away."""
    of = queries.type_named(record_type)
    if measures.read(of, measure) is None:
        raise rules.NO_MEASURE(place="measure", measure=measure)
    if amount is not None and amount < 0:
        raise rules.NEGATIVE(place="amount")
    place: dict[str, Any] = {
        "record_type": of.name,
        "person_id": person,
        "month": month.replace(day=1),
        "measure": measure,
    }
    if amount is None:
        Plan.objects.filter(**place).delete()
    else:
        Plan.objects.update_or_create(**place, defaults={"amount": amount})


def visible(model: Any, *, by: int | None) -> Any:
    """Reports or dashboards that a person finds: his own and everybody's."""
    return model.objects.all() if by is None else model.objects.filter(Q(owner=None) | Q(owner=by))


def found(model: Any, id: int, *, by: int | None) -> Any:
    """One of them, or a refusal that does not tell whether it is there."""
    one = visible(model, by=by).filter(pk=id).first()
    if one is None:
        raise MISSING(id=id)
    return one


def _may_change(call: Call, kept: Report | Dashboard, *, shared: bool) -> None:
    """One's own is one's own; everybody's is kept by those who keep views for everybody."""
    is_shared = shared or (kept.pk is not None and kept.owner_id is None)
    if is_shared and not people.may(call.by, permission=SHARE):
        raise FORBIDDEN(permission=str(gettext_lazy("Keep views for everybody")))
    if call.by is not None and kept.owner_id not in (None, call.by):
        raise MISSING(id=kept.pk)
