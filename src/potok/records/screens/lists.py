"""The list: a table of the records that the filter lets through, fifty at a time, all of them or group by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from potok.records import access, conditions, figures, lines, queries
from potok.records.fields import Date, Field, StageField
from potok.records.grouping import Grouping
from potok.records.models import Record
from potok.records.rates import Rates
from potok.records.record_types import RecordType
from potok.records.screens import asked, bars, names, periods, phrases, rights, rows, widths
from potok.records.screens.asked import Asked
from potok.records.screens.bars import Totals
from potok.records.screens.screen import screen
from potok.records.screens.widths import Width
from potok.ui import answers

PAGE = 50
GROUPS_MAX = 200


@dataclass(frozen=True)
class Column:
    """The head of a column; its link sorts by it, and the other way round when it does already. `sum` is its foot,
    `hand` the name of the key that changes it in the line on which one stands."""

    field: Field
    url: str
    sorted: str
    is_number: bool
    sum: str
    hand: str
    width: Width


@dataclass(frozen=True)
class Page:
    """Some rows; each page of the table is told of changes by itself, so that what was scrolled to stays."""

    start: int
    rows: list[rows.Row]
    url: str
    live: str
    next_url: str
    width: int
    part: str = "rows"

    @property
    def after(self) -> int:
        return self.start + PAGE


@dataclass(frozen=True)
class Group:
    """The head of a group: what it is called, what it comes to, where its rows are."""

    title: str
    totals: Totals
    sums: Sequence[str]
    url: str
    rows_url: str
    part: str


@require_GET
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the list, or one page of its rows when `from` says where it begins."""
    shown = asked.read(request, of, layout=asked.LIST, more=(bars.APART,))
    if shown.saved and not request.GET and shown.saved.layout != asked.LIST:
        return answers.go(request, shown.url(layout=shown.saved.layout))
    start = request.GET.get("from", "")
    if start:
        part = request.GET.get("part", "rows")
        page = _page(request, shown, int(start) if start.isdecimal() else 0, part=part)
        return answers.draw(request, "records/list_page.html", {"page": page, "of": of, **_rights(request, of)})
    rates = bars.rates_of(shown)
    found = bars.totals(of, shown.rows(), rates=rates, columns=shown.columns, exact="exact" in request.GET)
    wide = widths.of(shown)
    context = {
        **bars.context(request, shown, found, rates=rates),
        **_rights(request, of),
        **(_grouped(shown, shown.group, rates=rates) if shown.group else {"page": _page(request, shown, 0)}),
        "heads": [_head(shown, field, found, wide[field.name]) for field in shown.columns],
        "has_sums": any(found.columns.values()) and found.count > 1,
        "exact_url": shown.url(exact="1") if found.is_more else "",
        "columns": bars.columns(shown),
        "process_offered": bool(lines.process_lines.all()),
        "groups_offered": bars.groups(shown),
        "exports": _exports(request, shown),
        "may_import": rights.may(request, of.may("import")),
        **(_nothing(request, shown) if not found.count else {}),
    }
    return answers.draw(request, "records/list.html", context)


def _rights(request: HttpRequest, of: RecordType) -> Mapping[str, bool]:
    return {"may_edit": rights.may(request, of.may("edit"))}


def _page(request: HttpRequest, shown: Asked, start: int, *, part: str = "rows") -> Page:
    of, columns = shown.of, shown.columns
    part = part if part.isidentifier() else "rows"
    found = shown.rows().order_by(*conditions.order(of, shown.now.sort))
    records: list[Record] = list(found[start : start + PAGE + 1])
    more = shown.url(**{"from": str(start + PAGE), "part": part}) if len(records) > PAGE else ""
    records = records[:PAGE]
    stand = lines.ask(lines.process_lines, request, [one.ref for one in records]) if shown.shows_process else None
    # New records stand on the first page; the others change only with what stands on them.
    live = of.name if not start else " ".join(f"{of.name}:{record.pk}" for record in records)
    live = f"{live} instance" if shown.shows_process else live
    here = shown.url(**{"from": str(start), "part": part})
    may_edit = rights.may(request, of.may("edit"))
    drawn = rows.drawn(of, records, columns, by=request.user.pk, stand=stand, may_edit=may_edit)
    return Page(start, drawn, here, live, more, len(columns) + 1 + shown.shows_process, part)


def _grouped(shown: Asked, by: Grouping, *, rates: Rates) -> Mapping[str, Any]:
    """The heads of all groups, in their order; rows come when a group is looked at."""
    found = figures.by_group(shown.rows(), bars.measured(shown.of, shown.columns), by.expression)
    merged = {by.value(key): one for (key,), one in found.items()}
    keys = sorted(merged, key=lambda value: (by.order(value), -merged[value].count))
    known = names.of_values(keys[:GROUPS_MAX], by=shown.person)
    groups = []
    for place, value in enumerate(keys[:GROUPS_MAX]):
        totals = bars.told(shown.of, merged[value], rates=rates, columns=shown.columns)
        filter = phrases.joined(shown.now.filter, by.where(value))
        url = shown.url(filter=filter, group="")
        groups.append(
            Group(
                periods.title(by, value, known) or gettext("Not given"),
                totals,
                [totals.columns.get(field.name, "") for field in shown.columns[1:]],
                url,
                f"{url}&{urlencode([('from', '0'), ('part', f'group{place}')])}",
                f"group{place}",
            )
        )
    return {"groups": groups, "groups_left": max(0, len(keys) - GROUPS_MAX)}


def _exports(request: HttpRequest, shown: Asked) -> list[tuple[str, str]]:
    """Where the list lies as a file, in each form, for those who may take it away."""
    if not rights.may(request, shown.of.may("export")):
        return []
    place = [(form, reverse("records:export", args=[shown.of.path, form])) for form in ("xlsx", "csv")]
    return [(form.upper(), f"{url}?{urlencode(shown.params())}") for form, url in place]


def _head(shown: Asked, field: Field, found: Totals, width: Width) -> Column:
    now = shown.now.sort
    sorted = {field.name: "up", f"-{field.name}": "down"}.get(now, "")
    wanted = {"": field.name, "up": f"-{field.name}", "down": ""}[sorted]
    return Column(field, shown.url(sort=wanted), sorted, rows.is_number(field), found.columns.get(field.name, ""),
                  _hand(shown, field), width)  # fmt: skip


def _hand(shown: Asked, field: Field) -> str:
    dates = [one for one in shown.columns if isinstance(one, Date) and not one.read_only]
    if field.name == "responsible":
        return "assign"
    return "stage" if isinstance(field, StageField) else "due" if dates[:1] == [field] else ""


def _nothing(request: HttpRequest, shown: Asked) -> dict[str, Any]:
    """Why there is nothing: no right, nothing yet, or nothing that the filter lets through."""
    reach = access.reach(request.user.pk, shown.of, "see")
    narrowed = shown.is_narrowed
    first = not narrowed or not queries.rows(shown.of, by=request.user.pk).exists()
    return {"nothing": "no_right" if reach.is_nowhere else "first" if first else "no_results"}
