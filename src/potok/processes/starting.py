"""Whether and how an instance starts on a record, for many at once, with the line that *Why?* shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from potok.engine.values import RecordRef, Value
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.events import announce, encode, touch
from potok.processes import acts, rules, wakes
from potok.processes.events import InstanceStarted
from potok.processes.models import StartLog
from potok.processes.published import Published
from potok.processes.rules import Verdict
from potok.processes.starts import Start, begin

RUNNING = """SELECT i.definition_id, i.record_type, i.record_id, i.id FROM processes_instance i
    JOIN unnest(%b::bigint[], %b::text[], %b::bigint[]) w(definition, type, id)
    ON i.definition_id = w.definition AND i.record_type = w.type AND i.record_id = w.id WHERE i.ended_at IS NULL"""
LATELY = """SELECT l.record_type, l.record_id, count(*) FROM processes_startlog l
    JOIN unnest(%b::text[], %b::bigint[]) w(type, id) ON l.record_type = w.type AND l.record_id = w.id
    WHERE l.at > %b::timestamptz AND l.outcome IN ('started', 'queued', 'replaced') GROUP BY 1, 2"""
LOG = """INSERT INTO processes_startlog (definition_id, instance_id, record_type, record_id, at, outcome, trigger,
        by_id, fields)
    SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::text[], %b::bigint[], %b::timestamptz[], %b::text[],
        %b::text[]::jsonb[], %b::bigint[], %b::text[]::jsonb[])"""
INCIDENTS = """INSERT INTO processes_incident (definition_id, node, code, fields, sentence, record_type, record_id, at,
        resolution)
    SELECT d, '', c, f::jsonb, '', t, r, a, '' FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::text[],
        %b::bigint[], %b::timestamptz[]) w(d, c, f, t, r, a)"""
OUTCOMES = {
    Verdict.START: StartLog.STARTED,
    Verdict.SKIP: StartLog.SKIPPED,
    Verdict.QUEUE: StartLog.QUEUED,
    Verdict.REPLACE: StartLog.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A start that somebody or something asks for."""

    call: Call
    version: Published
    record: RecordRef | None
    trigger: Mapping[str, Any]
    initiator: int | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Made:
    """What came of it."""

    outcome: str
    instance: int | None = None
    code: str = ""


def start(wanted: Sequence[Wanted]) -> list[Made]:
    """Start what may start; skip, queue, replace or stop the rest as the definitions and the guards say."""
    running, lately = _running(wanted), _lately(wanted)
    verdicts = [_judge(one, running, lately) for one in wanted]
    _end([id for made, ended in verdicts for id in ended], wanted)
    makers = [(one, made) for one, (made, _) in zip(wanted, verdicts, strict=True) if made.outcome in STARTING]
    for (one, made), id in zip(makers, begin([_start(one, made) for one, made in makers]), strict=True):
        made.instance = id
        _announce(one, id)
    answers = [each for each, _ in verdicts]
    _log(wanted, answers)
    return answers


STARTING = (StartLog.STARTED, StartLog.QUEUED, StartLog.REPLACED)
Running = dict[tuple[int, RecordRef], list[int]]


def _judge(one: Wanted, running: Running, lately: dict[RecordRef, int]) -> tuple[Made, list[int]]:
    if one.call.depth > rules.DEPTH_MAX:
        return Made(StartLog.STOPPED, code="processes.chain_too_long"), []
    if one.record is None:
        return Made(StartLog.STARTED), []
    if lately[one.record] >= rules.STARTS_A_MINUTE_MAX:
        return Made(StartLog.STOPPED, code="processes.too_many_starts"), []
    there = running[one.version.definition, one.record]
    verdict = rules.again(one.version.header.again, runs=bool(there))
    if verdict is not Verdict.SKIP:
        lately[one.record] += 1
        # Another start of the same batch finds this one running; its id is not known yet, and nobody ends it.
        running[one.version.definition, one.record] = [*there, 0]
    return Made(OUTCOMES[verdict]), there if verdict is Verdict.REPLACE else []


def _running(wanted: Sequence[Wanted]) -> Running:
    found: Running = defaultdict(list)
    rows = {(one.version.definition, one.record.type, one.record.id) for one in wanted if one.record}
    for definition, type, id, instance in sets.execute(RUNNING, sorted(rows)) if rows else ():
        found[definition, RecordRef(type, id)].append(instance)
    return found


def _lately(wanted: Sequence[Wanted]) -> dict[RecordRef, int]:
    found: dict[RecordRef, int] = defaultdict(int)
    rows = sorted({(one.record.type, one.record.id) for one in wanted if one.record})
    if rows:
        since = min(one.call.at for one in wanted) - timedelta(minutes=1)
        columns = [list(column) for column in zip(*rows, strict=True)]
        for type, id, count in sets.execute(LATELY, (), *columns, since):
            found[RecordRef(type, id)] = count
    return found


def _end(ids: Sequence[int], wanted: Sequence[Wanted]) -> None:
    reason = wakes.payload({"reason": ""})
    acts.post([(id, wakes.TERMINATED, 0, reason) for id in dict.fromkeys(ids) if id])


def _start(one: Wanted, made: Made) -> Start:
    return Start(
        definition=one.version.definition,
        version=one.version.id,
        at=one.call.at,
        record=one.record,
        initiator=one.initiator,
        cause=one.call.cause.plain(),
        depth=one.call.depth,
        inputs=one.inputs,
        waits=made.outcome == StartLog.QUEUED,
    )


def _announce(one: Wanted, id: int) -> None:
    type, number = (one.record.type, one.record.id) if one.record else ("", None)
    announce(
        InstanceStarted(
            call=one.call, instance=id, definition=one.version.definition, record_type=type, record_id=number
        )
    )
    touch("instance", id)
    if number is not None:
        touch(type, number)


def _log(wanted: Sequence[Wanted], made: Sequence[Made]) -> None:
    pairs = list(zip(wanted, made, strict=True))
    if pairs:
        sets.execute(LOG, [_line(one, what) for one, what in pairs])
    stopped = [_incident(one, what) for one, what in pairs if what.outcome == StartLog.STOPPED]
    if stopped:
        sets.execute(INCIDENTS, stopped)


def _line(one: Wanted, what: Made) -> tuple[Any, ...]:
    type, number = (one.record.type, one.record.id) if one.record else ("", None)
    told = {**one.call.cause.plain(), **({"code": what.code} if what.code else {})}
    return (one.version.definition, what.instance, type, number, one.call.at, what.outcome,
            encode(dict(one.trigger)), one.call.author, encode(told))  # fmt: skip


def _incident(one: Wanted, what: Made) -> tuple[Any, ...]:
    type, number = (one.record.type, one.record.id) if one.record else ("", None)
    told = {"depth": rules.DEPTH_MAX, "count": rules.STARTS_A_MINUTE_MAX, "chain": one.call.cause.plain()}
    return (one.version.definition, what.code, encode(told), type, number, one.call.at)
