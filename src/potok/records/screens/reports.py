"""Reports on the screen: all there are, one of them with its chart and its table, and both as a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import grouping, periods, queries
from potok.records.exchange.cells import Cell
from potok.records.operations.views import SHARE
from potok.records.record_types import RecordType, record_types
from potok.records.reports import counting, measures, operations, ready
from potok.records.reports.models import Dashboard, Report
from potok.records.reports.rules import Chart, Shape
from potok.records.reports.tables import LASTS, MONEY, PERCENT, Amount, Heading, Table
from potok.records.screens import asked, bars, exports, filter_rows, phrases, rights
from potok.records.screens.screen import screen
from potok.ui import answers, words
from potok.ui.answers import Toast

SHAPES = {
    Shape.FIGURES: (gettext_lazy("Figures"), "chart-column"),
    Shape.FUNNEL: (gettext_lazy("Funnel"), "filter"),
    Shape.PLAN: (gettext_lazy("Plan and fact"), "flag"),
}
CHARTS = {
    Chart.BARS: gettext_lazy("Bars"),
    Chart.LINES: pgettext_lazy("chart", "Line"),
    Chart.SHARES: gettext_lazy("Shares"),
    Chart.NONE: gettext_lazy("Table only"),
}


@dataclass(frozen=True)
class Row:
    """A line of the table, in words."""

    title: str
    url: str
    cells: Sequence[str]


@require_GET
@screen
def index(request: HttpRequest) -> HttpResponse:
    """Draw what there is: dashboards, kept reports, and those that are ready for every type that one sees."""
    person = request.user.pk or 0
    seen = _seen(request)
    kept = [one for one in operations.visible(Report, by=person) if one.record_type in seen]
    context = {
        "dashboards": [
            (one, reverse("records:dashboard", args=[one.pk])) for one in operations.visible(Dashboard, by=person)
        ],
        "kept": [(one, seen[one.record_type], reverse("records:report", args=[one.pk])) for one in kept],
        "ready": [
            (of, [(one.title, address(one)) for one in ready.reports(of)])
            for of in sorted(seen.values(), key=lambda one: not one.pipeline)
        ],
        "may_share": rights.may(request, SHARE),
        "may_plan": bool(seen) and people.may(person, permission=operations.PLAN),
    }
    return answers.draw(request, "records/reports.html", context)


@require_GET
@screen
def show(request: HttpRequest, id: int = 0) -> HttpResponse:
    """Draw a report: a kept one, or what the address says, or both, the address over what is kept."""
    report = read(request, id)
    of = _type(request, report)
    table = counting.count(report, by=request.user.pk or 0)
    return answers.draw(request, "records/report.html", {**_bars(request, of, report, kept=id), **drawn(table)})


@require_GET
@screen
def tile(request: HttpRequest, id: int) -> HttpResponse:
    """Draw a kept report as it stands on a dashboard."""
    report = read(request, id)
    _type(request, report)
    table = counting.count(report, by=request.user.pk or 0)
    place = reverse("records:report", args=[id])
    return answers.draw(request, "records/report_tile.html", {"report": report, "url": place, **drawn(table)})


@require_GET
@screen
def narrow(request: HttpRequest, id: int = 0) -> HttpResponse:
    """Go to the report with the filter that the rows of the editor make."""
    report = read(request, id)
    of = _type(request, report)
    terms = [*phrases.terms(filter_rows.read(of, request.GET)), *filter_rows.kept(report.filter)]
    return answers.go(request, _narrowed(id, report, {"all": terms} if terms else {}))


@require_GET
@screen
def write(request: HttpRequest, form: str, id: int = 0) -> HttpResponse:
    """Answer the table as a file, to those who may take records of the type away."""
    report = read(request, id)
    of = _type(request, report)
    if not rights.may(request, of.may("export")):
        raise FORBIDDEN(permission=permissions[of.may("export")].title)
    return exports.answer(iter(exported(report, by=request.user.pk or 0)), form, report.title or of.plural)


@require_POST
@screen
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is on the screen, in the kept report or as a new one."""
    id = request.POST.get("id", "")
    kept = (
        operations.found(Report, int(id), by=request.user.pk)
        if id.isdecimal() and not request.POST.get("new")
        else None
    )
    now = read(request, int(id) if id.isdecimal() else 0)
    given = {name: getattr(now, name) for name in KEPT}
    shared = kept.owner_id is None if kept else bool(request.POST.get("shared"))
    with opened(request.user.pk, door="screen") as call:
        report = operations.save(
            call, title=request.POST.get("title") or now.title, shared=shared, report=kept, **given
        )
    toast = Toast(gettext("The report “%(title)s” is saved") % {"title": words.inside(report.title)})
    return answers.go(request, reverse("records:report", args=[report.pk]), toast=toast)


@require_POST
@screen
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Forget a kept report."""
    report = operations.found(Report, id, by=request.user.pk)
    with opened(request.user.pk, door="screen") as call:
        operations.remove(call, report=report)
    toast = Toast(gettext("The report “%(title)s” is removed") % {"title": words.inside(report.title)})
    return answers.go(request, reverse("records:reports"), toast=toast)


# Said also where they are empty, so that what is kept can be switched off.
SWITCHED_OFF = ("period", "second", "filter", "apart")

# ----- what is asked --------------------------------------------------------------------------------------------------

KEPT = ("record_type", "shape", "chart", "group", "second", "measure", "filter", "dated", "period", "pipeline", "apart")


def read(request: HttpRequest, id: int) -> Report:
    """The kept report with what the address changes; nothing of it is saved."""
    given = request.POST if request.method == "POST" else request.GET
    report: Report = operations.found(Report, id, by=request.user.pk) if id else Report(title="")
    report.record_type = given.get("type", report.record_type)
    for name in ("shape", "chart", "group", "second", "measure", "dated", "period"):
        setattr(report, name, given.get(name, getattr(report, name)))
    if "filter" in given:
        report.filter = asked.read_filter(given["filter"])
    if "apart" in given:
        report.apart = given["apart"] == "1"
    if given.get("pipeline", "").isdecimal():
        report.pipeline = int(given["pipeline"])
    of = queries.type_named(report.record_type)
    if report.shape == Shape.FIGURES and grouping.read(of, report.group) is None:
        report.group = ready.first_group(of)
    operations.check(report)
    return report


def address(report: Report) -> str:
    """The address that says the whole of a report that is not kept."""
    return f"{reverse('records:report_show')}?{urlencode(params(report))}"


def params(report: Report, **change: Any) -> dict[str, str]:
    """A report in the words of its address."""
    said = {
        "type": report.record_type,
        **{name: getattr(report, name) for name in ("shape", "chart", "group", "second", "measure", "dated", "period")},
        "filter": asked.compact(report.filter),
        "pipeline": str(report.pipeline or ""),
        "apart": "1" if report.apart else "",
        **change,
    }
    return {name: value for name, value in said.items() if value or name in SWITCHED_OFF}


def _type(request: HttpRequest, report: Report) -> RecordType:
    of = queries.type_named(report.record_type)
    if not rights.may(request, of.may("see")):
        raise MISSING(id=report.record_type)
    return of


def _seen(request: HttpRequest) -> dict[str, RecordType]:
    return {name: of for name, of in record_types.all().items() if rights.may(request, of.may("see"))}


# ----- what is drawn --------------------------------------------------------------------------------------------------


def drawn(table: Table) -> dict[str, Any]:
    """A table in words, and its chart as the island reads it."""
    return {
        "table": table,
        "heads": [(_titled(one), one.kind) for one in table.columns],
        "lines": [Row(line.title, line.url, _said(table.columns, line.values)) for line in table.lines],
        "totals": _said(table.columns, table.totals) if table.totals else (),
        "drawing": json.dumps(table.drawing(), ensure_ascii=False) if table.chart != Chart.NONE else "",
    }


def _titled(one: Heading) -> str:
    sign = {"RUB": "₽", "USD": "$", "EUR": "€"}.get(one.currency, one.currency)
    return f"{one.title}, {sign}" if sign and sign not in one.title else one.title


def _said(columns: Sequence[Heading], values: Sequence[Amount]) -> list[str]:
    return [say(one, value) for one, value in zip(columns, values, strict=True)]


def say(column: Heading, value: Amount) -> str:
    """One figure in words."""
    if value is None:
        return "—"
    if column.kind == LASTS:
        return words.lasts_short(timedelta(seconds=float(value)))
    if column.kind == PERCENT:
        return words.percent(round(Decimal(value), 1))
    rounded = Decimal(value).quantize(Decimal("0.01"))
    return words.money(rounded, column.currency) if column.kind == MONEY else words.number(rounded.normalize() + 0)


def exported(report: Report, *, by: int) -> list[Sequence[Cell]]:
    """A report as lines of a spreadsheet, with what is to be said about its figures below."""
    table = counting.count(report, by=by)
    lines: list[Sequence[Cell]] = [[table.head, *(_titled(one) for one in table.columns)]]
    lines += [[line.title, *map(_exported, line.values)] for line in table.lines]
    if table.totals:
        lines.append([gettext("In all"), *map(_exported, table.totals)])
    return [*lines, *([note] for note in table.notes)]


def _exported(value: Amount) -> Cell:
    return "" if value is None else round(Decimal(value), 2)


def _bars(request: HttpRequest, of: RecordType, report: Report, *, kept: int) -> Mapping[str, Any]:
    """The controls above a report: what it shows of what, when, and what is done with it."""
    person = request.user.pk or 0
    known = phrases.names_in(of, report.filter, by=person)
    own = report.pk and (report.owner_id == person or rights.may(request, SHARE))
    url = _place(kept)
    state = urlencode(params(report))
    return {
        "of": of,
        "report": report,
        "url": url,
        "shapes": [
            (f"{url}?{urlencode(params(report, shape=one))}", title, icon, one == report.shape)
            for one, (title, icon) in SHAPES.items()
            if of.pipeline or one != Shape.FUNNEL
        ],
        "groups": _groups(of),
        "measures": [(str(one), one.title) for one in measures.offered(of)],
        "charts": [(one.value, title) for one, title in CHARTS.items()],
        "days": [(one.name, one.title) for one in bars.days(of)],
        "periods": [(name, gettext(title)) for name, (title, _stretch) in periods.PERIODS.items()],
        "chips": phrases.chips(of, report.filter, known, url=lambda given: _narrowed(kept, report, given)),
        "filter_group": filter_rows.drawn(asked.of_filter(of, report.filter, person=person), known),
        "filter_fields": filter_rows.offered(of),
        "narrow_url": f"{_place(kept, 'narrowing')}?{state}",
        "list_url": f"/{of.path}/?{asked.query(report.filter)}",
        "hidden": [
            (name, value) for name, value in params(report).items() if name in ("type", "shape", "filter", "pipeline")
        ],
        "state": params(report),
        "currencies": [("", gettext("In one currency")), ("1", gettext("Currencies apart"))],
        "kept": kept,
        "may_save": bool(own),
        "may_share": rights.may(request, SHARE),
        "title": report.title or ready.title(of, report),
        "exports": _exports(request, of, report, kept) if rights.may(request, of.may("export")) else (),
    }


def _place(kept: int, what: str = "") -> str:
    """The address of a report that is kept, or of one that the address itself describes; or of what belongs to it."""
    if kept:
        return reverse(f"records:report_{what}" if what else "records:report", args=[kept])
    return reverse(f"records:report_show_{what}" if what else "records:report_show")


def _narrowed(kept: int, report: Report, filter: asked.Filter) -> str:
    return f"{_place(kept)}?{urlencode(params(report, filter=asked.compact(filter)))}"


def _groups(of: RecordType) -> list[tuple[str, str]]:
    offered: list[tuple[str, str]] = []
    for one in grouping.offered(of):
        by = grouping.read(of, one.name)
        units = ("month", "week", "quarter", "day", "year") if by and by.unit else ("",)
        offered += [
            (f"{one.name}:{unit}", f"{one.title}, {gettext(grouping.UNITS[unit])}")
            if unit
            else (one.name, str(one.title))
            for unit in units
        ]
    return offered


def _exports(request: HttpRequest, of: RecordType, report: Report, kept: int) -> list[tuple[str, str]]:
    query = urlencode(params(report))
    names = dict.fromkeys(("xlsx", "csv"), "records:report_export" if kept else "records:report_show_export")
    return [
        (form.upper(), f"{reverse(name, args=[kept, form] if kept else [form])}?{query}")
        for form, name in names.items()
    ]
