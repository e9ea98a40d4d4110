"""Queues follow the groups they were given to: who joins a group sees what already lies there, who leaves it does not.

The group decides about nobody whom somebody has asked, excused or replaced by hand, about nobody who has taken the
assignment, and it takes nobody out while there is nobody else to ask.
"""

# ruff: noqa: S608 (statements are put together of texts of this module; values go as parameters)
from collections.abc import Collection, Iterable, Sequence

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.events import Event, reacts_to
from potok.people import public as people
from potok.people.events import (
    DepartmentChanged,
    DepartmentRemoved,
    GroupChanged,
    PersonAdded,
    PersonChanged,
    PersonReturned,
    RoleChanged,
)
from potok.processes import leaving, moving
from potok.processes.duties import Terms
from potok.processes.models import Assignee, Assignment, Handling
from potok.processes.moving import Move

JOINED, LEFT = "joined_group", "left_group"
# Lines of the log that say who is asked; the others name people too.
BY_HAND = ("added", "delegated", "reassigned", "escalated", "excused", "handed_over", "left",
    "passed_over", "returned")  # fmt: skip
QUEUES = """SELECT DISTINCT terms->>'of', terms->'of' FROM processes_assignment
    WHERE status = 'open' AND is_queue AND terms ? 'of'"""
MEMBERS = "WITH m AS MATERIALIZED (SELECT * FROM unnest(%b::text[], %b::bigint[]) m(of, person))"
NEW = f"""{MEMBERS} SELECT a.id, m.person FROM processes_assignment a JOIN m ON m.of = a.terms->>'of'
    WHERE a.status = 'open' AND a.is_queue AND a.terms ? 'of' AND m.person <> 0
        AND NOT EXISTS (SELECT FROM processes_assignee p
            WHERE p.assignment_id = a.id AND p.person_id = m.person AND p.status <> 'left')
    ORDER BY a.id, m.person"""
GONE = f"""{MEMBERS} SELECT a.id, p.person_id FROM processes_assignment a JOIN processes_assignee p
    ON p.assignment_id = a.id AND p.status = 'open' AND p.person_id IS DISTINCT FROM a.claimed_by_id
    WHERE a.status = 'open' AND a.is_queue AND a.terms ? 'of'
        AND NOT EXISTS (SELECT FROM m WHERE m.of = a.terms->>'of' AND m.person = p.person_id)
    ORDER BY a.id, p.person_id"""
Place = tuple[int, int]


def follow_groups(call: Call) -> int:
    """Ask whoever belongs to the groups of open queues now, and nobody else; answers how many were asked or not."""
    members = _members()
    new: list[Place] = [tuple(row) for row in sets.execute(NEW, members)] if members else []
    gone: list[Place] = [tuple(row) for row in sets.execute(GONE, members)] if members else []
    if not new and not gone:
        return 0
    held = sets.ids(moving.HOLD, (), sorted({id for id, _ in (*new, *gone)}))
    decided = _decided_by_hand(held)
    new = [place for place in new if place not in decided and place[0] in held]
    gone = [place for place in gone if place not in decided and place[0] in held]
    return _ask(call, new) + _let_go(call, gone)


def _members() -> list[tuple[str, int]]:
    """Everybody who belongs to the groups of a queue, beside the text of what it was given to."""
    queues: list[tuple[str, list[str]]] = [tuple(row) for row in sets.execute(QUEUES)]
    found = people.expand_all([codes for _, codes in queues]) if queues else []
    # An empty group stands there with nobody: what is given to it has to be compared as well.
    return [(text, person) for (text, _), persons in zip(queues, found, strict=True) for person in persons or [0]]


def _decided_by_hand(assignments: Iterable[int]) -> set[Place]:
    """Those about whom the last word was not the group's."""
    decided: set[Place] = set()
    lines = Handling.objects.filter(assignment__in=list(assignments), what__in=(*BY_HAND, JOINED, LEFT))
    for line in lines.order_by("pk"):
        was, now = (line.assignment_id, line.fields.get("from", 0)), (line.assignment_id, line.fields.get("to", 0))
        if line.what in (JOINED, LEFT):
            decided -= {was, now}
        else:
            # Who was dismissed and is back belongs to his groups again.
            decided |= {now} if line.what == "left" else {was, now}
    return decided


def _ask(call: Call, new: Sequence[Place]) -> int:
    known = Assignment.objects.in_bulk({id for id, _ in new})
    away = set(people.absent(persons=sorted({person for _, person in new}), at=call.at)) if new else set()
    asked = [(known[id], person) for id, person in new if _may_be_asked(person, known[id], away=away)]
    return len(moving.join(call, asked, what=JOINED))


def _may_be_asked(person: int, assignment: Assignment, *, away: Collection[int]) -> bool:
    terms = Terms.read(assignment.terms)
    return person not in terms.barred and not (terms.skip_absent and person in away)


def _let_go(call: Call, gone: Sequence[Place]) -> int:
    places = set(gone)
    parts = moving.parts_of(assignment__in={id for id, _ in gone}) if gone else []
    going = [part for part in parts if (part.assignment_id, part.person_id) in places]
    replaceable = leaving.with_others(going)
    moves = [Move(part, None) for part in going if part.pk in replaceable and part.status == Assignee.OPEN]
    return len(moving.move(call, moves, what=LEFT).gone) if moves else 0


def _follow(happened: Sequence[Event]) -> None:
    follow_groups(happened[0].call.by_system())


for _changed in (GroupChanged, RoleChanged, DepartmentChanged, DepartmentRemoved, PersonAdded, PersonReturned):
    reacts_to(_changed)(_follow)


@reacts_to(PersonChanged)
def _placed(happened: Sequence[PersonChanged]) -> None:
    if any("departments" in event.fields for event in happened):
        _follow(happened)
