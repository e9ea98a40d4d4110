"""What instances ask for, over the database in memory: with the contract of the acts and queries that stand behind the
shell, and the operations of the small world of `blocks`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg

from potok.engine import run
from potok.engine.run import FieldOf, Unknown
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.errors import OVERTAKEN, Refused
from potok.processes import rules, wakes
from potok.processes.events import InstanceEnded
from potok.processes.rounds import Hands, What
from potok.processes.turn import Claimed
from potok.processes.world import Request
from tests.simulation.acts import Acts, Changed, close_parts, if_open
from tests.simulation.database import Session

Rows = Sequence[tuple[Call, Mapping[str, Any]]]


def hands(acts: Acts) -> Hands:
    """Carry out requests on this connection, as `rounds.real` does on the real one."""

    def carried(what: What, asked: Sequence[Request]) -> Sequence[Any]:
        acts.session.point(what.name)
        answers = HANDS[what.name](acts, [(each.call, each.given) for each in asked])
        acts.session.point()
        return answers

    return carried


def _close(session: Session, assignment: int, status: str) -> None:
    if session.update("assignment", assignment, if_open({"status": status})):
        close_parts(session, assignment)


def _facts(acts: Acts, rows: Rows) -> list[Any]:
    found = []
    for _, given in rows:
        found.append({ask: _field(acts.session, ask) for ask in given["asks"] if isinstance(ask, FieldOf)})
    return found


def _field(session: Session, ask: FieldOf) -> Any:
    row = session.get("record", ask.of.id) if isinstance(ask.of, RecordRef) else None
    return Unknown("processes.record_gone", record=str(ask.of)) if row is None else row.get(ask.name, "")


def _local(acts: Acts, rows: Rows) -> list[dict[int, bytes]]:
    found = []
    for _, given in rows:
        parts = {scope: acts.session.get("local", (given["instance"], scope)) for scope in given["scopes"]}
        found.append({scope: row["data"] for scope, row in parts.items() if row is not None})
    return found


def _unheard(acts: Acts, rows: Rows) -> list[bool]:
    inbox = acts.session.rows("inbox")
    return [
        any((row["instance"], row["kind"]) == (given["instance"], wakes.HAPPENED)
            and row["token"] in given["tokens"] and id not in given["known"] for id, row in inbox)
        for _, given in rows
    ]  # fmt: skip


def _hold(acts: Acts, rows: Rows) -> list[bool]:
    return [acts.session.lock("record", given["record"].id, skip=True) for _, given in rows]


def _call(acts: Acts, rows: Rows) -> list[Any]:
    return [_called(acts, call, given["instance"], given["effect"]) for call, given in rows]


def _called(acts: Acts, call: Call, caller: Claimed, effect: run.CallProcess) -> Any:
    if effect.definition not in acts.definitions:
        return rules.NO_DEFINITION(definition=effect.definition)
    parent = (caller.id, effect.token) if effect.wait else None
    return acts.begin(effect.definition, parent=parent, depth=call.depth, inputs=effect.inputs)


def _end_called(acts: Acts, rows: Rows) -> list[None]:
    for call, given in rows:
        parent = (given["instance"].id, call.cause.token)
        found = [id for id, row in acts.session.rows("instance")
                 if (row["parent"], row["parent_token"]) == parent and row["ended_at"] is None]  # fmt: skip
        acts.post([(id, wakes.TERMINATED, 0, "{}") for id in found])
    return [None] * len(rows)


def _withdraw(acts: Acts, rows: Rows) -> list[None]:
    for call, given in rows:
        for id, row in acts.session.rows("assignment"):
            if (row["instance"], row["token"]) == (given["instance"].id, call.cause.token):
                _close(acts.session, id, "withdrawn")
    return [None] * len(rows)


def _finish(acts: Acts, rows: Rows) -> list[None]:
    session = acts.session
    for call, given in rows:
        one, effect = given["instance"], given["effect"]
        parent = session.get("instance", one.parent) if one.parent is not None else None
        if parent is not None and parent["ended_at"] is None:
            acts.post([(one.parent, wakes.ENDED, one.parent_token or 0, wakes.payload(effect.results))])
        if given["queued"] and one.record_id is not None:
            if session.lock("record", one.record_id, skip=True):
                acts.let_next_begin(one.record_id, definition=one.definition)
            else:
                acts.look_at(one.id)
        session.announced.append(InstanceEnded(call=call, instance=one.id, definition=one.definition, outcome="",
                                               record_type=one.record_type, record_id=one.record_id))  # fmt: skip
    return [None] * len(rows)


def _ask(acts: Acts, rows: Rows) -> list[Any]:
    answers = []
    for call, given in rows:
        id = acts.session.number("assignment")
        row = {"instance": call.cause.instance, "token": call.cause.token, "all": given["all"], "status": "open"}
        acts.session.put("assignment", id, row)
        for person in given["people"]:
            acts.session.put("assignee", (id, person), {"status": "open", "answer": "", "key": ""})
        answers.append(id)
    return answers


def _close_asked(acts: Acts, rows: Rows) -> list[None]:
    for _, given in rows:
        _close(acts.session, given["assignment"], "done")
    return [None] * len(rows)


def _answered(acts: Acts, rows: Rows) -> list[Any]:
    parts = acts.session.rows("assignee")
    return [[(key[1], row["answer"]) for key, row in parts if key[0] == given["assignment"]] for _, given in rows]


def _counted(acts: Acts, rows: Rows) -> list[Any]:
    return [(acts.session.get("record", given["record"].id) or {})["count"] for _, given in rows]


def _count(acts: Acts, rows: Rows) -> list[Refused | None]:
    answers: list[Refused | None] = []
    seen: set[int] = set()
    for _, given in rows:
        id, was = given["record"].id, given["was"]
        row = acts.session.get("record", id) if acts.session.lock("record", id, skip=True) else None
        if row is None or row["count"] != was or id in seen:
            answers.append(OVERTAKEN())
            continue
        seen.add(id)
        acts.session.put("record", id, {**row, "count": was + 1})
        acts.session.announced.append(Changed(id, frozenset({"count"})))
        answers.append(None)
    return answers


def _send(acts: Acts, rows: Rows) -> list[None]:
    for call, _ in rows:
        if acts.session.get("parcel", call.key) is None:
            acts.session.put("parcel", call.key, {"sent": 0, "instance": call.cause.instance})
            acts.ring()
    return [None] * len(rows)


def _act(acts: Acts, rows: Rows) -> list[None]:
    for call, _ in rows:
        acts.session.put("deed", acts.session.number("deed"), {"key": call.key, "instance": call.cause.instance})
    return [None] * len(rows)


def _break(acts: Acts, rows: Rows) -> list[None]:
    raise psycopg.errors.DivisionByZero("nobody is named")


def _nothing(acts: Acts, rows: Rows) -> list[None]:
    return [None] * len(rows)


HANDS: Mapping[str, Callable[[Acts, Rows], Sequence[Any]]] = {
    "processes.facts": _facts,
    "processes.local_values": _local,
    "processes.unheard": _unheard,
    "processes.hold": _hold,
    "processes.instance.call": _call,
    "processes.instance.end_called": _end_called,
    "processes.assignment.withdraw": _withdraw,
    "processes.instance.finish": _finish,
    "processes.instance.say": _nothing,
    "simulation.ask": _ask,
    "simulation.close": _close_asked,
    "simulation.answered": _answered,
    "simulation.counted": _counted,
    "simulation.count": _count,
    "simulation.send": _send,
    "simulation.act": _act,
    "simulation.break": _break,
}
