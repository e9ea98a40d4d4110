"""Reports that are there without anybody making them: what most people ask first of a record type."""

from django.utils.translation import gettext

from potok.records import catalogue, figures, grouping, noted
from potok.records.fields import Date, Moment
from potok.records.models import Stage
from potok.records.record_types import RecordType
from potok.records.reports.measures import COUNT
from potok.records.reports.models import Report
from potok.records.reports.rules import Chart, Shape

# Fields that types call so are put together without being asked: where from, why lost, what kind.
TELLING = ("source", "lost_reason", "reason", "kind", "result")


def reports(of: RecordType) -> list[Report]:
    """The ready reports of a record type, with their titles."""
    fields = catalogue.current().of(of)
    made: list[Report] = []
    amount = next((f"sum:{one.name}" for one in fields.values() if figures.adds_up(one)), COUNT)
    if of.pipeline and catalogue.current().pipelines.get(of.name):
        made.append(_made(of, gettext("Funnel"), shape=Shape.FUNNEL))
        made.append(_made(of, gettext("By stage"), group="stage", measure=amount))
        won = [code for code, one in catalogue.current().stages.get(of.name, {}).items() if one.kind == Stage.WON]
        filter = {"all": [{"field": "stage", "operator": "in", "value": won}]} if won else {}
        plan = _made(of, gettext("Plan and fact"), shape=Shape.PLAN, measure=amount, filter=filter)
        plan.dated, plan.period = _day(of), "this_month"
        made.append(plan)
    made.append(_made(of, gettext("By person"), group="responsible", measure=amount))
    made.append(_made(of, gettext("By month"), group="created_at:month", chart=Chart.LINES))
    told = (fields[name] for name in TELLING if name in fields and grouping.can_group(fields[name]))
    made.extend(_made(of, str(one.title), group=one.name, chart=Chart.SHARES) for one in told)
    return made


def _made(of: RecordType, title: str, **given: object) -> Report:
    return Report(title=title, record_type=of.name, **given)


def _day(of: RecordType) -> str:
    """The day by which something counts as reached: the type's own first day, else when it was changed."""
    own = [one.name for one in of.declared().values() if isinstance(one, Date | Moment) and not one.multiple]
    return own[0] if own else "changed_at"


def first_group(of: RecordType) -> str:
    """By what a report is put together when nobody says."""
    return "stage" if of.pipeline else "responsible"


def title(of: RecordType, report: Report) -> str:
    """What an unnamed report is called."""
    if report.shape == Shape.FUNNEL:
        return gettext("%(type)s: funnel") % {"type": of.plural}
    if report.shape == Shape.PLAN:
        return gettext("%(type)s: plan and fact") % {"type": of.plural}
    by = grouping.read(of, report.group)
    if by is None:
        return of.plural
    field = noted.fields(of)[by.field.name]
    return f"{of.plural}: {str(field.title).lower()}"
