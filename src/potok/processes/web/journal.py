"""The journal in words: a line is a moment, a glyph, a sentence and how long it took."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from potok.engine import values
from potok.engine.graph import Caught, What
from potok.people import public as people
from potok.processes import published
from potok.processes.duties import Terms
from potok.processes.models import Assignee, Assignment, Incident
from potok.processes.queries.entries import MIGRATED
from potok.processes.queries.incidents import sentence_of
from potok.processes.signing import MERGED, OPERATED, PARTED
from potok.processes.web.path import Line
from potok.processes.web.reading import Run
from potok.processes.web.shown import Shown
from potok.ui import words


@dataclass(frozen=True)
class Told:
    """One line to show."""

    at: datetime
    glyph: str
    sentence: SafeString
    note: str = ""
    values: Sequence[tuple[str, str]] = ()


def told(run: Run, *, reader: int | None = None) -> list[Told]:
    """All lines, the latest first, with what was answered as this reader may know it."""
    # What one transaction wrote has one moment: an answer comes before the question that it leads to.
    lines = [*_begun_lines(run), *_answered(run, reader=reader), *_entries(run), *_asked(run), *_failed(run)]
    return sorted(lines, key=lambda line: line.at)[::-1]


def _begun_lines(run: Run) -> Iterator[Told]:
    for line in run.lines:
        if line.what == "started":
            yield Told(line.at, "run", _begun(run), _("version %(n)s") % {"n": _first_version(run)})


def _first_version(run: Run) -> int:
    """The number of the version that it started with: another one than its own, if it was moved."""
    moves = [line.detail for line in run.lines if line.what == MIGRATED and isinstance(line.detail, dict)]
    return published.version(moves[0]["was"]).number if moves else run.version.number


def _entries(run: Run) -> Iterator[Told]:
    human = {one.node for one in run.assignments} | run.quiet
    sentences = _sentences()
    who = _operators(run)
    for line in run.lines:
        title = line.gone or run.version.title_of(line.node)
        if line.what in (OPERATED, MIGRATED):
            yield _by_operator(line, who)
        elif line.what in sentences and (line.gone or run.graph.names[line.node] not in human):
            glyph, sentence = sentences[line.what]
            yield Told(line.at, glyph, format_html(sentence, _strong(title)), _lasted(run, line))
        elif line.what == "caught" and _is_error(run, line):
            took_up = _("The process takes up what went wrong")
            yield Told(line.at, "run", format_html("{}", took_up), str(line.detail or ""))
        elif line.what == "compensated":
            yield Told(line.at, "run", format_html("{}", _("The process undoes what was done")))
        elif line.what == "completed":
            yield Told(line.at, "done", format_html("{}", _("The process is completed")))
        elif line.what == "terminated":
            yield Told(line.at, "skip", format_html("{}", _("The process was ended")), str(line.detail or ""))


def _is_error(run: Run, line: Line) -> bool:
    payload = None if line.gone else run.graph.payloads[line.node]
    return isinstance(payload, Caught) and payload.what == What.ERROR


def _sentences() -> dict[str, tuple[str, str]]:
    return {
        "performed": ("done", _("Done: {}")),
        "slept": ("timer", _("Sleeps: {}")),
        "woke": ("done", _("Woke: {}")),
        "listened": ("wait", _("Waits: {}")),
        "happened": ("done", _("Came true: {}")),
        "called": ("run", _("Started another process: {}")),
        "returned": ("done", _("The other process is over: {}")),
        "skipped": ("skip", _("Skipped by an operator: {}")),
        "retried": ("run", _("Tried again: {}")),
    }


def _operators(run: Run) -> dict[int, str]:
    told_of = (line.detail for line in run.lines if line.what in (OPERATED, MIGRATED) and isinstance(line.detail, dict))
    return people.names([detail["by"] for detail in told_of if detail.get("by")])


def _by_operator(line: Line, who: Mapping[int, str]) -> Told:
    """What an operator did, with his name."""
    detail: dict[str, Any] = line.detail if isinstance(line.detail, dict) else {}
    name = _strong(who.get(detail.get("by") or 0, _("The system")))
    did = str(detail.get("did", ""))
    said = {
        "": _("{} moves the process to another version"),
        "suspended": _("{} suspends the process"),
        "resumed": _("{} lets the process go on"),
        "assigned": _("{} changes the data of the process"),
        "moved": _("{} moves the process to another step"),
        MERGED: _("{} merges the record of the process with another one"),
        PARTED: _("{} takes the merged records apart"),
        "ended": _("{} ends the process"),
        "retried": _("{} has a failed step tried again"),
        "skipped": _("{} lets the process go on without a failed step"),
    }
    return Told(line.at, "person", format_html(said.get(did, said[""]), name), _more(line.what, detail))


def _more(what: str, detail: Mapping[str, Any]) -> str:
    if what == MIGRATED and "was" in detail:
        numbers = {"was": published.version(detail["was"]).number, "now": published.version(detail["now"]).number}
        return _("from version %(was)s to version %(now)s") % numbers
    if detail.get("did") == "moved":
        return f"{detail.get('was', '')} → {detail.get('now', '')}"
    if isinstance(detail.get("values"), dict):
        return ", ".join(f"{name} = {value}" for name, value in detail["values"].items())
    return str(detail.get("reason") or "")


def _begun(run: Run) -> SafeString:
    initiator = run.instance.initiator
    if initiator is None:
        return format_html("{}", _("The process started"))
    return format_html(_("{} starts the process"), _strong(str(initiator)))


def _asked(run: Run) -> Iterator[Told]:
    for one in run.assignments:
        people = ", ".join(str(part.person) for part in run.parts.get(one.pk, []))
        due = _("due %(when)s") % {"when": words.deadline(one.due_at)} if one.due_at else ""
        yield Told(one.opened_at, "person", format_html(_("Assignment {} went to {}"), _strong(one.title), people), due)
        if one.status in (Assignment.TIMED_OUT, Assignment.WITHDRAWN) and one.closed_at:
            yield Told(one.closed_at, "skip", format_html(_closing(one), _strong(one.title)))


def _closing(one: Assignment) -> str:
    if one.status == Assignment.TIMED_OUT:
        return _("Nobody answered {} in time")
    return _("Assignment {} was taken back")


def _answered(run: Run, *, reader: int | None) -> Iterator[Told]:
    shown = Shown("", reader=reader)
    for one in run.assignments:
        for part in run.parts.get(one.pk, []):
            if part.answered_at:
                given = _given(run, one, part, shown=shown)
                yield Told(part.answered_at, _answer_glyph(part), _answer(one, part), _took(one, part), given)


def _given(run: Run, one: Assignment, part: Assignee, *, shown: Shown) -> list[tuple[str, str]]:
    """What was filled into the form, by the titles of its fields; of a private question only to those it asked."""
    asked = {each.person_id for each in run.parts.get(one.pk, [])}
    if Terms.read(one.terms).private and shown.reader not in asked:
        return []
    titles = {each["name"]: _(each["title"]) for each in one.form.get("fields", []) if each.get("title")}
    named = ((titles.get(name) or name, values.decode(value)) for name, value in part.values.items())
    return [(title, shown.plain("", value)) for title, value in named if not values.is_empty(value)]


def _answer_glyph(part: Assignee) -> str:
    return "skip" if part.answer in ("rejected", "declined") else "done"


def _answer(one: Assignment, part: Assignee) -> SafeString:
    button = next((each["title"] for each in one.form.get("answers", []) if each["name"] == part.answer), part.answer)
    said = format_html("{}: {}, {}", _strong(str(part.person)), words.quoted(_(button) if button else ""), one.title)
    return format_html("{}. {}", said, words.quoted(part.comment)) if part.comment else said


def _took(one: Assignment, part: Assignee) -> str:
    return words.lasts(part.answered_at - one.opened_at) if part.answered_at else ""


def _failed(run: Run) -> Iterator[Told]:
    for one in run.incidents:
        yield Told(one.at, "incident", format_html("{}", sentence_of(one)), _mended(one))


def _mended(incident: Incident) -> str:
    if incident.resolved_at is None:
        return _("waits for an operator")
    kinds = {"retried": _("tried again"), "skipped": _("skipped"), "gone": _("not needed any more")}
    return kinds.get(incident.resolution, incident.resolution)


def _lasted(run: Run, line: Line) -> str:
    begun = [one.at for one in run.lines if one.node == line.node and one.token == line.token and one.at < line.at]
    return words.lasts(line.at - begun[0]) if begun and line.what in ("performed", "woke", "happened") else ""


def _strong(text: str) -> SafeString:
    return format_html('<b class="b">{}</b>', text)
