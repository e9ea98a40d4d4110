"""The ladder of an assignment is climbed: people are reminded, others are asked, the head, and at last it closes.

The step that asked waits until the next rung and climbs it then; what became due meanwhile, as when a deadline was
moved, is climbed in one go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext

from potok.engine import time
from potok.engine.values import Duration
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.operations import Operation
from potok.kit.queries import Query
from potok.notify.public import notices
from potok.people import public as people
from potok.processes import asking, moving, published
from potok.processes.duties import Act, Rung, Shift, Terms
from potok.processes.models import Assignee, Assignment
from potok.ui import words

CLIMBED = """UPDATE processes_assignment a SET climbed_at = c.at FROM unnest(%b::bigint[], %b::timestamptz[]) c(id, at)
    WHERE a.id = c.id"""
LATE_KIND = "assignment_late"


@dataclass(frozen=True, slots=True)
class Climbed:
    """Until when the step waits on, and whether the assignment's time is over."""

    until: datetime | None = None
    is_over: bool = False


def rungs(assignment: Assignment, *, after: datetime) -> list[Rung]:
    """The rungs of an assignment that are later than a moment, the next one first."""
    terms = Terms.read(assignment.terms)
    moments = terms.ladder.moments(
        opened=assignment.opened_at, due=assignment.due_at, after=after, shift=_shift(assignment, terms)
    )
    return sorted(moments)


def _shift(assignment: Assignment, terms: Terms) -> Shift:
    if terms.ladder.working:
        # The company's hours: whoever is asked may be away, and that is when the ladder is needed.
        return _worked(people.working_time())
    zone = published.clock(published.version(assignment.instance.version_id).zone)

    def later(at: datetime, lasts: Duration) -> datetime:
        moved = time.add(at, lasts, zone=zone)
        assert isinstance(moved, datetime)
        return moved

    return later


def _worked(hours: time.WorkingTime) -> Shift:
    def later(at: datetime, lasts: Duration) -> datetime:
        try:
            return hours.add(at, lasts)
        except time.NoWorkingTime:
            # A company that never works still gets its answers.
            return at + timedelta(days=lasts.days + 30 * lasts.months, seconds=lasts.seconds)

    return later


def _next_all(asked: Sequence[Mapping[str, Any]]) -> list[datetime | None]:
    found = Assignment.objects.select_related("instance").in_bulk([given["assignment"] for given in asked])
    ahead = {id: rungs(one, after=one.climbed_at or one.opened_at) for id, one in found.items()}
    firsts = [ahead.get(given["assignment"]) for given in asked]
    return [first[0].at if first else None for first in firsts]


def _next(*, assignment: int) -> datetime | None:
    """When something has to be done about an assignment that nobody answers."""


def _climb(rows: Sequence[tuple[Call, Any]]) -> list[Climbed]:
    asked = [given["assignment"] for _, given in rows]
    sets.execute(moving.HOLD, (), sorted(asked))
    found = Assignment.objects.select_related("instance").in_bulk(asked)
    answers, due = [], []
    for call, given in rows:
        one = found.get(given["assignment"])
        if one is None or one.status != Assignment.OPEN:
            answers.append(Climbed())
            continue
        ahead = rungs(one, after=one.climbed_at or one.opened_at)
        passed = {rung.act for rung in ahead if rung.at <= call.at}
        later = [rung.at for rung in rungs(one, after=call.at)] if passed else [rung.at for rung in ahead]
        answers.append(Climbed(later[0] if later else None, Act.CLOSE in passed))
        if passed:
            due.append((call, one, passed))
    _carry_out(due)
    return answers


def _carry_out(due: Sequence[tuple[Call, Assignment, set[Act]]]) -> None:
    if not due:
        return
    sets.execute(CLIMBED, [(one.pk, call.at) for call, one, _ in due])
    parts = _open_parts([one for _, one, _ in due])
    reminded = []
    for call, one, acts in due:
        mine = parts.get(one.pk, [])
        if Act.CLOSE in acts:
            moving.log(call, [(one.pk, "late", {})])
        elif Act.HEAD in acts:
            _escalate(call, one, mine)
        elif Act.REASSIGN in acts:
            _reassign(call, one, mine)
        else:
            reminded += [(call, one, part.person_id) for part in mine if _is_asked(one, part)]
    remind(reminded)


def remind(asked: Sequence[tuple[Call, Assignment, int]]) -> None:
    """Remind people (assignment, person) of what waits for them; each in his language."""
    known = people.by_id(person for _, _, person in asked)
    reminded = [each for each in asked if each[2] in known]
    notices.send.many([(call.by_system(), _reminder(one, known[person])) for call, one, person in reminded])
    for call, one, person in reminded:
        moving.log(call, [(one.pk, "reminded", {"to": person})])


def _reminder(one: Assignment, to: people.Person) -> dict[str, Any]:
    with translation.override(to.language), timezone.override(to.zone):
        text = gettext("Waits for your answer: %(title)s") % {"title": words.quoted(one.title)}
        if one.due_at is not None:
            text += ". " + gettext("Deadline: %(when)s") % {"when": words.moment(one.due_at)}
        why = gettext("You are asked in a process")
    return {
        "to": to.pk,
        "text": text,
        "why": why,
        "kind": LATE_KIND,
        "url": asking.url_of(one.pk),
        "record_type": one.record_type,
        "record_id": one.record_id,
    }


def _open_parts(assignments: Sequence[Assignment]) -> dict[int, list[Assignee]]:
    found: dict[int, list[Assignee]] = {}
    parts = Assignee.objects.filter(assignment__in=assignments, status__in=(Assignee.OPEN, Assignee.LATER))
    for part in parts.select_related("assignment").order_by("pk"):
        found.setdefault(part.assignment_id, []).append(part)
    return found


def _is_asked(one: Assignment, part: Assignee) -> bool:
    return part.status == Assignee.OPEN and one.claimed_by_id in (None, part.person_id)


def _escalate(call: Call, one: Assignment, parts: Sequence[Assignee]) -> None:
    """The part of everybody who has not answered goes to his head; who has none keeps it."""
    barred = Terms.read(one.terms).barred
    asked = [part for part in parts if _is_asked(one, part)]
    heads = moving.heads_of(part.person_id for part in asked)
    known = {part.person_id: head for part in asked if (head := heads.get(part.person_id)) and head not in barred}
    moves = [moving.Move(part, known[part.person_id]) for part in asked if part.person_id in known]
    moving.move(call, moves, what="escalated")


def _reassign(call: Call, one: Assignment, parts: Sequence[Assignee]) -> None:
    """Others are asked instead of all who have not answered."""
    terms = Terms.read(one.terms)
    others = [each for each in people.expand(terms.ladder.reassign_to) if each not in terms.barred]
    if not others or not parts:
        return
    heirs = [*others, *[None] * len(parts)]
    moving.move(call, [moving.Move(part, to) for part, to in zip(parts, heirs, strict=False)], what="escalated")
    moving.join(call, [(one, person) for person in others[len(parts) :]], what="added")


next_rung: Query[Any, datetime | None] = Query("processes.assignment.next_rung", _next, _next_all)
climb: Operation[Any, Climbed] = Operation("processes.assignment.climb", "", lambda call, **given: given, _climb)
