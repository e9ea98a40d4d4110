"""The way of a file into records: choosing it, its columns, what it would change, what it has changed."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING, Refused
from potok.kit.operations import Operation
from potok.kit.permissions import permissions
from potok.records import catalogue
from potok.records.exchange import guessing, operations
from potok.records.exchange.formulas import guarded
from potok.records.exchange.guessing import ID
from potok.records.exchange.models import Import, ImportLine
from potok.records.exchange.rules import Match, Outcome
from potok.records.fields import Field
from potok.records.record_types import RecordType
from potok.records.screens import fields, names, rights, rows, wording
from potok.records.screens.screen import screen
from potok.records.works import operations as works
from potok.records.works.rules import BUSY, State, Undone
from potok.ui import answers

PAGE = 100
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
TITLES = {
    Outcome.ADD: (gettext_lazy("To add"), gettext_lazy("Records added"), "done"),
    Outcome.CHANGE: (gettext_lazy("To change"), gettext_lazy("Records changed"), "run"),
    Outcome.SAME: (gettext_lazy("Unchanged"), gettext_lazy("Unchanged"), "skip"),
    Outcome.SKIP: (gettext_lazy("Left out"), gettext_lazy("Left out"), "skip"),
    Outcome.WRONG: (gettext_lazy("With problems"), gettext_lazy("With problems"), "incident"),
}
MATCHES = (
    (Match.UPDATE, gettext_lazy("Change the record that is there")),
    (Match.SKIP, gettext_lazy("Leave the row out")),
    (Match.ADD, gettext_lazy("Add another record")),
)


@dataclass(frozen=True)
class Column:
    """One column of the file: its heading, what stands in it, the field it is for."""

    place: int
    heading: str
    samples: Sequence[str]
    field: str


@dataclass(frozen=True)
class Told:
    """One row of the file: what becomes of it, and why."""

    line: ImportLine
    title: str
    url: str
    state: str
    said: str
    differences: Sequence[tuple[str, str, str]]


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
            return answers.go(request, _page(of, made))
        except Refused as refused:
            if answers.by_script(request):
                raise
            error = refused.sentence()
    known = list(Import.objects.filter(record_type=of.name, by=request.user.pk)[:20])
    context = {"of": of, "error": error, "known": [(one, _page(of, one), _standing(one)) for one in known]}
    return answers.draw(request, "records/imports.html", context, status=422 if error else 200)


@require_GET
@screen
def show(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Draw the choice of columns, or what becomes of the rows."""
    found = _own(request, of, id)
    if found.state == State.MAPPING:
        return answers.draw(request, "records/import_columns.html", _choice(request, of, found))
    return answers.draw(request, "records/import.html", _report(request, of, found), part="records/import_rows.html")


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
    return answers.go(request, _page(of, found))


@require_POST
@screen
def act(request: HttpRequest, of: RecordType, id: int, act: str) -> HttpResponse:
    """Do with the import what a button says."""
    found = _own(request, of, id)
    if act not in ACTS:
        raise MISSING(id=act)
    with opened(request.user.pk, door="screen") as call:
        ACTS[act](call, of=found)
    return answers.go(request, reverse("records:imports", args=[of.path]) if act == "removal" else _page(of, found))


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


def _page(of: RecordType, one: Import) -> str:
    return reverse("records:import", args=[of.path, one.pk])


def _standing(one: Import) -> tuple[str, str]:
    """The state of an import: its sign and its words."""
    said = {
        State.MAPPING: ("todo", gettext("Columns are to be chosen")),
        State.CHECKING: ("run", gettext("Being checked")),
        State.CHECKED: ("person", gettext("Ready to be imported")),
        State.RUNNING: ("run", gettext("Being imported")),
        State.STOPPED: ("wait", gettext("Stopped on the way")),
        State.DONE: ("done", gettext("Imported")),
        State.UNDOING: ("run", gettext("Being taken back")),
        State.UNDONE: ("skip", gettext("Taken back")),
    }
    return said[State(one.state)]


def _choice(request: HttpRequest, of: RecordType, one: Import) -> Mapping[str, Any]:
    offered = guessing.offered(of, by=one.by_id)
    lines = list(one.lines.all()[:50])
    columns = [
        Column(place, heading, [cell for line in lines if (cell := line.cells[place])][:SAMPLES], one.columns[place])
        for place, heading in enumerate(one.headings)
    ]
    keys = [(ID, "ID"), *((n, f.title) for n, f in offered.items() if (n == "title" or f.kind in KEYS))]
    return {
        "of": of,
        "one": one,
        "columns": columns,
        "fields": [(ID, "ID"), *((name, field.title) for name, field in offered.items())],
        "keys": [(name, title, name in one.keys) for name, title in keys],
        "matches": MATCHES,
        "usual": _controls(request, of, one),
    }


def _usual(of: RecordType, one: Import) -> list[Field]:
    offered = guessing.offered(of, by=one.by_id).values()
    return [field for field in offered if field.widget in USUAL and not (field.multiple or field.read_only)]


def _controls(request: HttpRequest, of: RecordType, one: Import) -> list[SafeString]:
    shown = {field: field.read(one.usual.get(field.name)) for field in _usual(of, one)}
    known = names.of_values(shown.values(), by=request.user.pk)
    return [fields.control(of, field, value, known) for field, value in shown.items()]


def _report(request: HttpRequest, of: RecordType, one: Import) -> Mapping[str, Any]:
    counted = works.counted(one)
    is_trial = one.state in (State.CHECKING, State.CHECKED)
    totals = {name: sum(n for (outcome, _), n in counted.items() if outcome == name) for name in TITLES}
    kept = sum(n for (_, undone), n in counted.items() if undone == Undone.KEPT)
    shown = request.GET.get("of", "")
    start = request.GET.get("from", "")
    first = int(start) if start.isdecimal() and len(start) < 9 else 0
    found = one.lines.exclude(outcome=Outcome.NONE).filter(number__gt=first)
    found = (
        found.filter(undone=Undone.KEPT) if shown == Undone.KEPT else found.filter(outcome=shown) if shown else found
    )
    lines = list(found[: PAGE + 1])
    here = _page(of, one)
    views = [(gettext("All"), here, not shown, sum(totals.values()))]
    for name, titles in TITLES.items():
        if totals[name]:
            views.append((str(titles[not is_trial]), f"{here}?of={name}", shown == name, totals[name]))
    if kept:
        views.append((gettext("Not taken back"), f"{here}?of={Undone.KEPT}", shown == Undone.KEPT, kept))
    return {
        "of": of,
        "one": one,
        "standing": _standing(one),
        "is_busy": one.state in BUSY,
        "is_trial": is_trial,
        "done": max(one.place - operations.FIRST + 1, 0),
        "views": views,
        "wrong": totals[Outcome.WRONG],
        "to_do": totals[Outcome.ADD] + totals[Outcome.CHANGE],
        "lines": _told(request, of, one, lines[:PAGE], is_trial=is_trial),
        "next_url": f"{here}?of={shown}&from={lines[PAGE - 1].number}" if len(lines) > PAGE else "",
    }


def _told(
    request: HttpRequest, of: RecordType, one: Import, lines: Sequence[ImportLine], *, is_trial: bool
) -> list[Told]:
    known = catalogue.current().of(of)
    pairs = [
        {name: (known[name].read(line.before.get(name)), known[name].read(after)) for name, after in line.after.items()
         if name in known}
        for line in lines
    ]  # fmt: skip
    called = names.of_values((value for pair in pairs for both in pair.values() for value in both), by=request.user.pk)
    told = []
    for line, pair in zip(lines, pairs, strict=True):
        title, done, state = TITLES[Outcome(line.outcome)]
        differences = [
            (str(known[name].title), wording.text(known[name], was, called), wording.text(known[name], now, called))
            for name, (was, now) in pair.items()
        ]
        place = one.columns.index("title") if "title" in one.columns else 0
        url = rows.address(of, line.record_id) if line.record_id else ""
        told.append(Told(line, line.cells[place], url, state, str(title if is_trial else done), differences))
    return told
