"""What stands at the side of an assignment in words: the ladder ahead of it, its log, who is asked, who may do what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from potok.people import public as people
from potok.processes import climbing, directing
from potok.processes.duties import Act, Delegate, Terms
from potok.processes.models import Assignee, Assignment, Handling
from potok.ui import words

RUNGS_MAX = 5


@dataclass(frozen=True)
class Line:
    """One line of the log."""

    at: datetime
    sentence: str


def ladder(assignment: Assignment, *, now: datetime) -> list[tuple[str, datetime]]:
    """What follows if nobody answers, the next first."""
    ahead = climbing.rungs(assignment, after=now)
    titles = {
        Act.REMIND: _("Reminder"),
        Act.REASSIGN: _("Others are asked"),
        Act.HEAD: _("The head is asked"),
        Act.CLOSE: _("The process goes on without an answer"),
    }
    return [(titles[rung.act], rung.at) for rung in ahead[:RUNGS_MAX]]


def log(assignment: Assignment) -> list[Line]:
    """What was done with it, the latest first."""
    rows = list(Handling.objects.filter(assignment=assignment).select_related("by").order_by("-pk"))
    named = {row.fields.get(key) for row in rows for key in ("from", "to")}
    names = people.names(one for one in named if isinstance(one, int))
    return [Line(row.at, _sentence(row, names)) for row in rows]


def _sentence(row: Handling, names: dict[int, str]) -> str:
    told = {
        "who": str(row.by) if row.by else "",
        "from": names.get(row.fields.get("from", 0), ""),
        "to": names.get(row.fields.get("to", 0), ""),
    }
    if row.what == "due":
        return _moved(row) % {**told, **_moments(row)}
    return _template(row) % told


def _template(row: Handling) -> str:
    goes = "to" in row.fields
    known = {
        "claimed": _("%(who)s takes it from the queue"),
        "given_back": _("%(who)s gives it back to the queue"),
        "delegated": _("%(from)s hands it over: %(to)s"),
        "reassigned": _("%(who)s gives it to somebody else: %(to)s instead of %(from)s"),
        "escalated": _("No answer in time: %(to)s instead of %(from)s")
        if goes
        else _("No answer in time: %(from)s is asked no more"),
        "reminded": _("%(who)s reminds: %(to)s") if row.by else _("A reminder: %(to)s"),
        "text": _("%(who)s changes the text"),
        "added": _("%(who)s asks one more person: %(to)s") if row.by else _("One more person is asked: %(to)s"),
        "excused": _("%(who)s asks no more: %(from)s"),
        "left": _("%(from)s has left: %(to)s is asked instead") if goes else _("%(from)s has left, others are asked"),
        "passed_over": _("%(from)s is away: %(to)s stands in"),
        "returned": _("%(to)s is back and has it again, %(from)s stood in"),
        "joined_group": _("%(to)s belongs to the group now"),
        "left_group": _("%(from)s does not belong to the group any more"),
        "handed_over": _("Everything of %(from)s is handed over: %(to)s") if goes else _("%(from)s is asked no more"),
        "late": _("The time for an answer is over"),
    }
    return known.get(row.what, row.what)


def _moved(row: Handling) -> str:
    if "now" not in row.fields:
        return _("%(who)s takes the deadline away: it was %(was)s")
    if "was" not in row.fields:
        return _("%(who)s sets a deadline: %(now)s")
    return _("%(who)s moves the deadline: %(now)s instead of %(was)s")


def _moments(row: Handling) -> dict[str, str]:
    return {
        name: words.moment(datetime.fromisoformat(row.fields[name])) for name in ("was", "now") if name in row.fields
    }


def asked(assignment: Assignment, parts: Sequence[Assignee]) -> list[tuple[Assignee, str]]:
    """Everybody who has a part in it, with how it stands."""
    return [(part, _stands(assignment, part)) for part in parts if part.status != Assignee.LEFT]


def _stands(assignment: Assignment, part: Assignee) -> str:
    if part.status == Assignee.DONE:
        return _("Answered: %(answer)s") % {"answer": _title(assignment, part.answer)}
    if part.status == Assignee.LATER:
        return _("Is asked later")
    if part.status == Assignee.CLOSED or assignment.status != Assignment.OPEN:
        return _("Was not needed")
    if assignment.claimed_by_id == part.person_id:
        return _("Has taken it")
    if assignment.claimed_by_id is not None or assignment.is_queue:
        return _("May take it")
    return _("Is asked")


def _title(assignment: Assignment, answer: str) -> str:
    titles = {each["name"]: _(each["title"]) for each in assignment.form.get("answers", [])}
    return titles.get(answer, answer)


def may(assignment: Assignment, *, reader: int | None, mine: Assignee | None) -> dict[str, Any]:
    """What this reader may do with it besides answering."""
    is_open = assignment.status == Assignment.OPEN
    is_asked = is_open and mine is not None and mine.status in (Assignee.OPEN, Assignee.LATER)
    directs = is_open and directing.may_direct(reader, assignment)
    waits = is_asked and mine is not None and mine.status == Assignee.OPEN
    return {
        "may_claim": waits and assignment.is_queue and assignment.claimed_by_id is None,
        "may_return": is_open
        and assignment.claimed_by_id is not None
        and (directs or assignment.claimed_by_id == reader),
        "may_delegate": is_asked and Terms.read(assignment.terms).delegate != Delegate.NOBODY,
        "may_direct": directs,
    }
