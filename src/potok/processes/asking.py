"""What instances ask of people: assignments opened and taken back, in sets, as acts that no door knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.events import encode, touch
from potok.kit.operations import Operation
from potok.notify.public import waiting
from potok.processes import rules
from potok.processes.models import Assignment, Instance

KIND = "assignment"
IDS = "SELECT nextval(pg_get_serial_sequence('processes_assignment', 'id')) FROM generate_series(1, %b::int)"
OPEN = """INSERT INTO processes_assignment (id, instance_id, token, node, kind, title, description, form, each_answers,
        record_type, record_id, due_at, status, opened_at)
    SELECT d.id, d.instance, d.token, d.node, d.kind, d.title, d.description, d.form, d.each_answers,
        i.record_type, i.record_id, d.due, 'open', d.at
    FROM unnest(%b::bigint[], %b::bigint[], %b::int[], %b::text[], %b::text[], %b::text[], %b::text[],
        %b::text[]::jsonb[], %b::bool[], %b::timestamptz[], %b::timestamptz[])
        d(id, instance, token, node, kind, title, description, form, each_answers, due, at)
    JOIN processes_instance i ON i.id = d.instance"""
ASK = """INSERT INTO processes_assignee (assignment_id, person_id, status, answer, "values", comment, key)
    SELECT *, 'open', '', '{}', '', '' FROM unnest(%b::bigint[], %b::bigint[])"""
CLOSE = """UPDATE processes_assignment a SET status = t.status, closed_at = t.at
    FROM unnest(%b::bigint[], %b::text[], %b::timestamptz[]) t(id, status, at)
    WHERE a.id = t.id AND a.status = 'open' RETURNING a.id"""
CLOSE_PARTS = """UPDATE processes_assignee SET status = 'closed'
    WHERE assignment_id = ANY(%b::bigint[]) AND status = 'open'"""
ASKED_BY = """SELECT a.id FROM processes_assignment a JOIN unnest(%b::bigint[], %b::int[]) t(instance, token)
    ON a.instance_id = t.instance AND a.token = t.token WHERE a.status = 'open'"""


@dataclass(frozen=True, slots=True)
class Question:
    """What one assignment asks. `form` is described in the README of the part."""

    kind: str
    node: str
    title: str
    people: tuple[int, ...]
    form: dict[str, Any]
    description: str = ""
    each_answers: bool = False
    due_at: datetime | None = None


def url_of(assignment: int) -> str:
    """Where an assignment is answered."""
    return f"/assignments/{assignment}"


def key_of(assignment: int) -> str:
    """The key under which it stands in inboxes."""
    return f"assignment:{assignment}"


def _decide(call: Call, *, kind: str, node: str, title: str, people: Sequence[int], form: dict[str, Any],
            description: str = "", each_answers: bool = False, due_at: datetime | None = None) -> Question:  # fmt: skip
    """Ask people something; answers the id of the assignment."""
    asked = tuple(dict.fromkeys(people))
    if not asked:
        raise rules.NOBODY(title=title)
    return Question(kind, node, title, asked, form, description, each_answers, due_at)


def _open(rows: Sequence[tuple[Call, Question]]) -> list[int | Refused]:
    ids = [row[0] for row in sets.execute(IDS, (), len(rows))]
    numbered = list(zip(ids, rows, strict=True))
    sets.execute(OPEN, [_row(id, call, asked) for id, (call, asked) in numbered])
    sets.execute(ASK, [(id, person) for id, (_, asked) in numbered for person in asked.people])
    records = {one.pk: one for one in Instance.objects.filter(pk__in=[call.cause.instance for call, _ in rows])}
    waiting.open_.many(
        [
            (call.by_system(), _waiting(id, asked, person, about=records[call.cause.instance or 0]))
            for id, (call, asked) in numbered
            for person in asked.people
        ]
    )
    for call, _ in rows:
        touch("instance", call.cause.instance or 0)
    return [*ids]


def _row(id: int, call: Call, asked: Question) -> tuple[Any, ...]:
    return (id, call.cause.instance, call.cause.token, asked.node, asked.kind, asked.title, asked.description,
            encode(asked.form), asked.each_answers, asked.due_at, call.at)  # fmt: skip


def _waiting(id: int, asked: Question, person: int, *, about: Instance) -> dict[str, Any]:
    return {
        "person": person,
        "key": key_of(id),
        "kind": KIND,
        "title": asked.title,
        "url": url_of(id),
        "record_type": about.record_type,
        "record_id": about.record_id,
        "due_at": asked.due_at,
    }


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


def _close(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    for call, given in rows:
        close_all(call, assignments=[given["assignment"]], status=given["status"])
    return [None] * len(rows)


ask: Operation[Any, int] = Operation("processes.assignment.open", "", _decide, _open)
close: Operation[Any, None] = Operation("processes.assignment.close", "", lambda call, **given: given, _close)
