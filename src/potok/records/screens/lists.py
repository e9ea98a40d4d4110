"""The list: a table of the records that the filter lets through, fifty at a time."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from potok.people import public as people
from potok.records import conditions, queries
from potok.records.fields import Field
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens import asked, bars, rights, rows
from potok.records.screens.asked import Asked
from potok.records.screens.screen import screen
from potok.ui import answers

PAGE = 50


@dataclass(frozen=True)
class Column:
    """The head of a column; its link sorts by it, and the other way round when it does already."""

    field: Field
    url: str
    sorted: str
    is_number: bool


@dataclass(frozen=True)
class Page:
    """Some rows; each page of the table is told of changes by itself, so that what was scrolled to stays."""

    start: int
    rows: list[rows.Row]
    url: str
    live: str
    next_url: str
    width: int

    @property
    def after(self) -> int:
        return self.start + PAGE


@require_GET
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the list, or one page of its rows when `from` says where it begins."""
    shown = asked.read(request, of, layout=asked.LIST)
    start = request.GET.get("from", "")
    page = _page(shown, int(start) if start.isdecimal() else 0, by=request.user.pk)
    if start:
        return answers.draw(request, "records/list_page.html", {"page": page, "of": of})
    found = bars.totals(of, shown.rows())
    context = {
        **bars.context(request, shown, found),
        "page": page,
        "heads": [_head(shown, field) for field in shown.columns],
        "columns": bars.columns(shown),
        "may_edit": rights.may(request, of.may("edit")),
        "exports": _exports(request, shown),
        "may_import": rights.may(request, of.may("import")),
        **(_nothing(request, shown) if not found.count else {}),
    }
    return answers.draw(request, "records/list.html", context)


def _page(shown: Asked, start: int, *, by: int | None) -> Page:
    of, columns = shown.of, shown.columns
    found = shown.rows().order_by(*conditions.order(of, shown.now.sort))
    records: list[Record] = list(found[start : start + PAGE + 1])
    more = shown.url(**{"from": str(start + PAGE)}) if len(records) > PAGE else ""
    records = records[:PAGE]
    # New records stand on the first page; the others change only with what stands on them.
    live = of.name if not start else " ".join(f"{of.name}:{record.pk}" for record in records)
    here = shown.url(**{"from": str(start)}) if start else shown.url(**{"from": "0"})
    return Page(start, rows.drawn(of, records, columns, by=by), here, live, more, len(columns) + 1)


def _exports(request: HttpRequest, shown: Asked) -> list[tuple[str, str]]:
    """Where the list lies as a file, in each form, for those who may take it away."""
    if not rights.may(request, shown.of.may("export")):
        return []
    place = [(form, reverse("records:export", args=[shown.of.path, form])) for form in ("xlsx", "csv")]
    return [(form.upper(), f"{url}?{urlencode(shown.params())}") for form, url in place]


def _head(shown: Asked, field: Field) -> Column:
    now = shown.now.sort
    sorted = {field.name: "up", f"-{field.name}": "down"}.get(now, "")
    wanted = {"": field.name, "up": f"-{field.name}", "down": ""}[sorted]
    return Column(field, shown.url(sort=wanted), sorted, rows.is_number(field))


def _nothing(request: HttpRequest, shown: Asked) -> dict[str, Any]:
    """Why there is nothing: no right, nothing yet, or nothing that the filter lets through."""
    reach = people.visible(request.user.pk, permission=shown.of.may("see"))
    narrowed = shown.is_narrowed
    first = not narrowed or not queries.rows(shown.of, by=request.user.pk).exists()
    return {"nothing": "no_right" if reach.is_nowhere else "first" if first else "no_results"}
