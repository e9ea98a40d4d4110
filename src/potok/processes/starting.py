"""Whether and how an instance starts on a record, for many at once, with the line that *Why?* shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from potok.engine.graph import Again
from potok.engine.values import RecordRef, Value
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.events import announce, encode, touch
from potok.processes import acts, chains, complaints, judging, outside, queueing, rules, wakes
from potok.processes.events import InstanceStarted
from potok.processes.models import StartLog
from potok.processes.published import Published
from potok.processes.rules import Verdict
from potok.processes.starts import Start, begin

# Record by record, and who lives is told apart behind the fence (OFFSET): left to choose, the planner reads all that
# live, because they were few when they were last counted.
RUNNING = """SELECT w.definition, w.type, w.record, i.id
    FROM unnest(%b::bigint[], %b::text[], %b::bigint[]) w(definition, type, record)
    CROSS JOIN LATERAL (SELECT i.id, i.ended_at FROM processes_instance i WHERE i.record_type = w.type
        AND i.record_id = w.record AND i.definition_id = w.definition OFFSET 0) i WHERE i.ended_at IS NULL"""
LATELY = """SELECT w.type, w.record, l.count FROM unnest(%b::text[], %b::bigint[]) w(type, record)
    CROSS JOIN LATERAL (SELECT count(*) FROM processes_startlog l WHERE l.record_type = w.type
        AND l.record_id = w.record AND l.at > %b::timestamptz AND l.outcome IN ('started', 'queued', 'replaced')
        OFFSET 0) l WHERE l.count > 0"""
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


@dataclass(slots=True)
class Made:
    """What came of a start that was asked for. `code` and `fields` say why it was stopped or skipped."""

    outcome: str
    instance: int | None = None
    code: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A start that somebody or something asks for; `decided` is what is known to come of it beforehand."""

    call: Call
    version: Published
    record: RecordRef | None
    trigger: Mapping[str, Any]
    initiator: int | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)
    decided: Made | None = None


def start(wanted: Sequence[Wanted]) -> list[Made]:
    """Start what may start; skip, queue, replace or stop the rest as the definitions and the guards say.

    The records have to be held by whoever asks: two starts of one definition on one record would not see each other.
    """
    running, lately = _running(wanted), _lately(wanted)
    verdicts = [_judge(one, running, lately) for one in wanted]
    return _carry_out(wanted, verdicts)


def start_soon(wanted: Sequence[Wanted]) -> list[Made | Refused]:
    """The same for those who do not hold the records, and wait for nobody.

    Where somebody holds a record and it matters what else runs there, the instance is made and begins as soon as the
    record is free; see `queueing`. Refused where there is no such record.
    """
    guarded = {one.record for one in wanted if one.record and one.version.header.again is not Again.BESIDE}
    held = outside.hold(guarded)
    there = outside.existing({one.record for one in wanted if one.record} - held) | held
    lately = _lately(wanted)
    running = _running([one for one in wanted if one.record in held])
    verdicts: list[tuple[Made, list[int]] | Refused] = []
    for one in wanted:
        if one.record and one.record not in there:
            verdicts.append(rules.RECORD_GONE(record=str(one.record)))
        elif one.record in guarded - held:
            verdicts.append(_judge(one, defaultdict(list), lately, waits=True))
        else:
            verdicts.append(_judge(one, running, lately))
    return _with_refusals(wanted, verdicts)


def start_judged(wanted: Sequence[tuple[Wanted, str]]) -> list[Made]:
    """The same as `start` for those whose trigger has a condition: told why where it does not hold."""
    asked = [(place, one, when) for place, (one, when) in enumerate(wanted) if when and one.record]
    conditions = [_condition(one, when) for _, one, when in asked]
    answers = [one for one, _ in wanted]
    for (place, one, _), verdict in zip(asked, judging.judge(conditions), strict=True):
        if verdict is not True:
            answers[place] = replace(one, decided=not_held(verdict))
    return start(answers)


def not_held(verdict: judging.Verdict) -> Made:
    """What comes of a start whose condition does not hold, or could not be worked out."""
    if isinstance(verdict, judging.Failed):
        within = complaints.within(verdict.code, verdict.fields)
        return Made(StartLog.STOPPED, code=rules.CONDITION_FAILED.code, fields=within)
    return Made(StartLog.SKIPPED, code=CONDITION)


CONDITION = "condition"  # in the line of *Why?*: the condition of the trigger did not hold
STARTING = (StartLog.STARTED, StartLog.QUEUED, StartLog.REPLACED)
Running = dict[tuple[int, RecordRef], list[int]]


Judged = tuple[Made, list[int]]


def _condition(one: Wanted, when: str) -> judging.Condition:
    assert one.record is not None
    by, cause = one.call.author, one.call.cause
    return judging.Condition(when, one.version, judging.Moment(one.record, one.call.at, by=by, door=cause.door))


def _judge(one: Wanted, running: Running, lately: dict[RecordRef, int], *, waits: bool = False) -> Judged:
    if one.decided is not None:
        return one.decided, []
    if one.call.depth > rules.DEPTH_MAX:
        return _stopped(one, rules.TOO_DEEP.code), []
    if one.record is None:
        return Made(StartLog.STARTED), []
    if lately[one.record] >= rules.STARTS_A_MINUTE_MAX:
        return _stopped(one, rules.TOO_OFTEN.code), []
    there = running[one.version.definition, one.record]
    verdict = Verdict.QUEUE if waits else rules.again(one.version.header.again, runs=bool(there))
    if verdict is not Verdict.SKIP:
        lately[one.record] += 1
        # Another start of the same batch finds this one running; its id is not known yet, and nobody ends it.
        running[one.version.definition, one.record] = [*there, 0]
    return Made(OUTCOMES[verdict]), there if verdict is Verdict.REPLACE else []


def _stopped(one: Wanted, code: str) -> Made:
    told = {"depth": rules.DEPTH_MAX, "count": rules.STARTS_A_MINUTE_MAX, "chain": chains.of(one.call)}
    return Made(StartLog.STOPPED, code=code, fields=told)


def _carry_out(wanted: Sequence[Wanted], verdicts: Sequence[Judged]) -> list[Made]:
    _end([id for _, ended in verdicts for id in ended])
    makers = [(one, made) for one, (made, _) in zip(wanted, verdicts, strict=True) if made.outcome in STARTING]
    for (one, made), id in zip(makers, begin([_start(one, made) for one, made in makers]), strict=True):
        made.instance = id
        _announce(one, id)
    answers = [each for each, _ in verdicts]
    _log(wanted, answers)
    # Behind another instance it begins when that ends, and this may be happening now, unseen by us.
    queueing.look_at([made.instance for made in answers if made.outcome == StartLog.QUEUED and made.instance])
    return answers


def _with_refusals(wanted: Sequence[Wanted], verdicts: Sequence[Judged | Refused]) -> list[Made | Refused]:
    judged = [(one, made) for one, made in zip(wanted, verdicts, strict=True) if not isinstance(made, Refused)]
    carried = iter(_carry_out([one for one, _ in judged], [made for _, made in judged]))
    return [made if isinstance(made, Refused) else next(carried) for made in verdicts]


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


def _end(ids: Sequence[int]) -> None:
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
    told = {**one.call.cause.plain(), **({"code": what.code} if what.code else {}), **what.fields}
    return (one.version.definition, what.instance, type, number, one.call.at, what.outcome,
            encode(dict(one.trigger)), one.call.author, encode(told))  # fmt: skip


def _incident(one: Wanted, what: Made) -> tuple[Any, ...]:
    type, number = (one.record.type, one.record.id) if one.record else ("", None)
    return (one.version.definition, what.code, encode(dict(what.fields)), type, number, one.call.at)
