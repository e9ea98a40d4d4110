"""What becomes of the rows of an import, as its page tells it: how many of each kind, and row by row what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from potok.engine.values import Value
from potok.kit.errors import Refused
from potok.records import catalogue
from potok.records.exchange import operations
from potok.records.exchange.models import Import, ImportLine
from potok.records.exchange.rules import Outcome, Waits
from potok.records.fields import Field
from potok.records.record_types import RecordType
from potok.records.screens import imports_asked, names, rows, wording
from potok.records.screens.imports_asked import Candidate
from potok.records.works import operations as works
from potok.records.works import sweeping
from potok.records.works.rules import BUSY, State, Undone

PAGE = 100
TITLES = {
    Outcome.ADD: (gettext_lazy("To add"), gettext_lazy("Records added"), "done"),
    Outcome.CHANGE: (gettext_lazy("To change"), gettext_lazy("Records changed"), "run"),
    Outcome.RESTORE: (gettext_lazy("To bring back"), gettext_lazy("Brought back"), "run"),
    Outcome.ASK: (gettext_lazy("Waits for you"), gettext_lazy("Waits for you"), "person"),
    Outcome.SAME: (gettext_lazy("Unchanged"), gettext_lazy("Unchanged"), "skip"),
    Outcome.SKIP: (gettext_lazy("Left out"), gettext_lazy("Left out"), "skip"),
    Outcome.WRONG: (gettext_lazy("With problems"), gettext_lazy("With problems"), "incident"),
}


@dataclass(frozen=True)
class Told:
    """One row of the file: what becomes of it, and why."""

    line: ImportLine
    title: str
    url: str
    state: str
    said: str
    differences: Sequence[tuple[str, str, str]]
    is_marked: bool
    candidates: Sequence[Candidate]


def page(of: RecordType, one: Import) -> str:
    return reverse("records:import", args=[of.path, one.pk])


def standing(one: Import) -> tuple[str, str]:
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


def report(request: HttpRequest, of: RecordType, one: Import) -> Mapping[str, Any]:
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
    here = page(of, one)
    views = [(gettext("All"), here, not shown, sum(totals.values()))]
    for name, titles in TITLES.items():
        if totals[name]:
            views.append((str(titles[not is_trial]), f"{here}?of={name}", shown == name, totals[name]))
    if kept:
        views.append((gettext("Not taken back"), f"{here}?of={Undone.KEPT}", shown == Undone.KEPT, kept))
    lines_told = _told(request, of, one, lines[:PAGE], is_trial=is_trial)
    asked = imports_asked.asked(one) if one.state == State.CHECKED else []
    return {
        "of": of,
        "one": one,
        "standing": standing(one),
        "is_busy": one.state in BUSY,
        "is_trial": is_trial,
        "done": max(one.place - operations.FIRST + 1, 0),
        "views": views,
        "wrong": totals[Outcome.WRONG],
        "asked": asked,
        "days": sweeping.KEPT_DAYS,
        "to_do": totals[Outcome.ADD] + totals[Outcome.CHANGE] + totals[Outcome.RESTORE],
        "lines": lines_told,
        "may_answer": bool(asked) or any(told.is_marked or told.candidates for told in lines_told),
        "may_choose": any(told.candidates for told in lines_told),
        "next_url": f"{here}?of={shown}&from={lines[PAGE - 1].number}" if len(lines) > PAGE else "",
    }


def _told(
    request: HttpRequest, of: RecordType, one: Import, lines: Sequence[ImportLine], *, is_trial: bool
) -> list[Told]:
    known = catalogue.current().of(of)
    pairs = [{name: both for name in line.after if (both := _both(known.get(name), line))} for line in lines]
    called = names.of_values((value for pair in pairs for both in pair.values() for value in both), by=request.user.pk)
    candidates = imports_asked.candidates(request, of, one, lines) if one.state == State.CHECKED else {}
    told = []
    for line, pair in zip(lines, pairs, strict=True):
        title, done, state = TITLES[Outcome(line.outcome)]
        if line.undone == Undone.BACK:
            done, state = gettext_lazy("Taken back"), "skip"
        differences = [
            (str(known[name].title), wording.text(known[name], was, called), wording.text(known[name], now, called))
            for name, (was, now) in pair.items()
        ]
        place = one.columns.index("title") if "title" in one.columns else 0
        url = rows.address(of, line.record_id) if line.record_id else ""
        marked = one.state == State.CHECKED and line.waits == Waits.ONE
        told.append(
            Told(
                line,
                line.cells[place],
                url,
                state,
                str(title if is_trial else done),
                differences,
                marked,
                candidates.get(line.number, ()),
            )
        )
    return told


def _both(one: Field | None, line: ImportLine) -> tuple[Value, Value] | None:
    """What a field held and holds; nothing if it is not there any more, or is of another kind by now."""
    try:
        return (one.read(line.before.get(one.name)), one.read(line.after[one.name])) if one else None
    except Refused:
        return None
