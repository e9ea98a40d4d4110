"""Dashboards: kept reports side by side, each fetched when it comes into view; and the plans of people."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import queries
from potok.records.exchange.cells import Cell
from potok.records.fields.number import read_number
from potok.records.operations.views import SHARE
from potok.records.record_types import record_types
from potok.records.reports import measures, operations
from potok.records.reports.models import Dashboard, Plan, Report
from potok.records.reports.rules import NEGATIVE
from potok.records.screens import exports, periods, reports, rights
from potok.records.screens.screen import screen
from potok.ui import answers, words
from potok.ui.answers import Toast

MONTHS = 6


@require_GET
@screen
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw a dashboard; its reports come by themselves."""
    found = operations.found(Dashboard, id, by=request.user.pk)
    chosen = [tile.report for tile in found.tiles.select_related("report")]
    context = {
        "dashboard": found,
        "tiles": [(one, reverse("records:report_tile", args=[one.pk])) for one in chosen],
        "offered": _offered(request, [one.pk for one in chosen]),
        "exports": [(form.upper(), reverse("records:dashboard_export", args=[id, form])) for form in ("xlsx", "csv")]
        if any(rights.may(request, queries.type_named(one.record_type).may("export")) for one in chosen)
        else (),
        "may_edit": found.owner_id == request.user.pk or rights.may(request, SHARE),
    }
    return answers.draw(request, "records/dashboard.html", context)


@require_GET
@screen
def write(request: HttpRequest, id: int, form: str) -> HttpResponse:
    """Answer all reports of a dashboard as one file, one below the other, as far as the reader may take them away."""
    found = operations.found(Dashboard, id, by=request.user.pk)
    shown = [tile.report for tile in found.tiles.select_related("report")]
    taken = [one for one in shown if rights.may(request, queries.type_named(one.record_type).may("export"))]
    if shown and not taken:
        raise FORBIDDEN(permission=permissions[queries.type_named(shown[0].record_type).may("export")].title)
    lines: list[Sequence[Cell]] = []
    for one in taken:
        lines += [[one.title], *reports.exported(one, by=request.user.pk or 0), [""]]
    return exports.answer(iter(lines), form, found.title)


def _offered(request: HttpRequest, chosen: list[int]) -> list[tuple[Report, bool]]:
    """All reports that could stand there, those that do first and in their order."""
    kept = {one.pk: one for one in operations.visible(Report, by=request.user.pk)}
    first = [kept.pop(id) for id in chosen if id in kept]
    return [*((one, True) for one in first), *((one, False) for one in kept.values())]


@require_POST
@screen
def save(request: HttpRequest, id: int = 0) -> HttpResponse:
    """Make a dashboard, or change the name and the reports of one."""
    kept = operations.found(Dashboard, id, by=request.user.pk) if id else None
    reports = [int(one) for one in request.POST.getlist("reports") if one.isdecimal() and len(one) < 19]
    shared = kept.owner_id is None if kept else bool(request.POST.get("shared"))
    with opened(request.user.pk, door="screen") as call:
        made = operations.save_dashboard(
            call, title=request.POST.get("title", ""), reports=reports, shared=shared, dashboard=kept
        )
    return answers.go(request, reverse("records:dashboard", args=[made.pk]))


@require_POST
@screen
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Forget a dashboard."""
    found = operations.found(Dashboard, id, by=request.user.pk)
    with opened(request.user.pk, door="screen") as call:
        operations.remove_dashboard(call, dashboard=found)
    toast = Toast(gettext("The dashboard “%(title)s” is removed") % {"title": words.inside(found.title)})
    return answers.go(request, reverse("records:reports"), toast=toast)


@require_http_methods(["GET", "POST"])
@screen
def plans(request: HttpRequest) -> HttpResponse:
    """Draw the plans of all people for some months, or keep one that was typed."""
    if not people.may(request.user.pk, permission=operations.PLAN):
        raise FORBIDDEN(permission=permissions[operations.PLAN].title)
    return _set(request) if request.method == "POST" else _plans(request)


def _plans(request: HttpRequest) -> HttpResponse:
    seen = {name: of for name, of in record_types.all().items() if rights.may(request, of.may("see"))}
    if not seen:
        raise MISSING(id="plans")
    name = request.GET.get("type", "")
    of = seen.get(name) or next((one for one in seen.values() if one.pipeline), next(iter(seen.values())))
    offered = measures.offered(of)
    measure = measures.read(of, request.GET.get("measure", "")) or (offered[1] if len(offered) > 1 else offered[0])
    months = _months(timezone.localdate(clock.now()))
    found = Plan.objects.filter(record_type=of.name, measure=str(measure), month__in=months)
    held = {(one.person_id, one.month): one.amount for one in found}
    context = {
        "of": of,
        "types": [(one.name, one.plural) for one in seen.values()],
        "measures": [(str(one), one.title) for one in offered if one.kind != measures.AVERAGE],
        "measure": str(measure),
        "months": [periods.stretch(one, "month") for one in months],
        "lines": [
            (person, [(one, _typed(held.get((person.pk, one)))) for one in months])
            for person in people.active().order_by("surname", "name", "pk")[:200]
        ],
    }
    return answers.draw(request, "records/plans.html", context)


def _months(today: date) -> list[date]:
    first = today.year * 12 + today.month - 2
    return [date(place // 12, place % 12 + 1, 1) for place in range(first, first + MONTHS)]


def _typed(amount: Decimal | None) -> str:
    return "" if amount is None else words.number(amount.normalize() + 0)


def _set(request: HttpRequest) -> HttpResponse:
    given = request.POST
    person, month = given.get("person", ""), given.get("month", "")
    amount: Any = given.get("amount", "").strip()
    try:
        first = date.fromisoformat(month)
        read = Decimal(read_number(amount)) if amount else None
    except (ValueError, InvalidOperation):
        raise NEGATIVE(place="amount") from None
    if not person.isdecimal():
        raise MISSING(id=person)
    of = queries.type_named(given.get("type", ""))
    with opened(request.user.pk, door="screen") as call:
        operations.set_plan(
            call,
            record_type=of.name,
            person=people.person(int(person)).pk,
            month=first,
            amount=read,
            measure=given.get("measure", measures.COUNT),
        )
    return answers.done(request)
