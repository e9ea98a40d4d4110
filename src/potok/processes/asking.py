"""What instances ask of people: assignments opened and taken back, in sets, as acts that no door knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.events import encode, touch
from potok.kit.operations import Operation
from potok.notify.public import waiting
from potok.processes import duties, rules
from potok.processes.duties import Give, Terms
from potok.processes.models import Assignee, Assignment, Instance

KIND = "assignment"
IDS = "SELECT nextval(pg_get_serial_sequence('processes_assignment', 'id')) FROM generate_series(1, %b::int)"
OPEN = """INSERT INTO processes_assignment (id, instance_id, token, node, kind, title, label, description, form, terms,
        each_answers, is_queue, claimed_by_id, claimed_at, record_type, record_id, due_at, status, opened_at)
    SELECT d.id, d.instance, d.token, d.node, d.kind, d.title, d.label, d.description, d.form, d.terms, d.each_answers,
        d.is_queue, d.claimed_by, CASE WHEN d.claimed_by IS NOT NULL THEN d.at END, i.record_type, i.record_id, d.due,
        'open', d.at
    FROM unnest(%b::bigint[], %b::bigint[], %b::int[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[],
        %b::text[]::jsonb[], %b::text[]::jsonb[], %b::bool[], %b::bool[], %b::bigint[], %b::timestamptz[],
        %b::timestamptz[])
        d(id, instance, token, node, kind, title, label, description, form, terms, each_answers, is_queue, claimed_by,
        due, at)
    JOIN processes_instance i ON i.id = d.instance"""
ASK = """INSERT INTO processes_assignee (assignment_id, person_id, status, answer, "values", comment, key)
    SELECT assignment, person, status, '', '{}', '', ''
    FROM unnest(%b::bigint[], %b::bigint[], %b::text[]) p(assignment, person, status)"""
# Whose turn comes: of those who are asked one after another, the first who was not, once nobody before him is asked.
ASK_NEXT = """UPDATE processes_assignee p SET status = 'open' FROM (
        SELECT DISTINCT ON (l.assignment_id) l.id FROM processes_assignee l
        WHERE l.assignment_id = ANY(%b::bigint[]) AND l.status = 'later' AND NOT EXISTS (
            SELECT FROM processes_assignee o WHERE o.assignment_id = l.assignment_id AND o.status = 'open')
        ORDER BY l.assignment_id, l.id) n
    WHERE p.id = n.id RETURNING p.assignment_id, p.person_id"""
# How many assignments wait for each of these people alone; what lies in a queue waits for nobody in particular.
LOAD = """SELECT p.person_id, count(*)::int
    FROM processes_assignee p JOIN processes_assignment a ON a.id = p.assignment_id
    WHERE p.person_id = ANY(%b::bigint[]) AND p.status = 'open' AND a.status = 'open'
        AND (a.claimed_by_id = p.person_id OR a.claimed_by_id IS NULL AND NOT a.is_queue) GROUP BY p.person_id"""
CLOSE = """UPDATE processes_assignment a SET status = t.status, closed_at = t.at
    FROM unnest(%b::bigint[], %b::text[], %b::timestamptz[]) t(id, status, at)
    WHERE a.id = t.id AND a.status = 'open' RETURNING a.id"""
CLOSE_PARTS = """UPDATE processes_assignee SET status = 'closed'
    WHERE assignment_id = ANY(%b::bigint[]) AND status IN ('open', 'later')"""
ASKED_BY = """SELECT a.id FROM processes_assignment a JOIN unnest(%b::bigint[], %b::int[]) t(instance, token)
    ON a.instance_id = t.instance AND a.token = t.token WHERE a.status = 'open'"""


@dataclass(frozen=True, slots=True)
class Question:
    """What one assignment asks. `form` is described in `forms`, `terms` in `duties`.

    `give` says how it comes to several people of whom one answers; with `in_order` they are asked one after another.
    """

    kind: str
    node: str
    title: str
    people: tuple[int, ...]
    form: dict[str, Any]
    description: str = ""
    label: str = ""
    each_answers: bool = False
    in_order: bool = False
    due_at: datetime | None = None
    give: str = Give.EVERYBODY
    terms: Terms = field(default_factory=Terms)

    @property
    def is_queue(self) -> bool:
        shared = len(self.people) > 1 or bool(self.terms.of)
        return self.give != Give.EVERYBODY and not self.each_answers and shared


def url_of(assignment: int) -> str:
    """Where an assignment is answered."""
    return f"/assignments/{assignment}"


def key_of(assignment: int) -> str:
    """The key under which it stands in inboxes."""
    return f"assignment:{assignment}"


def _decide(
    call: Call,
    *,
    kind: str,
    node: str,
    title: str,
    people: Sequence[int],
    form: dict[str, Any],
    description: str = "",
    label: str = "",
    each_answers: bool = False,
    in_order: bool = False,
    due_at: datetime | None = None,
    give: str = Give.EVERYBODY,
    terms: Terms | None = None,
) -> Question:
    """Ask people something; answers the id of the assignment."""
    asked = tuple(dict.fromkeys(people))
    if not asked:
        raise rules.NOBODY(title=title)
    return Question(
        kind, node, title, asked, form, description, label, each_answers, in_order, due_at, give, terms or Terms()
    )


def _open(rows: Sequence[tuple[Call, Question]]) -> list[int | Refused]:
    ids = [row[0] for row in sets.execute(IDS, (), len(rows))]
    takers = _takers([asked for _, asked in rows])
    opened = [_Opened(id, call, asked, taker) for id, (call, asked), taker in zip(ids, rows, takers, strict=True)]
    sets.execute(OPEN, [one.row() for one in opened])
    sets.execute(ASK, [part for one in opened for part in one.parts()])
    about = Instance.objects.in_bulk({call.cause.instance or 0 for call, _ in rows})
    waiting.open_.many([one.waits(person, about=about) for one in opened for person in one.waits_for()])
    for call, _ in rows:
        touch("instance", call.cause.instance or 0)
    return [*ids]


@dataclass(frozen=True, slots=True)
class _Opened:
    """An assignment that is being opened; `taker` has it, if it went to one of a queue."""

    id: int
    call: Call
    asked: Question
    taker: int | None

    def row(self) -> tuple[Any, ...]:
        call, asked = self.call, self.asked
        return (self.id, call.cause.instance, call.cause.token, asked.node, asked.kind, asked.title, asked.label,
                asked.description, encode(asked.form), encode(asked.terms.plain()), asked.each_answers, asked.is_queue,
                self.taker, asked.due_at, call.at)  # fmt: skip

    def parts(self) -> list[tuple[int, int, str]]:
        """Everybody's part; in an order, all but the first wait for their turn."""
        later = Assignee.LATER if self.asked.in_order else Assignee.OPEN
        return [(self.id, person, later if place else Assignee.OPEN) for place, person in enumerate(self.asked.people)]

    def waits_for(self) -> tuple[int, ...]:
        """In whose inboxes it stands at first."""
        if self.taker is not None:
            return (self.taker,)
        return self.asked.people[:1] if self.asked.in_order else self.asked.people

    def waits(self, person: int, *, about: Mapping[int, Instance]) -> tuple[Call, dict[str, Any]]:
        instance, asked = about[self.call.cause.instance or 0], self.asked
        return self.call.by_system(), {
            "person": person,
            "key": key_of(self.id),
            "kind": KIND,
            "title": asked.title,
            "url": url_of(self.id),
            "record_type": instance.record_type,
            "record_id": instance.record_id,
            "due_at": asked.due_at,
        }


def _takers(asked: Sequence[Question]) -> list[int | None]:
    """Who takes each of these, where the definition gives it to whoever has the least to do."""
    even = [one.people for one in asked if one.is_queue and one.give == Give.EVEN]
    if not even:
        return [None] * len(asked)
    load = dict(sets.execute(LOAD, (), sorted({person for people in even for person in people})))
    chosen = iter(duties.spread(even, load=load))
    return [next(chosen) if one.is_queue and one.give == Give.EVEN else None for one in asked]


def waiting_row(assignment: Assignment, *, person: int) -> dict[str, Any]:
    """What stands in a person's inbox for an assignment."""
    return {
        "person": person,
        "key": key_of(assignment.pk),
        "kind": KIND,
        "title": assignment.title,
        "url": url_of(assignment.pk),
        "record_type": assignment.record_type,
        "record_id": assignment.record_id,
        "due_at": assignment.due_at,
    }


def close_all(call: Call, *, assignments: Sequence[int], status: str) -> set[int]:
    """Close assignments for everybody whom they still ask; answers those that were open."""
    closed = sets.ids(CLOSE, [(id, status, call.at) for id in assignments])
    if closed:
        sets.execute(CLOSE_PARTS, (), sorted(closed))
        waiting.close.many([(call.by_system(), {"key": key_of(id)}) for id in sorted(closed)])
    return closed


def withdraw(rows: Sequence[tuple[Call, int, int]]) -> None:
    """Take back what tokens of instances had asked: the way was interrupted, nobody needs the answer."""
    found = sets.ids(ASKED_BY, [(instance, token) for _, instance, token in rows])
    if found:
        close_all(rows[0][0], assignments=sorted(found), status=Assignment.WITHDRAWN)


def _ask_next(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    found = dict(sets.execute(ASK_NEXT, (), [given["assignment"] for _, given in rows]))
    asked = Assignment.objects.in_bulk(found)
    calls = {given["assignment"]: call for call, given in rows}
    waiting.open_.many([(calls[id].by_system(), waiting_row(asked[id], person=person)) for id, person in found.items()])
    for one in asked.values():
        touch("instance", one.instance_id)
    return [None] * len(rows)


def _close(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    for call, given in rows:
        close_all(call, assignments=[given["assignment"]], status=given["status"])
    return [None] * len(rows)


ask: Operation[Any, int] = Operation("processes.assignment.open", "", _decide, _open)
ask_next: Operation[Any, None] = Operation("processes.assignment.ask_next", "", lambda call, **given: given, _ask_next)
close: Operation[Any, None] = Operation("processes.assignment.close", "", lambda call, **given: given, _close)
