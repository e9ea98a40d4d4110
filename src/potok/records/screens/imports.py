"""The way of a file into records: choosing it, its columns, what becomes of its rows (`imports_told`)."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING, Refused
from potok.kit.operations import Operation
from potok.kit.permissions import permissions
from potok.records.exchange import guessing, operations
from potok.records.exchange.formulas import guarded
from potok.records.exchange.guessing import ID
from potok.records.exchange.models import Import
from potok.records.exchange.rules import Match, Outcome
from potok.records.fields import Field
from potok.records.record_types import RecordType
from potok.records.screens import fields, imports_asked, names, rights
from potok.records.screens.imports_asked import MATCHES
from potok.records.screens.imports_told import page, report, standing
from potok.records.screens.screen import screen
from potok.records.works import operations as works
from potok.records.works import sweeping
from potok.records.works.rules import State
from potok.ui import answers

SAMPLES = 3
USUAL = ("person", "link", "choice", "yes_no")
KEYS = ("title", "phone", "email", "url", "text", "number")
ACTS: Mapping[str, Operation[..., Any]] = {
    "change": operations.change,
    "carrying": operations.carry_out,
    "stop": works.stop,
    "resumption": works.resume,
    "undoing": works.undo,
    "removal": operations.forget,
}


@dataclass(frozen=True)
class Column:
    """One column of the file: its heading, what stands in it, the field it is for."""

    place: int
    heading: str
    samples: Sequence[str]
    field: str


@require_http_methods(["GET", "POST"])
@screen
def begin(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Ask for a file, or read the one that was sent."""
    if not rights.may(request, of.may("import")):
        raise FORBIDDEN(permission=permissions[of.may("import")].title)
    error = ""
    if request.method == "POST" and (file := request.FILES.get("file")):
        try:
            with opened(request.user.pk, door="screen") as call:
                content = cast("BinaryIO", file.file)
                made = operations.begin(call, record_type=of.name, name=file.name or "", content=content)
            return answers.go(request, page(of, made))
        except Refused as refused:
            if answers.by_script(request):
                raise
            error = refused.sentence()
    known = list(Import.objects.filter(record_type=of.name, by=request.user.pk)[:20])
    context = {
        "of": of,
        "error": error,
        "known": [(one, page(of, one), standing(one)) for one in known],
        "days": sweeping.KEPT_DAYS,
    }
    return answers.draw(request, "records/imports.html", context, status=422 if error else 200)


@require_GET
@screen
def show(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Draw the choice of columns, or what becomes of the rows."""
    found = _own(request, of, id)
    if found.state == State.MAPPING:
        return answers.draw(request, "records/import_columns.html", _choice(request, of, found))
    return answers.draw(request, "records/import.html", report(request, of, found), part="records/import_rows.html")


@require_POST
@screen
def choose(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Take the choice of columns, and try it."""
    found = _own(request, of, id)
    usual = {one.name: fields.posted(one, request.POST) for one in _usual(of, found)}
    with opened(request.user.pk, door="screen") as call:
        operations.choose(
            call,
            of=found,
            columns=request.POST.getlist("column"),
            usual={name: raw for name, raw in usual.items() if raw},
            keys=request.POST.getlist("key"),
            on_match=request.POST.get("on_match", Match.UPDATE),
            starts_processes=bool(request.POST.get("starts_processes")),
        )
    return answers.go(request, page(of, found))


@require_POST
@screen
def answer(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Take what becomes of all rows that wait for one reason, of the marked ones, or of each as chosen."""
    found, said = _own(request, of, id), request.POST
    marked = [int(one) for one in said.getlist("row") if one.isdecimal() and len(one) < 9]
    with opened(request.user.pk, door="screen") as call:
        if waits := said.get("all"):
            operations.answer(call, of=found, match=said.get(f"match.{waits}", ""), waits=waits)
        elif said.get("marked"):
            operations.answer(call, of=found, match=said.get("match.one", ""), rows=marked)
        else:
            for match, rows, records in imports_asked.picked(found, said):
                operations.answer(call, of=found, match=match, rows=rows, records=records)
    return answers.go(request, page(of, found))


@require_POST
@screen
def act(request: HttpRequest, of: RecordType, id: int, act: str) -> HttpResponse:
    """Do with the import what a button says."""
    found = _own(request, of, id)
    if act not in ACTS:
        raise MISSING(id=act)
    with opened(request.user.pk, door="screen") as call:
        ACTS[act](call, of=found)
    return answers.go(request, reverse("records:imports", args=[of.path]) if act == "removal" else page(of, found))


@require_GET
@screen
def problems(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Answer the rows with problems as a file, which can be mended and sent again."""
    found = _own(request, of, id)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([guarded(one) for one in [*found.headings, gettext("Problem")]])
    for line in found.lines.filter(outcome=Outcome.WRONG).iterator():
        said = " ".join(one["sentence"] for one in line.problems)
        writer.writerow([guarded(one) for one in [*line.cells, said]])
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="problems.csv"'
    return answer


def _own(request: HttpRequest, of: RecordType, id: int) -> Import:
    found = works.own(Import, id, by=request.user.pk or 0)
    if found.record_type != of.name:
        raise MISSING(id=id)
    return found


def _choice(request: HttpRequest, of: RecordType, one: Import) -> Mapping[str, Any]:
    offered = guessing.offered(of, by=one.by_id)
    lines = list(one.lines.all()[:50])
    columns = [
        Column(place, heading, [cell for line in lines if (cell := line.cells[place])][:SAMPLES], one.columns[place])
        for place, heading in enumerate(one.headings)
    ]
    keys = [(ID, "ID"), *((name, field.title) for name, field in offered.items() if _tells_apart(field))]
    return {
        "of": of,
        "one": one,
        "columns": columns,
        "fields": [(ID, "ID"), *((name, field.title) for name, field in offered.items())],
        "keys": [(name, title, name in one.keys) for name, title in keys],
        "matches": [*MATCHES, (Match.ASK, gettext("Ask me about each"))],
        "usual": _controls(request, of, one),
    }


def _tells_apart(field: Field) -> bool:
    return field.name == "title" or (field.kind in KEYS and not getattr(field, "long", False))


def _usual(of: RecordType, one: Import) -> list[Field]:
    offered = guessing.offered(of, by=one.by_id).values()
    return [field for field in offered if field.widget in USUAL and not (field.multiple or field.read_only)]


def _controls(request: HttpRequest, of: RecordType, one: Import) -> list[SafeString]:
    shown = {field: field.read(one.usual.get(field.name)) for field in _usual(of, one)}
    known = names.of_values(shown.values(), by=request.user.pk)
    return [fields.control(of, field, value, known) for field, value in shown.items()]
