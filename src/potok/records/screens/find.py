"""Records by what was typed: options of a picker. Only what the person sees is found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from potok.records import queries
from potok.records.record_types import RecordType
from potok.records.screens.screen import screen
from potok.records.search import finding
from potok.ui.shapes import Option

MOST = 20


@require_GET
@screen
def options(request: HttpRequest) -> HttpResponse:
    """Answer the options of a picker of records: `/records/find?type=crm.company&q=`."""
    of = queries.type_named(request.GET.get("type", ""))
    found = found_or_mistyped(of, request.GET.get("q", "").strip(), by=request.user.pk)
    return render(request, "records/find_options.html", {"options": found})


def found_or_mistyped(of: RecordType, text: str, *, by: int | None) -> list[Option]:
    """Options for a text, however it was typed; for none the latest records."""
    if not text:
        latest = queries.rows(of, by=by).select_related(None).order_by("-pk")[:MOST]
        return [Option(str(row.pk), row.title, icon=of.icon) for row in latest]
    hits = finding.found(text, by=by, among=[of.name], most=MOST).hits
    return [Option(str(hit.object), hit.title, icon=of.icon) for hit in hits]
