"""Pretend people: what waits for them, and how they answer, through the operations that real ones use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from potok.engine import values
from potok.engine.run import State
from potok.engine.values import PersonRef
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.processes import published
from potok.processes.block import blocks
from potok.processes.models import Assignee, Assignment, Instance, Subscription
from potok.processes.operations import assignments
from potok.processes.trial.script import Reply, Script

SAMPLES: Mapping[str, Any] = {
    "text": "…",
    "number": 1,
    "money": "1 RUB",
    "yes_no": True,
    "email": "someone@firm.example",
    "phone": "+7 495 000-00-00",
    "url": "https://firm.example/",
    "duration": "1 day",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One open assignment of the trial, and which visit of its step it is."""

    assignment: Assignment
    visit: int


def asked(family: Sequence[int], *, gave_up: frozenset[int]) -> list[Asked]:
    """The open assignments of these instances that somebody may answer, oldest first."""
    found: list[Asked] = []
    visits: dict[tuple[int, str], int] = {}
    for one in Assignment.objects.filter(instance__in=family).order_by("id"):
        visit = visits.get((one.instance_id, one.node), 0)
        visits[one.instance_id, one.node] = visit + 1
        if one.status == Assignment.OPEN and one.pk not in gave_up:
            found.append(Asked(one, visit))
    return found


def moment(one: Asked, script: Script) -> datetime | None:
    """When an assignment is answered; None for never."""
    reply = script.reply(one.assignment.node, visit=one.visit)
    return None if reply is None else one.assignment.opened_at + reply.after


def answer(one: Asked, script: Script, *, call: Call) -> tuple[str, int | None]:
    """Answer as the first person who has not; says what and who. A refusal is told, as a person would see it."""
    assignment = one.assignment
    reply = script.reply(assignment.node, visit=one.visit) or Reply()
    open_ones = Assignee.objects.filter(assignment=assignment, status=Assignee.OPEN).order_by("id")
    # Only who has taken it out of a queue may answer.
    taken = assignment.claimed_by_id
    part = open_ones.filter(person=taken).first() if taken is not None else open_ones.first()
    if part is None:
        return "", None
    said = reply.answer or _first(assignment.form)
    typed = _values(assignment.form, reply, person=part.person_id, at=call.at)
    own = Call(part.person_id, call.at, "", call.cause)
    assignments.complete(own, assignment=assignment, answer=said, values=typed, comment=reply.comment or "…")
    return said, part.person_id


def _first(form: Mapping[str, Any]) -> str:
    offered = form.get("answers") or [{"name": "done"}]
    return str(offered[0]["name"])


def _values(form: Mapping[str, Any], reply: Reply, *, person: int, at: datetime) -> dict[str, Any]:
    """What was scripted, the proposed values, and samples for what is required and has neither."""
    proposed = {
        field["name"]: values.decode(field["default"]) for field in form["fields"] if field["default"] is not None
    }
    samples = {field["name"]: _sample(field, person=person, at=at) for field in form["fields"] if field["required"]}
    return {**samples, **proposed, **reply.values}


def _sample(field: Mapping[str, Any], *, person: int, at: datetime) -> Any:
    kind = field["type"]["kind"]
    among = values.decode(field["among"]) if field["among"] is not None else None
    if field["choices"]:
        return field["choices"][0][0]
    if isinstance(among, tuple) and among:
        return among[0]
    samples = {**SAMPLES, "person": PersonRef(person), "date": (at + timedelta(days=1)).date(), "moment": at}
    return samples.get(kind, "…")


def helped(family: Sequence[int], *, call: Call) -> str:
    """Let a pretend person do what a block waits for besides assignments, such as completing a task; says the step."""
    for row in Subscription.objects.filter(instance_id__in=family).order_by("instance_id", "token"):
        for declared in blocks.all().values():
            if declared.pretend is None or row.event not in {event.name for event in declared.awaits}:
                continue
            try:
                declared.pretend(call, row.where)
            except Refused:
                continue
            return _step(row)
    return ""


def _step(row: Subscription) -> str:
    instance = Instance.objects.get(pk=row.instance_id)
    token = State.decode(bytes(instance.state)).token(row.token)
    return published.version(instance.version_id).graph.names[token.node] if token else ""
