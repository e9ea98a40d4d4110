"""A change of many records on a page of its own: how far it is, what became of each record, stop, and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.kit.operations import Operation
from potok.records import catalogue, queries
from potok.records.bulk import carrying
from potok.records.bulk.models import BulkChange, BulkLine
from potok.records.bulk.rules import Outcome
from potok.records.record_types import RecordType
from potok.records.screens import chosen, names, rows, wording
from potok.records.screens.screen import screen
from potok.records.works import operations as works
from potok.records.works.carrying import BATCH
from potok.records.works.rules import BUSY, CHANGED_SINCE, State, Undone
from potok.ui import answers
from potok.ui.answers import Toast

PAGE = 100
ACTS: Mapping[str, Operation[..., Any]] = {
    "stop": works.stop,
    "resumption": works.resume,
    "undoing": works.undo,
}
TITLES = {
    Outcome.DONE: (gettext_lazy("Records changed"), "done"),
    Outcome.SAME: (gettext_lazy("Was so already"), "skip"),
    Outcome.REFUSED: (gettext_lazy("Refused"), "incident"),
    Outcome.NONE: (gettext_lazy("Not yet"), "todo"),
}


@dataclass(frozen=True)
class Told:
    """One record: what was there before, and what became of it."""

    line: BulkLine
    title: str
    url: str
    state: str
    said: str
    was: str


@require_GET
@screen
def show(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Draw the page, or only the line about how far it is."""
    found = _own(request, of, id)
    if "progress" in request.GET:
        return answers.draw(request, "records/bulk_progress.html", chosen.progress(of, found))
    return answers.draw(request, "records/bulk.html", _report(request, of, found), part="records/bulk_rows.html")


@require_POST
@screen
def act(request: HttpRequest, of: RecordType, id: int, act: str) -> HttpResponse:
    """Stop it, go on, or take it back; few records are given back at once."""
    found = _own(request, of, id)
    if act not in ACTS:
        raise MISSING(id=act)
    with opened(request.user.pk, door="screen") as call:
        ACTS[act](call, of=found)
        if found.state in BUSY and found.total < BATCH:
            carrying.carry(found)
    if answers.by_script(request):
        kept = works.counted(found)[Outcome.DONE, Undone.KEPT]
        text = gettext("Not taken back: %(count)s. %(why)s") % {"count": kept, "why": gettext(CHANGED_SINCE)}
        return answers.done(request, Toast(text, tone="incident") if kept else None)
    return answers.go(request, _page(of, found))


def _own(request: HttpRequest, of: RecordType, id: int) -> BulkChange:
    found = works.own(BulkChange, id, by=request.user.pk or 0)
    if found.record_type != of.name:
        raise MISSING(id=id)
    return found


def _page(of: RecordType, one: BulkChange) -> str:
    return reverse("records:bulk", args=[of.path, one.pk])


def _standing(one: BulkChange) -> tuple[str, str]:
    said = {
        State.RUNNING: ("run", gettext("Being carried out")),
        State.STOPPED: ("wait", gettext("Stopped on the way")),
        State.DONE: ("done", gettext("Carried out")),
        State.UNDOING: ("run", gettext("Being taken back")),
        State.UNDONE: ("skip", gettext("Taken back")),
    }
    return said[State(one.state)]


def _report(request: HttpRequest, of: RecordType, one: BulkChange) -> Mapping[str, Any]:
    counted = works.counted(one)
    totals = {name: sum(n for (outcome, _), n in counted.items() if outcome == name) for name in TITLES}
    kept = counted[Outcome.DONE, Undone.KEPT]
    shown, start = request.GET.get("of", ""), request.GET.get("from", "")
    found = one.lines.filter(pk__gt=int(start) if start.isdecimal() and len(start) < 19 else 0)
    if shown == Undone.KEPT:
        found = found.filter(undone=Undone.KEPT)
    elif shown:
        found = found.filter(outcome="" if shown == "waiting" else shown)
    lines = list(found[: PAGE + 1])
    here = _page(of, one)
    views = [(gettext("All"), here, not shown, one.total)]
    views += [
        (str(title), f"{here}?of={name or 'waiting'}", shown == (name or "waiting"), totals[name])
        for name, (title, _state) in TITLES.items()
        if totals[name]
    ]
    if kept:
        views.append((gettext("Not taken back"), f"{here}?of={Undone.KEPT}", shown == Undone.KEPT, kept))
    return {
        "of": of,
        "one": one,
        "said": chosen.said(of, one),
        "standing": _standing(one),
        "is_busy": one.state in BUSY,
        "done": one.total - totals[Outcome.NONE],
        "views": views,
        "lines": _told(request, of, one, lines[:PAGE]),
        "next_url": f"{here}?of={shown}&from={lines[PAGE - 1].pk}" if len(lines) > PAGE else "",
    }


def _told(request: HttpRequest, of: RecordType, one: BulkChange, lines: Sequence[BulkLine]) -> list[Told]:
    field = catalogue.current().of(of).get(one.field)
    before = {line.pk: field.read(line.before) if field else None for line in lines}
    known = names.of_values(before.values(), by=request.user.pk)
    ids = [line.record_id for line in lines]
    titles: dict[int, str] = {}
    for trash in (False, True):
        titles |= dict(queries.rows(of, by=request.user.pk, trash=trash).filter(pk__in=ids).values_list("pk", "title"))
    return [
        Told(
            line,
            titles.get(line.record_id, f"№ {line.record_id}"),
            rows.address(of, line.record_id) if line.record_id in titles else "",
            TITLES[Outcome(line.outcome)][1],
            gettext("Taken back") if line.undone == Undone.BACK else str(TITLES[Outcome(line.outcome)][0]),
            wording.text(field, before[line.pk], known) if field else "",
        )
        for line in lines
    ]
