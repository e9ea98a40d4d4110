"""Values that have to stay: armed and disarmed with the change itself, and starting their definition when due."""

import random
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from potok.engine import time, values
from potok.engine.graph import On, Trigger
from potok.engine.values import RecordRef
from potok.kit import clock, sets
from potok.kit.calls import CLOCK, Call, Cause
from potok.people import public as people
from potok.processes import outside, published, starting, triggers, watching
from potok.processes.models import Stay
from potok.processes.published import Published
from potok.processes.watching import Change, Stays

ARM = """INSERT INTO processes_stay (definition_id, trigger, record_type, record_id, since, due)
    SELECT * FROM unnest(%b::bigint[], %b::text[], %b::text[], %b::bigint[], %b::timestamptz[], %b::timestamptz[])
    ON CONFLICT (record_type, record_id, definition_id, trigger)
    DO UPDATE SET since = excluded.since, due = excluded.due"""
DISARM = """DELETE FROM processes_stay s
    USING unnest(%b::bigint[], %b::text[], %b::text[], %b::bigint[]) d(id, t, type, r)
    WHERE s.definition_id = d.id AND s.trigger = d.t AND s.record_type = d.type AND s.record_id = d.r"""
FORGET = """DELETE FROM processes_stay s USING unnest(%b::text[], %b::bigint[]) d(type, id)
    WHERE s.record_type = d.type AND s.record_id = d.id"""
DUE = """SELECT id, definition_id, trigger, record_type, record_id, since, due FROM processes_stay
    WHERE due <= (SELECT potok_now()) ORDER BY due LIMIT %b FOR UPDATE SKIP LOCKED"""
DONE = "DELETE FROM processes_stay WHERE id = ANY(%b::bigint[])"
LATER = "UPDATE processes_stay SET due = %b::timestamptz WHERE id = ANY(%b::bigint[])"
NEXT = "SELECT min(due) FROM processes_stay"
BATCH = 200
ARMED_AT_ONCE = 10_000
Row = tuple[int, int, str, str, int, datetime, datetime]


def follow(armed: Sequence[tuple[Published, Trigger]], happened: Sequence[tuple[Call, Change]]) -> None:
    """Note which values stay from these changes on, and which have not stayed; the last change of a record decides."""
    rows: dict[tuple[int, str, str, int], tuple[datetime, datetime] | None] = {}
    for version, trigger in armed:
        key = watching.key(trigger)
        for call, change in happened:
            means = watching.stays(trigger, change)
            if means is not None and change.record_type == version.header.record:
                due = (call.at, _due(version, trigger, call.at)) if means is Stays.BEGINS else None
                rows[version.definition, key, change.record_type, change.record_id] = due
    # Whoever takes several of these rows takes them in one order.
    begun = [(*row, *due) for row, due in sorted(rows.items()) if due is not None]
    ended = [row for row, due in sorted(rows.items()) if due is None]
    if ended:
        sets.execute(DISARM, ended)
    if begun:
        sets.execute(ARM, begun)


def forget(records: Iterable[RecordRef]) -> None:
    """Nothing stays in records that are gone."""
    if rows := sorted({(record.type, record.id) for record in records}):
        sets.execute(FORGET, rows)


def arm(version: Published, trigger: Trigger, *, at: datetime) -> None:
    """Count from now on for the records that have the value already when a definition begins to watch it."""
    due, key, type = _due(version, trigger, at), watching.key(trigger), version.header.record
    ids = outside.having(type, field=trigger.field, value=trigger.now)
    for begin in range(0, len(ids), ARMED_AT_ONCE):
        sets.execute(ARM, [(version.definition, key, type, id, at, due) for id in ids[begin : begin + ARMED_AT_ONCE]])


def disarm(definition: int, *, key: str) -> None:
    """A definition does not watch this any more."""
    Stay.objects.filter(definition=definition, trigger=key).delete()


def serve(limit: int = BATCH) -> int:
    """Start what is due, each exactly once; answers how many were. A record that somebody holds has its turn later."""
    rows: list[Row] = [tuple(row) for row in sets.execute(DUE, (), limit)]
    if not rows:
        return 0
    at = clock.now()
    held = outside.hold({RecordRef(row[3], row[4]) for row in rows})
    free = [row for row in rows if RecordRef(row[3], row[4]) in held]
    busy = [row[0] for row in rows if RecordRef(row[3], row[4]) not in held]
    if busy:
        sets.execute(LATER, (), at + timedelta(seconds=random.uniform(0.1, 0.5)), busy)  # noqa: S311
    sets.execute(DONE, (), [row[0] for row in free])
    starting.start_judged(list(_wanted(free, at)))
    return len(rows)


def next_due() -> datetime | None:
    """The moment at which the next value has stayed long enough."""
    moment: datetime | None = sets.execute(NEXT).fetchall()[0][0]
    return moment


def _wanted(rows: Sequence[Row], at: datetime) -> Iterable[tuple[starting.Wanted, str]]:
    live = outside.kept({RecordRef(row[3], row[4]) for row in rows})
    current = triggers.current({row[1] for row in rows})
    for stay, definition, key, type, number, since, due in rows:
        version = current.get(definition)
        trigger = (
            next((each for each in version.header.triggers if watching.key(each) == key), None) if version else None
        )
        record = RecordRef(type, number)
        if version is None or trigger is None or record not in live:
            continue
        told = {
            "on": str(On.STAYED),
            "field": trigger.field,
            "now": values.encode(trigger.now),
            "since": since.isoformat(),
            "due": due.isoformat(),
        }
        call = Call(by=None, at=at, cause=Cause(CLOCK), key=f"stay:{stay}")
        yield starting.Wanted(call, version, record, told), trigger.when


def _due(version: Published, trigger: Trigger, at: datetime) -> datetime:
    assert trigger.lasts is not None
    if trigger.working:
        # Where nobody ever works, time passes as it does; whoever changes a record is not to be refused for that.
        with suppress(time.NoWorkingTime):
            return people.working_time().add(at, trigger.lasts)
    due = time.add(at, trigger.lasts, zone=published.clock(version.zone))
    assert isinstance(due, datetime)
    return due
