"""Pretend people: what waits for them, and how they answer, through the operations that real ones use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from potok.disk.public import files
from potok.engine import values
from potok.engine.graph import Header
from potok.engine.values import PersonRef
from potok.kit.calls import Call
from potok.people import public as everybody
from potok.processes.models import Assignee, Assignment
from potok.processes.operations import assignments
from potok.processes.trial.script import Reply, Script, live

DAY = timedelta(days=1)
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


def answer(assignment: Assignment, reply: Reply, *, call: Call, by: int | None = None) -> tuple[str, int]:
    """Answer as this person, or the first who has not; says what and who. Refused as that person would be."""
    open_ones = Assignee.objects.filter(assignment=assignment, status=Assignee.OPEN).order_by("id")
    # Only who has taken it out of a queue may answer.
    taken = by if by is not None else assignment.claimed_by_id
    part = open_ones.filter(person=taken).first() if taken is not None else open_ones.first()
    if part is None:
        return "", 0
    said = reply.answer or _first(assignment.form)
    own = replace(call, by=part.person_id, key="")
    typed = _values(assignment.form, reply, call=own)
    assignments.complete(own, assignment=assignment, answer=said, values=typed, comment=reply.comment)
    return said, part.person_id


def button(form: Mapping[str, Any], answer: str) -> str:
    """What the button of an answer says."""
    return next((str(each["title"]) for each in form.get("answers", ()) if each["name"] == answer), answer)


def inputs(header: Header, *, call: Call) -> dict[str, Any]:
    """Samples for what a start cannot do without. A person is a colleague: nobody decides about an own request."""
    colleague = everybody.active().exclude(pk=call.by or 0).values_list("pk", flat=True).first()
    wanted = [one for one in header.parameters if one.required and one.default is None]
    return {
        one.name: PersonRef(colleague or call.author or 0)
        if one.type.kind == "person"
        else one.choices[0][0]
        if one.choices
        else _of_kind(one.type.kind, call)
        for one in wanted
    }


def _first(form: Mapping[str, Any]) -> str:
    offered = form.get("answers") or [{"name": "done"}]
    return str(offered[0]["name"])


def _values(form: Mapping[str, Any], reply: Reply, *, call: Call) -> dict[str, Any]:
    """What was scripted, the proposed values, and samples for what is required and has neither."""
    proposed = {
        field["name"]: values.decode(field["default"]) for field in form["fields"] if field["default"] is not None
    }
    missing = [each for each in form["fields"] if each["required"] and each["name"] not in {**proposed, **reply.values}]
    return {**{each["name"]: _sample(each, call) for each in missing}, **proposed, **live(reply.values)}


def _sample(field: Mapping[str, Any], call: Call) -> Any:
    kind = field["type"]["kind"]
    among = values.decode(field["among"]) if field["among"] is not None else None
    if field["choices"]:
        return field["choices"][0][0]
    if isinstance(among, tuple) and among:
        return among[0]
    return _of_kind(kind, call)


def _of_kind(kind: str, call: Call) -> Any:
    if kind == "file":
        return files.add(call, name="sample.txt", content=b"Sample").pk
    samples = {**SAMPLES, "person": PersonRef(call.author or 0), "date": (call.at + DAY).date(), "moment": call.at}
    return samples.get(kind, "…")
