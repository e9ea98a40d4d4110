"""Who may decide about assignments of others: the heads of those who are asked, whoever the permission reaches."""

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.processes import duties, moving, rules
from potok.processes.duties import Terms
from potok.processes.models import Assignee, Assignment
from potok.processes.permissions import DIRECT


def may_direct(by: int | None, assignment: Assignment) -> bool:
    """Tell whether somebody may change what an assignment asks, of whom, and by when."""
    return _directs(by, _asked(assignment))


def check(call: Call, assignment: Assignment, *, person: int | None = None) -> None:
    """Refuse whoever may not; of one person's part, if he is named."""
    if not _directs(call.by, {person} if person is not None else _asked(assignment)):
        raise rules.NOT_YOURS() if person is not None else duties.MAY_NOT_DIRECT()


def check_taker(assignment: Assignment, *, to: int) -> None:
    """Refuse to give an assignment to somebody who is gone, has it already, or must not decide here."""
    taker = people.by_id([to]).get(to)
    if taker is None or not taker.is_active:
        raise MISSING(place="to", id=to)
    if to in Terms.read(assignment.terms).barred:
        raise duties.OWN_REQUEST(place="to", who=str(taker))
    parts = Assignee.objects.filter(assignment=assignment, person=to).exclude(status=Assignee.LEFT)
    if parts.exists():
        raise rules.SAME_PERSON(place="to")


def _directs(by: int | None, asked: set[int]) -> bool:
    if by is None or people.visible(by, permission=DIRECT).covers(tuple(asked)):
        return True
    # Who was dismissed works under nobody any more, and still has a head who answers for what he left.
    return not asked.isdisjoint(people.subordinates(head=by)) or by in moving.heads_of(asked).values()


def _asked(assignment: Assignment) -> set[int]:
    parts = Assignee.objects.filter(assignment=assignment).exclude(status=Assignee.LEFT)
    return set(parts.values_list("person", flat=True))
