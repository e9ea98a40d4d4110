"""What instances do to other instances and to their own end, in sets.

These look like operations to the rounds, but have no public name in the registry: no door may call them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from potok.engine import run
from potok.engine.values import RecordRef
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.events import announce, touch
from potok.kit.operations import Operation
from potok.processes import asking, commanding, queueing, rules, wakes, waking
from potok.processes.events import InstanceEnded
from potok.processes.models import Definition
from potok.processes.starts import Start, begin
from potok.processes.turn import Claimed

POST = """INSERT INTO processes_inbox (instance_id, kind, token, payload)
    SELECT * FROM unnest(%b::bigint[], %b::text[], %b::int[], %b::text[])"""
PARENTS_ALIVE = "SELECT id FROM processes_instance WHERE id = ANY(%b::bigint[]) AND ended_at IS NULL"
CALLED = """SELECT i.id FROM processes_instance i JOIN unnest(%b::bigint[], %b::int[]) p(id, token)
    ON i.parent_id = p.id AND i.parent_token = p.token WHERE i.ended_at IS NULL"""
SAY = """UPDATE processes_instance i SET status_text = t.text FROM unnest(%b::bigint[], %b::text[]) t(id, text)
    WHERE i.id = t.id"""
# Of those that wait behind an instance on the same record (5: `Standing.QUEUED`), the first may begin.
NEXT = """UPDATE processes_instance i SET status = 0 FROM (
        SELECT DISTINCT ON (q.definition_id, q.record_type, q.record_id) q.id FROM processes_instance q
        JOIN unnest(%b::bigint[], %b::text[], %b::bigint[]) e(definition_id, record_type, record_id)
        ON q.definition_id = e.definition_id AND q.record_type = e.record_type AND q.record_id = e.record_id
        WHERE q.ended_at IS NULL AND q.status = 5
        ORDER BY q.definition_id, q.record_type, q.record_id, q.id) n
    WHERE i.id = n.id AND i.status = 5 AND i.ended_at IS NULL RETURNING i.id"""
READY = (
    "INSERT INTO processes_ready (instance_id, due, attempts) SELECT *, 0 FROM unnest(%b::bigint[], %b::timestamptz[])"
)


def post(rows: Sequence[tuple[int, str, int, str]]) -> None:
    """Put events into the inbox of instances (instance, kind, token, payload), and wake a worker."""
    if rows:
        sets.execute(POST, rows)
        waking.after_commit()


def act(name: str, keep: Callable[[Sequence[tuple[Call, Any]]], Sequence[Any]]) -> Operation[Any, Any]:
    """Make an act of instances: an operation in sets that no door knows."""
    return Operation(name, "", lambda call, **given: given, keep)


def _call_processes(rows: Sequence[tuple[Call, Any]]) -> list[int | Refused]:
    codes = {given["effect"].definition for _, given in rows}
    known = {each.code: each for each in Definition.objects.filter(code__in=codes).exclude(version=None)}
    wanted = [_called(call, known.get(given["effect"].definition), given) for call, given in rows]
    made = iter(begin([start for start in wanted if isinstance(start, Start)]))
    return [next(made) if isinstance(start, Start) else start for start in wanted]


def _called(call: Call, definition: Definition | None, given: dict[str, Any]) -> Start | Refused:
    effect: run.CallProcess = given["effect"]
    caller: Claimed = given["instance"]
    if definition is None or definition.version_id is None:
        return rules.NO_DEFINITION(definition=effect.definition)
    if not definition.is_active:
        return rules.NOT_ACTIVE(definition=definition.title)
    if call.depth > rules.DEPTH_MAX:
        return rules.TOO_DEEP(depth=rules.DEPTH_MAX)
    own = RecordRef(caller.record_type, caller.record_id) if caller.record_id is not None else None
    record = effect.record or own
    if definition.record_type and (record is None or record.type != definition.record_type):
        return rules.WRONG_RECORD(definition=definition.title, wanted=definition.record_type)
    return Start(
        definition=definition.pk,
        version=definition.version_id,
        at=call.at,
        record=record,
        initiator=caller.initiator,
        cause=call.cause.plain(),
        depth=call.depth,
        inputs=effect.inputs,
        parent=caller.id,
        parent_token=effect.token if effect.wait else None,
    )


def _end_called(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    found = sets.execute(CALLED, [(given["instance"].id, call.cause.token) for call, given in rows])
    post([(row[0], wakes.TERMINATED, 0, "{}") for row in found])
    return [None] * len(rows)


def _withdraw(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    tokens = [(call, given["instance"].id, call.cause.token or 0) for call, given in rows]
    asking.withdraw(tokens)
    commanding.withdraw(tokens)
    return [None] * len(rows)


def _finish(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    ended: list[tuple[Claimed, run.Finish]] = [(given["instance"], given["effect"]) for _, given in rows]
    _tell_parents(ended)
    _let_next_begin([(call, given["instance"]) for call, given in rows if given["queued"]])
    for (call, _), (instance, effect) in zip(rows, ended, strict=True):
        announce(
            InstanceEnded(
                call=call,
                instance=instance.id,
                definition=instance.definition,
                record_type=instance.record_type,
                record_id=instance.record_id,
                outcome=effect.outcome,
            )
        )
        touch("instance", instance.id)
    return [None] * len(rows)


def _tell_parents(ended: Sequence[tuple[Claimed, run.Finish]]) -> None:
    # One that nobody waits for has a parent, and no token of it.
    called = [(one, effect) for one, effect in ended if one.parent_token is not None]
    if not called:
        return
    alive = sets.ids(PARENTS_ALIVE, (), [one.parent for one, _ in called])
    post([(one.parent or 0, *_told(effect, one.parent_token or 0)) for one, effect in called if one.parent in alive])


def _told(effect: run.Finish, token: int) -> tuple[str, int, str]:
    if effect.outcome == "failed":
        return wakes.FAILED, token, wakes.payload({"code": effect.code, "text": effect.text})
    return wakes.ENDED, token, wakes.payload(effect.results)


def _escalate(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    sent: list[tuple[Claimed, run.Escalate]] = [(given["instance"], given["effect"]) for _, given in rows]
    called = [(one, effect) for one, effect in sent if one.parent_token is not None]
    alive = sets.ids(PARENTS_ALIVE, (), [one.parent for one, _ in called]) if called else set()
    post(
        [
            (one.parent or 0, wakes.ESCALATED, one.parent_token or 0,
             wakes.payload({"code": effect.code, "text": effect.text}))
            for one, effect in called
            if one.parent in alive
        ]
    )  # fmt: skip
    return [None] * len(rows)


def _let_next_begin(ended: Sequence[tuple[Call, Claimed]]) -> None:
    on_records = [
        (one.id, (one.definition, one.record_type, one.record_id)) for _, one in ended if one.record_id is not None
    ]
    if places := queueing.free(on_records):
        ids = [row[0] for row in sets.execute(NEXT, places)]
        if ids:
            sets.execute(READY, [(id, ended[0][0].at) for id in ids])


def _say(rows: Sequence[tuple[Call, Any]]) -> list[None]:
    sets.execute(SAY, [(call.cause.instance, given["text"]) for call, given in rows])
    for call, _ in rows:
        touch("instance", call.cause.instance or 0)
    return [None] * len(rows)


call_process = act("processes.instance.call", _call_processes)
end_called = act("processes.instance.end_called", _end_called)
escalate = act("processes.instance.escalate", _escalate)
withdraw = act("processes.assignment.withdraw", _withdraw)
finish = act("processes.instance.finish", _finish)
say = act("processes.instance.say", _say)
