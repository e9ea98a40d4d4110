"""Assignments for those whom they ask: answered exactly once, taken from a queue, handed over, typed into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from potok.engine.values import encode as encoded
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import announce, encode, touch
from potok.kit.operations import operation
from potok.notify.public import waiting
from potok.people import public as people
from potok.processes import asking, directing, duties, moving, published, rules, worker
from potok.processes.duties import DECLINED, Terms
from potok.processes.events import AssignmentAnswered, AssignmentClaimed
from potok.processes.models import Assignee, Assignment, Draft

# The count of rows decides who was first; the assignment's row is taken before the parts, so that nobody deadlocks.
CLOSE = """UPDATE processes_assignment SET status = 'done', closed_at = %b::timestamptz
    WHERE id = %b::bigint AND status = 'open' AND coalesce(claimed_by_id = %b::bigint, true) RETURNING id"""
ANSWER = """UPDATE processes_assignee p SET status = 'done', answer = %b::text, "values" = %b::text::jsonb,
        comment = %b::text, behalf = %b::text, key = %b::text, answered_at = %b::timestamptz
    FROM processes_assignment a WHERE a.id = p.assignment_id AND p.assignment_id = %b::bigint
        AND p.person_id = %b::bigint AND p.status = 'open' AND (a.status = 'open' OR %b::bool)
        AND coalesce(a.claimed_by_id = p.person_id, true) RETURNING p.id"""


@operation("processes.assignment.complete", needs="")
def complete(
    call: Call,
    *,
    assignment: Assignment,
    answer: str,
    values: Mapping[str, Any] | None = None,
    comment: str = "",
    behalf: str = "",
) -> Assignment:
    """Answer an assignment, exactly once: of many who try at the same moment, one does, the others are told who did.

    The same request sent twice under one key is answered twice and done once. Wrong fields are refused all together,
    each with its place. `behalf` names whoever from outside the answer is given for. The process goes on in the same
    request, if no worker holds it.
    """
    part = _part(call, assignment)
    if call.key and part.key == call.key:
        return assignment
    rules.check_answer(assignment.form, answer=answer, comment=comment)
    zone = _zone(assignment)
    read = {} if answer == DECLINED else rules.read_values(assignment.form, values or {}, zone=zone, answer=answer)
    closes = not (assignment.each_answers or _leaves(assignment, part, answer))
    kept = encode({name: encoded(value) for name, value in read.items()})
    given = _Given(answer, kept, comment.strip(), behalf.strip())
    _answer(call, assignment, part, given, closes=closes)
    announce(
        AssignmentAnswered(
            call=call,
            assignment=assignment.pk,
            person=part.person_id,
            answer=answer,
            comment=given.comment,
            closed=closes,
        )
    )
    Draft.objects.filter(assignment=assignment, person=part.person_id).delete()
    serve([assignment])
    return Assignment.objects.get(pk=assignment.pk)


@operation("processes.assignment.claim", needs="")
def claim(call: Call, *, assignment: Assignment) -> Assignment:
    """Take an assignment out of a queue: it waits for oneself alone then. Of many who try, one gets it."""
    part = _part(call, assignment)
    if not assignment.is_queue:
        raise duties.NOT_A_QUEUE()
    if part.status != Assignee.OPEN or not _free(assignment).update(claimed_by=part.person_id, claimed_at=call.at):
        raise _taken(assignment)
    others = assignment.assignees.filter(status=Assignee.OPEN).exclude(pk=part.pk).values_list("person", flat=True)
    key = asking.key_of(assignment.pk)
    waiting.close.many([(call.by_system(), {"key": key, "person": person}) for person in others])
    return _claimed(call, assignment, person=part.person_id, what="claimed")


@operation("processes.assignment.give_back", needs="")
def give_back(call: Call, *, assignment: Assignment) -> Assignment:
    """Put an assignment back into its queue: one's own, or that of somebody who works under one."""
    holder = Assignment.objects.get(pk=assignment.pk).claimed_by_id
    if holder is None:
        raise duties.NOT_CLAIMED()
    if call.by != holder:
        directing.check(call, assignment)
    held = Assignment.objects.filter(pk=assignment.pk, status=Assignment.OPEN, claimed_by=holder)
    if not held.update(claimed_by=None, claimed_at=None):
        raise duties.NOT_CLAIMED()
    moving.queue_again(call, [assignment])
    return _claimed(call, assignment, person=None, what="given_back")


@operation("processes.assignment.delegate", needs="")
def delegate(call: Call, *, assignment: Assignment, to: int, person: int | None = None) -> Assignment:
    """Hand a part in an assignment over to somebody else: one's own, as far as the definition lets one, or that of
    somebody whose head, or whose administrator, one is."""
    owner = person if person is not None else call.by
    part = next(iter(moving.parts_of(assignment=assignment, person=owner)), None)
    if part is None or owner is None:
        raise _gone(assignment, owner)
    if call.by == owner:
        below = people.subordinates(head=owner)
        duties.check_delegation(Terms.read(assignment.terms), to=to, subordinates=below)
    elif call.by is not None:
        directing.check(call, assignment, person=owner)
    directing.check_taker(assignment, to=to)
    moving.move(call, [moving.Move(part, to)], what="delegated" if call.by == owner else "reassigned")
    return Assignment.objects.get(pk=assignment.pk)


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


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer as it is kept."""

    answer: str
    values: str
    comment: str
    behalf: str


def _answer(call: Call, assignment: Assignment, part: Assignee, given: _Given, *, closes: bool) -> None:
    if closes and not sets.ids(CLOSE, (), call.at, assignment.pk, part.person_id):
        raise _taken(assignment)
    kept = (given.answer, given.values, given.comment, given.behalf, call.key, call.at)
    if not sets.ids(ANSWER, (), *kept, assignment.pk, part.person_id, closes):
        raise _taken(assignment)
    if closes:
        sets.execute(asking.CLOSE_PARTS, (), [assignment.pk])
        waiting.close(call.by_system(), key=asking.key_of(assignment.pk))
        return
    waiting.close(call.by_system(), key=asking.key_of(assignment.pk), person=part.person_id)
    if Assignment.objects.filter(pk=assignment.pk, claimed_by=part.person_id).update(claimed_by=None, claimed_at=None):
        moving.queue_again(call, [assignment])


def _leaves(assignment: Assignment, part: Assignee, answer: str) -> bool:
    """Whether who answers so leaves the assignment to others who are still asked."""
    said: Mapping[str, Any] = next((each for each in assignment.form.get("answers", []) if each["name"] == answer), {})
    return bool(said.get("leaves")) and assignment.assignees.filter(status=Assignee.OPEN).exclude(pk=part.pk).exists()


def _free(assignment: Assignment) -> QuerySet[Assignment]:
    return Assignment.objects.filter(pk=assignment.pk, status=Assignment.OPEN, claimed_by=None)


def _claimed(call: Call, assignment: Assignment, *, person: int | None, what: str) -> Assignment:
    moving.log(call, [(assignment.pk, what, {})])
    announce(AssignmentClaimed(call=call, assignment=assignment.pk, person=person))
    touch("instance", assignment.instance_id)
    return Assignment.objects.get(pk=assignment.pk)


def serve(assignments: Iterable[Assignment]) -> None:
    """Let the processes that asked go on as soon as this is committed; a person does not wait for a worker."""
    instances = sorted({one.instance_id for one in assignments})
    transaction.on_commit(lambda: worker.advance_now(instances), robust=True)
    for instance in instances:
        touch("instance", instance)


def _taken(assignment: Assignment) -> Exception:
    now = Assignment.objects.select_related("claimed_by").get(pk=assignment.pk)
    if now.status == Assignment.OPEN and now.claimed_by is not None:
        return duties.CLAIMED(who=str(now.claimed_by))
    return _closed(assignment)


def _gone(assignment: Assignment, owner: int | None) -> Exception:
    had = Assignee.objects.filter(assignment=assignment, person=owner).exists()
    return _closed(assignment) if had and assignment.status != Assignment.OPEN else rules.NOT_YOURS()


def _closed(assignment: Assignment) -> Exception:
    first = Assignee.objects.filter(assignment=assignment, status=Assignee.DONE).select_related("person").first()
    return rules.CLOSED(who=str(first.person)) if first else rules.TAKEN_BACK()


def _zone(assignment: Assignment) -> Any:
    return published.clock(published.version(assignment.instance.version_id).zone)
