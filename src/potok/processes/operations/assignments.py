"""Assignments: answered exactly once, handed over, typed into."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from potok.engine import values
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import announce, encode, touch
from potok.kit.operations import operation
from potok.notify.public import waiting
from potok.people import public as people
from potok.processes import asking, published, rules, worker
from potok.processes.events import AssignmentAnswered, AssignmentDelegated
from potok.processes.models import Assignee, Assignment, Draft

# The count of rows decides who was first; the assignment's row is taken before the parts, so that nobody deadlocks.
CLOSE = """UPDATE processes_assignment SET status = 'done', closed_at = %b::timestamptz
    WHERE id = %b::bigint AND status = 'open' RETURNING id"""
ANSWER = """UPDATE processes_assignee p SET status = 'done', answer = %b::text, "values" = %b::text::jsonb,
        comment = %b::text, key = %b::text, answered_at = %b::timestamptz
    FROM processes_assignment a WHERE a.id = p.assignment_id AND p.assignment_id = %b::bigint
        AND p.person_id = %b::bigint AND p.status = 'open' AND (a.status = 'open' OR NOT a.each_answers)
    RETURNING p.id"""


@operation("processes.assignment.complete", needs="")
def complete(
    call: Call, *, assignment: Assignment, answer: str, values: Mapping[str, Any] | None = None, comment: str = ""
) -> Assignment:
    """Answer an assignment, exactly once: of many who try at the same moment, one does, the others are told who did.

    The same request sent twice under one key is answered twice and done once. Wrong fields are refused all together,
    each with its place. The process goes on in the same request, if no worker holds it.
    """
    part = _part(call, assignment)
    if call.key and part.key == call.key:
        return assignment
    rules.check_answer(assignment.form, answer=answer, comment=comment)
    read = {} if answer == "declined" else rules.read_values(assignment.form, values or {}, zone=_zone(assignment))
    _answer(call, assignment, part, answer=answer, read=read, comment=comment.strip())
    announce(
        AssignmentAnswered(
            call=call,
            assignment=assignment.pk,
            person=part.person_id,
            answer=answer,
            comment=comment.strip(),
            closed=not assignment.each_answers,
        )
    )
    Draft.objects.filter(assignment=assignment, person=part.person_id).delete()
    transaction.on_commit(lambda: worker.advance_now([assignment.instance_id]), robust=True)
    touch("instance", assignment.instance_id)
    return Assignment.objects.get(pk=assignment.pk)


@operation("processes.assignment.delegate", needs="")
def delegate(call: Call, *, assignment: Assignment, to: int, person: int | None = None) -> Assignment:
    """Hand a person's part in an assignment over to somebody else: his own, or that of somebody who works under him."""
    owner = person if person is not None else call.by
    part = Assignee.objects.filter(assignment=assignment, person=owner, status=Assignee.OPEN).first()
    if part is None or owner is None:
        raise rules.NOT_YOURS()
    if call.by not in (None, owner) and owner not in people.subordinates(head=call.by):
        raise rules.NOT_YOURS()
    taken = people.by_id([to]).get(to)
    if taken is None or not taken.is_active:
        raise MISSING(place="to", id=to)
    if Assignee.objects.filter(assignment=assignment, person=to).exists():
        raise rules.SAME_PERSON(place="to")
    moved = Assignee.objects.filter(pk=part.pk, status=Assignee.OPEN).update(person=to, delegated_by=owner)
    if not moved:
        raise _closed(assignment)
    waiting.close(call.by_system(), key=asking.key_of(assignment.pk), person=owner)
    waiting.open_(call.by_system(), **asking.waiting_row(assignment, person=to))
    Draft.objects.filter(assignment=assignment, person=owner).delete()
    announce(AssignmentDelegated(call=call, assignment=assignment.pk, person=owner, to=to))
    touch("instance", assignment.instance_id)
    return assignment


@operation("processes.assignment.draft", needs="")
def draft(call: Call, *, assignment: Assignment, typed: Mapping[str, Any]) -> None:
    """Keep what a person has typed and not sent, so that another machine shows it too."""
    part = _part(call, assignment)
    if part.status != Assignee.OPEN:
        raise _closed(assignment)
    Draft.objects.update_or_create(
        assignment=assignment, person_id=part.person_id, defaults={"typed": dict(typed), "kept_at": call.at}
    )


def assignment(id: int) -> Assignment:
    """Fetch an assignment, or refuse with `kit.missing`."""
    found = Assignment.objects.filter(pk=id).select_related("instance").first()
    if found is None:
        raise MISSING(id=id)
    return found


def _part(call: Call, assignment: Assignment) -> Assignee:
    part = Assignee.objects.filter(assignment=assignment, person=call.by).first()
    if part is None:
        raise rules.NOT_YOURS()
    return part


def _answer(
    call: Call, assignment: Assignment, part: Assignee, *, answer: str, read: Mapping[str, Any], comment: str
) -> None:
    if not assignment.each_answers and not sets.ids(CLOSE, (), call.at, assignment.pk):
        raise _closed(assignment)
    plain = encode({name: values.encode(value) for name, value in read.items()})
    if not sets.ids(ANSWER, (), answer, plain, comment, call.key, call.at, assignment.pk, part.person_id):
        raise _closed(assignment)
    if assignment.each_answers:
        waiting.close(call.by_system(), key=asking.key_of(assignment.pk), person=part.person_id)
    else:
        sets.execute(asking.CLOSE_PARTS, (), [assignment.pk])
        waiting.close(call.by_system(), key=asking.key_of(assignment.pk))


def _closed(assignment: Assignment) -> Exception:
    first = Assignee.objects.filter(assignment=assignment, status=Assignee.DONE).select_related("person").first()
    return rules.CLOSED(who=str(first.person)) if first else rules.TAKEN_BACK()


def _zone(assignment: Assignment) -> Any:
    return published.clock(published.version(assignment.instance.version_id).zone)
