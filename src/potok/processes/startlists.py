"""Starts of one definition on many records: spread over time, each with its result, carried out in the background."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from potok.engine import values
from potok.engine.graph import On
from potok.engine.values import RecordRef, Value
from potok.kit import clock, sets
from potok.kit.calls import Call, Cause
from potok.kit.events import touch
from potok.processes import outside, rules, starting, triggers, waking
from potok.processes.models import StartLine, StartList
from potok.processes.published import Published

LINES = """INSERT INTO processes_startline (list_id, record_id, due, outcome, code)
    SELECT *, '', '' FROM unnest(%b::bigint[], %b::bigint[], %b::timestamptz[])"""
PACE = """UPDATE processes_startline l SET due = n.due FROM (
        SELECT id, %b::timestamptz + (row_number() OVER (ORDER BY id) - 1) * %b::interval AS due
        FROM processes_startline WHERE list_id = %b::bigint) n WHERE l.id = n.id"""
DUE = """SELECT l.id, l.list_id, l.record_id FROM processes_startline l
    WHERE l.list_id IS NOT NULL AND l.due <= (SELECT potok_now()) ORDER BY l.due, l.id LIMIT %b
    FOR UPDATE SKIP LOCKED"""
LATER = "UPDATE processes_startline SET due = (SELECT potok_now()) + %b::interval WHERE id = ANY(%b::bigint[])"
TOLD = """UPDATE processes_startline l SET due = NULL, outcome = d.outcome, code = d.code, instance_id = d.instance
    FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::bigint[]) d(id, outcome, code, instance) WHERE l.id = d.id"""
OVER = """UPDATE processes_startlist s SET ended_at = (SELECT potok_now()) WHERE s.id = ANY(%b::bigint[])
    AND s.ended_at IS NULL
    AND NOT EXISTS (SELECT FROM processes_startline l WHERE l.list_id = s.id AND l.due IS NOT NULL)
    RETURNING s.id"""
BATCH = 100
LINES_AT_ONCE = 10_000
CONDITION = "when"  # among what is told of the trigger: the condition that each record has to meet
Row = tuple[int, int, int]


def choose(call: Call, *, record_type: str, ids: Sequence[int]) -> StartList:
    """Keep a choice of records, for whoever then says what is to start on them."""
    made = StartList.objects.create(record_type=record_type, by_id=call.author, made_at=call.at, is_shown=True)
    _add(made, ids, due=None)
    return made


def begin(
    call: Call, chosen: StartList, *, version: Published, inputs: Mapping[str, Value], a_minute: int, when: str = ""
) -> StartList:
    """Let the starts begin, so many a minute, on the records that meet the condition."""
    chosen.definition_id, chosen.begun_at, chosen.a_minute = version.definition, call.at, a_minute
    chosen.call, chosen.trigger = _plain(call), _told(chosen, when)
    chosen.inputs = {name: values.encode(value) for name, value in inputs.items()}
    chosen.save()
    sets.execute(PACE, (), call.at, timedelta(minutes=1) / a_minute, chosen.pk)
    waking.after_commit()
    return chosen


def begin_on_all(wanted: starting.Wanted, *, when: str) -> None:
    """Start the definition on every record of its type that meets the condition."""
    header, call = wanted.version.header, wanted.call
    ids = outside.all_kept(header.record)
    made = StartList.objects.create(
        definition_id=wanted.version.definition,
        record_type=header.record,
        made_at=call.at,
        begun_at=call.at,
        call=_plain(call),
        trigger={**wanted.trigger, **({CONDITION: when} if when else {})},
        ended_at=None if ids else call.at,
    )
    _add(made, ids, due=call.at)


def _told(chosen: StartList, when: str) -> dict[str, Any]:
    return {"on": str(On.MANUAL), "list": chosen.pk, **({CONDITION: when} if when else {})}


def cancel(call: Call, chosen: StartList) -> int:
    """Start no more of them; answers how many did not come to it."""
    waiting = StartLine.objects.select_for_update(skip_locked=True).filter(list=chosen).exclude(due=None)
    ids = list(waiting.values_list("pk", flat=True))
    StartLine.objects.filter(pk__in=ids).update(due=None, outcome=StartLine.CANCELLED)
    StartList.objects.filter(pk=chosen.pk).update(cancelled_at=call.at, ended_at=call.at)
    touch("start_list", chosen.pk)
    return len(ids)


def serve(limit: int = BATCH) -> int:
    """Carry out starts whose turn has come; answers how many."""
    rows: list[Row] = [tuple(row) for row in sets.execute(DUE, (), limit)]
    if rows:
        lists = StartList.objects.in_bulk({row[1] for row in rows})
        _carry([_Line(id, lists[of], RecordRef(lists[of].record_type, record)) for id, of, record in rows])
        for of in sets.ids(OVER, (), list(lists)):
            touch("start_list", of)
        StartList.objects.filter(pk__in=lists, is_shown=False).exclude(ended_at=None).delete()
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    list: StartList
    record: RecordRef


def _carry(lines: Sequence[_Line]) -> None:
    wanted = {line.record for line in lines}
    held = outside.hold(wanted)
    busy = outside.existing(wanted - held)
    if busy:
        pause = timedelta(seconds=random.uniform(0.1, 0.5))  # noqa: S311
        sets.execute(LATER, (), pause, [line.id for line in lines if line.record in busy])
    kept = outside.kept(held)
    current = triggers.current({line.list.definition_id or 0 for line in lines})
    at = clock.now()
    answers: dict[int, tuple[str, str, int | None]] = {}
    asked: list[tuple[_Line, starting.Wanted]] = []
    for line in lines:
        version = current.get(line.list.definition_id or 0)
        if line.record in busy:
            continue
        if version is None or line.record not in kept:
            code = rules.NOT_ACTIVE.code if version is None else rules.RECORD_GONE.code
            answers[line.id] = (StartLine.REFUSED, code, None)
        else:
            asked.append((line, _wanted(line, version, at)))
    made = starting.start_judged([(one, line.list.trigger.get(CONDITION, "")) for line, one in asked])
    answers |= {line.id: (one.outcome, one.code, one.instance) for (line, _), one in zip(asked, made, strict=True)}
    _tell(lines, answers)


def _wanted(line: _Line, version: Published, at: datetime) -> starting.Wanted:
    call = replace(_call(line.list.call, at), key=f"list:{line.list.pk}:{line.id}")
    told = {name: value for name, value in line.list.trigger.items() if name != CONDITION}
    inputs = {name: values.decode(value) for name, value in line.list.inputs.items()}
    return starting.Wanted(call, version, line.record, told, initiator=call.author, inputs=inputs)


def _tell(lines: Sequence[_Line], answers: Mapping[int, tuple[str, str, int | None]]) -> None:
    shown: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        if line.id in answers:
            shown[line.list.is_shown].append(line.id)
    if shown[True]:
        sets.execute(TOLD, [(id, *answers[id]) for id in shown[True]])
    StartLine.objects.filter(pk__in=shown[False]).delete()
    for of in {line.list.pk for line in lines if line.list.is_shown}:
        touch("start_list", of)


def _add(to: StartList, ids: Sequence[int], *, due: datetime | None) -> None:
    for begin in range(0, len(ids), LINES_AT_ONCE):
        sets.execute(LINES, [(to.pk, id, due) for id in ids[begin : begin + LINES_AT_ONCE]])


def _plain(call: Call) -> dict[str, Any]:
    return {"by": call.by, "on_behalf": call.on_behalf, "depth": call.depth, **call.cause.plain()}


def _call(plain: Mapping[str, Any], at: datetime) -> Call:
    cause = Cause(
        **{name: plain[name] for name in ("door", "instance", "token", "definition", "title") if name in plain}
    )
    return Call(plain.get("by"), at, "", cause, plain.get("depth", 0), plain.get("on_behalf"))
