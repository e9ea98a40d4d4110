"""A run in words: who it waits for, how long, what comes next (design: words first, picture second)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from potok.people.public import Person
from potok.processes.models import Assignment, Standing
from potok.processes.queries.forecast import Forecast
from potok.processes.queries.incidents import sentence_of
from potok.processes.web.path import Point
from potok.processes.web.reading import Run
from potok.ui import words
from potok.ui.shapes import Step


def state(run: Run) -> str:
    """The glyph that stands for the whole instance."""
    if run.instance.status == Standing.COMPLETED:
        return "done"
    if run.instance.status == Standing.TERMINATED:
        return "skip"
    if run.open_incidents:
        return "incident"
    if run.instance.suspended_at:
        return "wait"
    found = {point.state for point in run.path}
    return next((one for one in ("incident", "person", "wait", "timer", "run") if one in found), "run")


def sentence(run: Run, *, reader: int | None, now: datetime) -> SafeString:
    """One or two sentences about where the instance stands and what comes next."""
    return format_html("{}{}", _here(run, reader=reader, now=now), _then(run))


def short(run: Run, *, reader: int | None) -> str:
    """The same in a few words, for a list."""
    if run.instance.is_over:
        return run.instance.status_text or (
            _("Came to its end") if run.instance.status == Standing.COMPLETED else _("Ended early")
        )
    if run.open_incidents:
        return _("Failure: %(step)s") % {"step": _failed_step(run)}
    if run.instance.suspended_at:
        return _("Suspended")
    return run.instance.status_text or _standing(run, reader=reader)


def brief(run: Run, *, reader: int | None, now: datetime) -> str:
    """The same for the card of a board: what it asks of the reader or whom else it waits for, and how long already."""
    if run.open_incidents or run.instance.suspended_at:
        return short(run, reader=reader)
    if mine := run.part_of(reader):
        lasts = words.lasts_short(now - mine.opened_at)
        return _("Waits for you: %(what)s, %(lasts)s") % {"what": mine.title, "lasts": lasts}
    asked = next((one for one in run.open_assignments if run.asked(one)), None)
    if asked is None:
        return short(run, reader=reader)
    return f"{_standing(run, reader=reader)}, {words.lasts_short(now - asked.opened_at)}"


def forecast(found: Forecast | None, *, run: Run) -> str:
    """When it will probably be over, and how many others that is reckoned from; nothing while it stands still."""
    if found is None or run.open_incidents or run.instance.suspended_at or run.instance.is_over:
        return ""
    said = ngettext(
        "By the experience of %(n)s run it will be over %(when)s.",
        "By the experience of %(n)s runs it will be over %(when)s.",
        found.by,
    )
    return said % {"n": found.by, "when": words.moment(found.at)}


def flow(run: Run, *, reader: int | None) -> list[Step]:
    """The milestones as points of a flow line."""
    return [Step(point.title, point.state, _note(run, point, reader=reader)) for point in run.milestones]


def steps(run: Run, *, reader: int | None) -> list[Step]:
    """Every step, for the upright path of the instance's page."""
    return [Step(point.title, point.state, _note(run, point, reader=reader)) for point in run.path]


def _here(run: Run, *, reader: int | None, now: datetime) -> SafeString:
    if run.instance.is_over:
        return _ending(run)
    if run.open_incidents:
        return format_html(_("Stopped by a failure: {}. Nothing is lost; it goes on after a retry."), run_incident(run))
    if run.instance.suspended_by_id:
        return format_html("{}", _("Suspended. Nothing wakes it until somebody lets it go on."))
    if run.instance.suspended_at:
        return format_html("{}", _("Suspended: the record lies in the trash. It goes on when the record is restored."))
    asked = run.open_assignments
    people = [person for one in asked for person in run.asked(one)]
    if people:
        since = min(one.opened_at for one in asked)
        titles = ", ".join(words.quoted(one.title) for one in asked)
        lasts = _lasts(run, asked, since=since, now=now)
        if any(person.pk == reader for person in people):
            return format_html(_("Waits for <b>you</b> {}: {}."), lasts, titles)
        return format_html(_("Waits for an answer {}: {}. {}."), lasts, _whom(people), titles)
    return format_html("{}.", _standing(run, reader=reader))


def _lasts(run: Run, asked: Sequence[Assignment], *, since: datetime, now: datetime) -> str:
    """How long it waits already, and how long it usually does here, where that is known and one step waits."""
    usual = run.usual.get(asked[0].node) if len({one.node for one in asked}) == 1 else None
    if usual is None:
        return words.lasts(now - since)
    return _("%(lasts)s, usually %(usual)s") % {"lasts": words.lasts(now - since), "usual": words.lasts(usual)}


def _standing(run: Run, *, reader: int | None) -> str:
    asked = [person for one in run.open_assignments for person in run.asked(one)]
    if asked:
        if any(person.pk == reader for person in asked):
            return _("Waits for you")
        return _("Waits for an answer: %(who)s") % {"who": _names(asked, reader=reader)}
    here = next((point for point in run.path if point.state in ("incident", "wait", "timer", "run")), None)
    if here is None:
        return _("Waits for its turn") if run.instance.status == Standing.QUEUED else _("Running")
    if here.state == "incident":
        return _("Failure: %(step)s") % {"step": here.title}
    due = run.due.get(here.token or 0)
    if here.state == "timer" and due is not None:
        return _("Wakes: %(when)s") % {"when": words.moment(due)}
    if here.state == "wait":
        return _("Waits: %(step)s") % {"step": here.title}
    return _("Running: %(step)s") % {"step": here.title}


def run_incident(run: Run) -> str:
    """What the first open incident says."""
    return sentence_of(run.open_incidents[0]).rstrip(".")


def _failed_step(run: Run) -> str:
    """Where it failed; what failed, if that was no step."""
    node = run.open_incidents[0].node
    return run.version.title_of_name(node) if node else run_incident(run)


def _ending(run: Run) -> SafeString:
    when = words.moment(run.instance.ended_at) if run.instance.ended_at else ""
    text = f": {run.instance.status_text}" if run.instance.status_text else ""
    if run.instance.status == Standing.COMPLETED:
        return format_html(_("Completed {}{}."), when, text)
    return format_html(_("Ended early {}{}."), when, text)


def _then(run: Run) -> SafeString:
    ahead = [point.title for point in run.milestones if point.state == "todo"]
    following = run.following
    if following is not None:  # Of several ways people choose one: nobody knows which.
        ahead = following if len(following) == 1 else []
    if run.instance.is_over or not ahead:
        return SafeString("")
    return format_html(" {} {}.", _("Next:"), words.quoted(ahead[0]))


def _whom(people: Sequence[Person]) -> SafeString:
    return format_html_join(", ", "<b>{}</b>", ((person,) for person in people[:3]))


def _names(people: Sequence[Person], *, reader: int | None) -> str:
    shown = ", ".join(_you_or_name(one, reader=reader) for one in people[:2])
    return shown if len(people) <= 2 else _("%(who)s and others") % {"who": shown}


def _you_or_name(person: Person, *, reader: int | None) -> str:
    return _("you") if person.pk == reader else str(person)


def _note(run: Run, point: Point, *, reader: int | None) -> str:
    asked = [one for one in run.assignments if one.node == point.name]
    if point.state == "person" and asked:
        return _names([person for one in asked for person in run.asked(one)], reader=reader)
    if point.state == "done" and point.ended_at:
        answered = [part for one in asked for part in run.parts.get(one.pk, []) if part.answered_at]
        who = str(answered[-1].person) if answered else ""
        return ", ".join(filter(None, (who, words.moment_short(point.ended_at))))
    due = run.due.get(point.token or 0)
    return words.moment_short(due) if due else ""


def steps_around(run: Run, *, reader: int | None) -> list[Step]:
    """The milestones for the side of an assignment: everything behind in short, all that is ahead."""
    started = Step(str(run.instance.initiator or _("The start")), "done", words.moment_short(run.instance.started_at))
    shown = [point for point in run.milestones if point.state != "skip"]
    return [started, *(Step(point.title, point.state, _note(run, point, reader=reader)) for point in shown)]
