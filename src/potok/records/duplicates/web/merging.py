"""The preview of a merge: field by field, what stays, what is united, what moves; and carrying it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.records import queries
from potok.records.duplicates import operations, rules
from potok.records.duplicates.followers import followers
from potok.records.duplicates.models import Merge
from potok.records.duplicates.web.inbox import check
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens import names, rows, wording
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.answers import Toast


@dataclass(frozen=True)
class Cell:
    """What one record holds in a field; `chosen` is what stays."""

    id: int
    text: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One field: the values of all records, or what they come to together."""

    name: str
    title: str
    cells: Sequence[Cell]
    united: str
    is_same: bool


@require_http_methods(["GET", "POST"])
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw what would become of the records `ids` of a type, or make them one."""
    check(request)
    chosen = _chosen(request, of)
    kept = _kept(request, chosen)
    lost = [one for one in chosen if one.pk != kept.pk]
    if request.method == "GET":
        return answers.draw(request, "duplicates/merge.html", _preview(request, of, kept, chosen))
    by_id = {str(one.pk): one for one in chosen}
    fields = operations.mergeable(of)
    values = {
        name: field.of(by_id[asked])
        for name, field in fields.items()
        if not field.multiple and (asked := request.POST.get(f"take.{name}", "")) in by_id
    }
    with opened(request.user.pk, door="screen") as call:
        made = operations.merge(call, kept=kept, lost=lost, values=values)
    undo = reverse("duplicates:unmerge", args=[made.pk])
    return answers.go(request, rows.address(of, kept.pk), toast=Toast(gettext("Merged into one"), undo=undo))


@require_POST
@screen
def undo(request: HttpRequest, id: int) -> HttpResponse:
    """Take merged records apart."""
    check(request)
    made = Merge.objects.filter(pk=id).first()
    if made is None:
        raise MISSING(id=id)
    of = queries.type_named(made.kind)
    queries.find(of, made.kept, by=request.user.pk)
    with opened(request.user.pk, door="screen") as call:
        operations.unmerge(call, merge=made)
    return answers.go(request, rows.address(of, made.kept), toast=Toast(gettext("They are apart again")))


def _chosen(request: HttpRequest, of: RecordType) -> list[Record]:
    asked = [int(id) for id in request.GET.get("ids", "").split(",") if id.isdecimal() and len(id) < 19]
    found = list(queries.rows(of, by=request.user.pk).filter(pk__in=asked[: rules.RECORDS_MAX + 1]).order_by("pk"))
    rules.check_count(len(found))
    return found


def _kept(request: HttpRequest, chosen: Sequence[Record]) -> Record:
    """The one that stays: as was asked, or the one of which most is known, or else the oldest."""
    asked = request.POST.get("kept") or request.GET.get("kept", "")
    return next((one for one in chosen if str(one.pk) == asked), max(chosen, key=lambda one: (_filled(one), -one.pk)))


def _filled(row: Record) -> int:
    return sum(field.of(row) not in (None, "", ()) for field in operations.mergeable(_type(row)).values())


def _type(row: Record) -> RecordType:
    return queries.type_named(row.record_type)


def _preview(request: HttpRequest, of: RecordType, kept: Record, chosen: Sequence[Record]) -> dict[str, Any]:
    lost = [one for one in chosen if one.pk != kept.pk]
    fields = operations.mergeable(of)
    values = {name: [field.of(one) for one in chosen] for name, field in fields.items()}
    united = {name: field.of(kept) for name, field in fields.items()} | operations.unite(of, kept, lost)
    known = names.of_values((value for each in values.values() for value in each), by=request.user.pk)

    def line(name: str, field: Any) -> Line:
        texts = [wording.text(field, value, known) for value in values[name]]
        after = wording.text(field, united[name], known)
        first = next((place for place, value in enumerate(values[name]) if value == united[name]), -1)
        place = next(
            (n for n, one in enumerate(chosen) if one.pk == kept.pk and values[name][n] == united[name]), first
        )
        cells = [Cell(one.pk, text, n == place) for n, (one, text) in enumerate(zip(chosen, texts, strict=True))]
        return Line(name, str(field.title), cells, after if field.multiple else "", len(set(texts)) == 1)

    lines = [line(name, field) for name, field in fields.items()]
    refs = [one.ref for one in lost]
    ids = ",".join(str(one.pk) for one in chosen)
    here = f"{reverse('duplicates:merge', args=[of.path])}?ids={ids}"
    return {
        "of": of,
        "kept": kept,
        "records": [(one, rows.address(of, one.pk), f"{here}&kept={one.pk}") for one in chosen],
        "here": f"{here}&kept={kept.pk}",
        "differing": [one for one in lines if not one.is_same and any(cell.text for cell in one.cells)],
        "same": [one for one in lines if one.is_same and one.cells[0].text],
        "moving": [(one.title, count) for one in followers.all().values() if (count := one.count(refs))],
        "lost_count": len(lost),
    }
