"""Assignments in the hands of those who answer for them: other people, deadline or text, each with a line of log."""

from datetime import datetime

from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.notify.public import waiting
from potok.processes import asking, climbing, directing, duties, moving, rules
from potok.processes.models import Assignee, Assignment
from potok.processes.operations.assignments import serve


@operation("processes.assignment.change", needs="")
def change(
    call: Call,
    *,
    assignment: Assignment,
    title: str | None = None,
    description: str | None = None,
    due_at: datetime | None = None,
    without_due: bool = False,
) -> Assignment:
    """Change the text or the deadline of an open assignment; what is not given stays.

    Its reminders and whatever else follows the deadline move with it.
    """
    directing.check(call, assignment)
    was = _open(assignment)
    if due_at is not None and due_at <= call.at and due_at != was.due_at:
        raise duties.DUE_PASSED(place="due_at")
    due = None if without_due else due_at or was.due_at
    wanted = {"title": (title or "").strip() or was.title, "due_at": due,
              "description": was.description if description is None else description}  # fmt: skip
    changed = {name: value for name, value in wanted.items() if value != getattr(was, name)}
    if not changed:
        raise duties.NOTHING_CHANGES()
    Assignment.objects.filter(pk=was.pk).update(**changed)
    now = Assignment.objects.get(pk=was.pk)
    waiting.open_.many([(call.by_system(), asking.waiting_row(now, person=person)) for person in _waited_for(now)])
    _log_change(call, was, now, set(changed))
    moving.look_again(call, [now], what="due" if "due_at" in changed else "text")
    serve([now])
    return now


@operation("processes.assignment.reassign", needs="")
def reassign(call: Call, *, assignment: Assignment, person: int, to: int) -> Assignment:
    """Give one person's part in an assignment to somebody else."""
    directing.check(call, assignment, person=person)
    parts = moving.parts_of(assignment=assignment, person=person)
    if not parts:
        raise rules.TAKEN_BACK()
    directing.check_taker(assignment, to=to)
    moving.move(call, [moving.Move(parts[0], to)], what="reassigned")
    return Assignment.objects.get(pk=assignment.pk)


@operation("processes.assignment.add_person", needs="")
def add_person(call: Call, *, assignment: Assignment, person: int) -> Assignment:
    """Ask one more person."""
    directing.check(call, assignment)
    now = _open(assignment)
    directing.check_taker(now, to=person)
    moving.join(call, [(now, person)], what="added")
    return Assignment.objects.get(pk=assignment.pk)


@operation("processes.assignment.excuse", needs="")
def excuse(call: Call, *, assignment: Assignment, person: int) -> Assignment:
    """Ask a person no more, while others are still asked."""
    directing.check(call, assignment, person=person)
    parts = moving.parts_of(assignment=assignment)
    his = [part for part in parts if part.person_id == person]
    if not his:
        raise rules.TAKEN_BACK()
    if len(parts) == 1:
        raise duties.LAST_ONE(place="person")
    moving.move(call, [moving.Move(his[0], None)], what="excused")
    moving.look_again(call, [assignment], what="people")
    serve([assignment])
    return Assignment.objects.get(pk=assignment.pk)


@operation("processes.assignment.remind", needs="")
def remind(call: Call, *, assignment: Assignment) -> Assignment:
    """Remind everybody who is asked and has not answered."""
    directing.check(call, assignment)
    now = _open(assignment)
    climbing.remind([(call, now, person) for person in _waited_for(now)])
    return now


def _open(assignment: Assignment) -> Assignment:
    """The assignment as it stands, held until the transaction ends."""
    held = Assignment.objects.select_for_update(no_key=True).filter(pk=assignment.pk, status=Assignment.OPEN).first()
    if held is None:
        raise rules.TAKEN_BACK()
    return held


def _waited_for(assignment: Assignment) -> list[int]:
    """In whose inboxes it stands."""
    if assignment.claimed_by_id is not None:
        return [assignment.claimed_by_id]
    parts = Assignee.objects.filter(assignment=assignment, status=Assignee.OPEN)
    return list(parts.order_by("pk").values_list("person", flat=True))


def _log_change(call: Call, was: Assignment, now: Assignment, changed: set[str]) -> None:
    if "due_at" in changed:
        moments = {"was": was.due_at, "now": now.due_at}
        told = {name: moment.isoformat() for name, moment in moments.items() if moment is not None}
        moving.log(call, [(now.pk, "due", told)])
    if changed - {"due_at"}:
        moving.log(call, [(now.pk, "text", {"was": was.title, "now": now.title} if "title" in changed else {})])
