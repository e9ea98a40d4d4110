"""What processes do when a record changes: start, wake, suspend.

All in the announcer's transaction and in sets; nothing else of a process runs there (engine.md §5a).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from potok.engine.graph import On, Trigger
from potok.engine.values import RecordRef
from potok.kit import sets
from potok.kit.calls import Call
from potok.processes import acts, rules, starting, triggers, wakes, waking
from potok.processes.life import RECORD
from potok.processes.rules import Change

LISTENING = """SELECT s.instance_id, s.token, s.key, s.watches FROM processes_subscription s
    WHERE s.event = %b::text AND s.key = ANY(%b::text[])"""
SUSPEND = """UPDATE processes_instance i SET suspended_at = d.at
    FROM unnest(%b::text[], %b::bigint[], %b::timestamptz[]) d(type, id, at)
    WHERE i.record_type = d.type AND i.record_id = d.id AND i.ended_at IS NULL AND i.suspended_at IS NULL"""
RESUME = """UPDATE processes_instance i SET suspended_at = NULL FROM unnest(%b::text[], %b::bigint[]) d(type, id)
    WHERE i.record_type = d.type AND i.record_id = d.id AND i.ended_at IS NULL RETURNING i.id"""


def changed(happened: Sequence[tuple[Call, Change]]) -> None:
    """Records were made or changed: start what begins on it, move what waits for it."""
    _start(happened)
    _move([change for _, change in happened if change.kind is On.CHANGED])


def removed(records: Sequence[tuple[RecordRef, datetime]]) -> None:
    """Records went to the trash: their instances stand still."""
    sets.execute(SUSPEND, [(record.type, record.id, at) for record, at in records])


def restored(records: Sequence[RecordRef]) -> None:
    """Records came back: their instances go on, with all that happened meanwhile."""
    sets.execute(RESUME, [(record.type, record.id) for record in records])
    waking.after_commit()


def deleted(happened: Sequence[tuple[Call, Change]], *, reason: str) -> None:
    """Records are gone for good: their instances end."""
    _start(happened)
    rows = [(change.record_type, change.record_id) for _, change in happened]
    ended = sets.ids(RESUME, rows)
    acts.post([(id, wakes.TERMINATED, 0, wakes.payload({"reason": reason})) for id in sorted(ended)])


def _start(happened: Sequence[tuple[Call, Change]]) -> None:
    armed = triggers.of_types({change.record_type for _, change in happened})
    wanted = []
    for call, change in happened:
        begun: set[int] = set()
        for version, trigger in armed.get(change.record_type, ()):
            # A definition whose two triggers match one change starts once.
            if version.definition in begun or not rules.matches(trigger, change):
                continue
            begun.add(version.definition)
            if rules.is_own(version.header, change):
                continue
            record = RecordRef(change.record_type, change.record_id)
            told = _told(trigger, change)
            wanted.append(starting.Wanted(call, version, record, told, initiator=call.author))
    if wanted:
        starting.start(wanted)


def _told(trigger: Trigger, change: Change) -> Mapping[str, Any]:
    """What *Why?* says of the change."""
    if not trigger.field:
        return {"on": str(trigger.on)}
    was, now = change.before.get(trigger.field), change.after.get(trigger.field)
    return {"on": str(trigger.on), "field": trigger.field, "was": was, "now": now}


def _move(changes: Sequence[Change]) -> None:
    """Tell those that watch a changed field: a timer follows its date, a condition is asked again."""
    by_key: dict[str, set[str]] = {}
    for change in changes:
        by_key.setdefault(f"{change.record_type}={change.record_id}", set()).update(change.after)
    found = sets.execute(LISTENING, (), RECORD, sorted(by_key)) if by_key else ()
    acts.post(
        [
            (instance, wakes.MOVED, token, "{}")
            for instance, token, key, watches in found
            if by_key[key] & {watched.partition(".")[0] for watched in watches}
        ]
    )
