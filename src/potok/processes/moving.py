"""Assignments go from one person to another: handed over, taken away, escalated, left behind. In sets, with a log."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.events import announce, touch
from potok.notify.public import waiting
from potok.people import public as people
from potok.processes import acts, asking, duties, wakes
from potok.processes.duties import Nobody, Terms
from potok.processes.events import AssignmentChanged, AssignmentDelegated
from potok.processes.models import Assignee, Assignment, Draft, Handling, Incident

# The assignment before its parts, as everywhere, and in the order of their numbers: nobody deadlocks.
HOLD = "SELECT id FROM processes_assignment WHERE id = ANY(%b::bigint[]) AND status = 'open' ORDER BY id FOR UPDATE"
MOVE = """UPDATE processes_assignee p SET person_id = m.person, delegated_by_id = p.person_id
    FROM unnest(%b::bigint[], %b::bigint[]) m(id, person)
    WHERE p.id = m.id AND p.status IN ('open', 'later')
        AND NOT EXISTS (SELECT FROM processes_assignee o WHERE o.assignment_id = p.assignment_id
            AND o.person_id = m.person) RETURNING p.id"""
LEAVE = """UPDATE processes_assignee SET status = 'left' WHERE id = ANY(%b::bigint[]) AND status IN ('open', 'later')
    RETURNING id"""
JOIN = """INSERT INTO processes_assignee (assignment_id, person_id, status, answer, "values", comment, key)
    SELECT assignment, person, 'open', '', '{}', '', '' FROM unnest(%b::bigint[], %b::bigint[]) p(assignment, person)
    ON CONFLICT (assignment_id, person_id) DO UPDATE SET status = 'open'
        WHERE processes_assignee.status IN ('left', 'later') RETURNING assignment_id, person_id"""
# Who was asked no more and is asked again begins anew; what became of him before stands in the log.
FORGET = """DELETE FROM processes_assignee p USING unnest(%b::bigint[], %b::bigint[]) m(assignment, person)
    WHERE p.assignment_id = m.assignment AND p.person_id = m.person AND p.status = 'left'"""
HAND_CLAIM = """UPDATE processes_assignment a SET claimed_by_id = m.now, claimed_at = m.at
    FROM unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::timestamptz[]) m(id, was, now, at)
    WHERE a.id = m.id AND a.claimed_by_id = m.was"""


@dataclass(frozen=True, slots=True)
class Move:
    """A part that goes to somebody else; to nobody, if he is asked no more."""

    part: Assignee
    to: int | None


@dataclass(slots=True)
class Moved:
    """What became of it: parts that went on, and assignments with a part less, whose steps have to look again."""

    gone: set[int] = field(default_factory=set)
    fewer: dict[int, Assignment] = field(default_factory=dict)


def parts_of(**where: Any) -> list[Assignee]:
    """Parts that still wait in assignments that are open, with their assignments held until the transaction ends."""
    asked = Assignee.objects.filter(
        status__in=(Assignee.OPEN, Assignee.LATER), assignment__status=Assignment.OPEN, **where
    )
    held = sets.ids(HOLD, (), sorted(set(asked.values_list("assignment_id", flat=True))))
    return list(asked.filter(assignment__in=held).select_related("assignment").order_by("pk"))


def move(call: Call, moves: Sequence[Move], *, what: str) -> Moved:
    """Let parts go to other people. Who has a part there already gets no second one: the first is left behind."""
    taken: set[tuple[int, int]] = set()
    going: dict[int, Move] = {}
    for one in moves:
        if one.to is not None and (place := (one.part.assignment_id, one.to)) not in taken:
            taken.add(place)
            going[one.part.pk] = one
    if going:
        sets.execute(FORGET, [(one.part.assignment_id, one.to) for one in going.values()])
    gone = sets.ids(MOVE, [(id, one.to) for id, one in going.items()])
    staying = [one.part.pk for one in moves if one.part.pk not in gone]
    left = sets.ids(LEAVE, (), staying) if staying else set()
    done = [one for one in moves if one.part.pk in gone | left]
    _hand_claims(call, done)
    _carry_inboxes(call, done, gone)
    _tell(call, done, gone, what=what)
    fewer = {one.part.assignment_id: one.part.assignment for one in done if one.part.pk in left}
    return Moved({one.part.pk for one in done}, fewer)


def join(call: Call, asked: Sequence[tuple[Assignment, int]], *, what: str) -> list[tuple[int, int]]:
    """Ask further people; answers those (assignment, person) who were not asked before."""
    new = [tuple(row) for row in sets.execute(JOIN, [(one.pk, person) for one, person in asked])] if asked else []
    known = {one.pk: one for one, _ in asked}
    free = [(id, person) for id, person in new if known[id].claimed_by_id is None]
    waiting.open_.many([(call.by_system(), asking.waiting_row(known[id], person=person)) for id, person in free])
    log(call, [(id, what, {"to": person}) for id, person in new])
    for id, _ in new:
        touch("instance", known[id].instance_id)
    return new


def log(call: Call, lines: Iterable[tuple[int, str, Mapping[str, Any]]]) -> None:
    """Write what was done with assignments (assignment, what, fields) into their logs."""
    Handling.objects.bulk_create(
        [
            Handling(assignment_id=id, at=call.at, by_id=call.by, what=what, fields=dict(given))
            for id, what, given in lines
        ]
    )


def look_again(call: Call, assignments: Iterable[Assignment], *, what: str) -> list[int]:
    """Have the steps that asked look at their assignments again; answers the instances that go on."""
    rows = []
    for one in assignments:
        event = AssignmentChanged(call=call, assignment=one.pk, what=what)
        announce(event)
        told = {**event.plain(), wakes.EVENT: event.name, wakes.BY: call.author, wakes.AT: call.at}
        rows.append((one.instance_id, wakes.HAPPENED, one.token, wakes.payload(told)))
        touch("instance", one.instance_id)
    acts.post(rows)
    return [row[0] for row in rows]


def instead(parts: Sequence[Assignee]) -> dict[int, int]:
    """Who is asked instead of people who are gone, by part: the head, or an administrator, where the terms say so."""
    chosen: dict[int, int] = {}
    wanted = [(part, Terms.read(part.assignment.terms)) for part in parts]
    heads = heads_of({part.person_id for part, terms in wanted if terms.nobody == Nobody.HEAD})
    for part, terms in wanted:
        head = heads.get(part.person_id)
        if terms.nobody == Nobody.HEAD and head is not None and head not in terms.barred:
            chosen[part.pk] = head
    rest = [(part, terms) for part, terms in wanted if terms.nobody in (Nobody.HEAD, Nobody.ADMINISTRATOR)]
    rest = [(part, terms) for part, terms in rest if part.pk not in chosen]
    found = administrators([terms.barred for _, terms in rest])
    chosen |= {part.pk: one for (part, _), one in zip(rest, found, strict=True) if one is not None}
    return chosen


def heads_of(persons: Iterable[int]) -> dict[int, int]:
    """The heads of people; who has none is left out."""
    asked = [{"person": person} for person in sorted(set(persons))]
    answers = people.head_of.many(asked) if asked else []
    return {given["person"]: head for given, head in zip(asked, answers, strict=True) if isinstance(head, int)}


def administrators(barred: Sequence[Iterable[int]]) -> list[int | None]:
    """An administrator for each ask, the one with the least to do who is not barred."""
    known = list(people.active().filter(is_administrator=True).values_list("pk", flat=True)) if barred else []
    queues = [[one for one in known if one not in set(each)] for each in barred]
    load = dict(sets.execute(asking.LOAD, (), known)) if known else {}
    chosen = iter(duties.spread([queue for queue in queues if queue], load=load))
    return [next(chosen) if queue else None for queue in queues]


def queue_again(call: Call, assignments: Iterable[Assignment]) -> None:
    """Put what nobody has taken any more before everybody whom it still asks."""
    known = {one.pk: one for one in assignments}
    parts = Assignee.objects.filter(assignment__in=known, status=Assignee.OPEN)
    waiting.open_.many(
        [
            (call.by_system(), asking.waiting_row(known[part.assignment_id], person=part.person_id))
            for part in parts.order_by("pk")
        ]
    )


def _is_taken(one: Move) -> bool:
    return one.part.assignment.claimed_by_id == one.part.person_id


def _hand_claims(call: Call, done: Sequence[Move]) -> None:
    """Who had taken it from a queue hands that on too; left behind, it lies in the queue again."""
    taken = [one for one in done if _is_taken(one)]
    if taken:
        sets.execute(HAND_CLAIM, [(one.part.assignment_id, one.part.person_id, one.to, call.at) for one in taken])
        queue_again(call, [one.part.assignment for one in taken if one.to is None])


def _carry_inboxes(call: Call, done: Sequence[Move], gone: set[int]) -> None:
    system = call.by_system()
    waiting.close.many(
        [(system, {"key": asking.key_of(one.part.assignment_id), "person": one.part.person_id}) for one in done]
    )
    waiting.open_.many(
        [
            (system, asking.waiting_row(one.part.assignment, person=one.to))
            for one in done
            if one.to is not None and (_is_taken(one) or (one.part.pk in gone and _is_his_turn(one.part)))
        ]
    )
    by_person: dict[int, list[int]] = defaultdict(list)
    for one in done:
        by_person[one.part.person_id].append(one.part.assignment_id)
    for person, assignments in by_person.items():
        Draft.objects.filter(person=person, assignment__in=assignments).delete()


def _is_his_turn(part: Assignee) -> bool:
    """Not if others come before him, or somebody has taken it from the queue."""
    return part.status == Assignee.OPEN and part.assignment.claimed_by_id is None


def _tell(call: Call, done: Sequence[Move], gone: set[int], *, what: str) -> None:
    log(call, [(one.part.assignment_id, what, _line(one)) for one in done])
    # Who left is waited for no longer.
    Incident.objects.filter(
        code=duties.PERSON_LEFT.code, resolved_at=None, fields__part__in=[one.part.pk for one in done]
    ).update(resolved_at=call.at, resolved_by=call.by, resolution=what)
    for one in done:
        if one.part.pk in gone and one.to is not None:
            announce(
                AssignmentDelegated(call=call, assignment=one.part.assignment_id, person=one.part.person_id, to=one.to)
            )
        touch("instance", one.part.assignment.instance_id)


def _line(one: Move) -> dict[str, int]:
    return {"from": one.part.person_id, **({} if one.to is None else {"to": one.to})}
