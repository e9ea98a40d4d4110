"""What follows from changes of records, and of whatever else processes run on: starts, moved waits, ends.

All in the announcer's transaction and in sets.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from potok.engine.graph import On, Trigger
from potok.engine.values import RecordRef
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.words import _
from potok.processes import acts, judging, starting, stays, triggers, wakes, watching
from potok.processes.life import RECORD
from potok.processes.published import Published
from potok.processes.watching import Change

LISTENING = """SELECT s.instance_id, s.token, s.key, s.watches FROM processes_subscription s
    WHERE s.event = %b::text AND s.key = ANY(%b::text[])"""
GONE = _("The record was deleted")
Happened = Sequence[tuple[Call, Change]]


def follow(happened: Happened) -> None:
    """Start what begins on these changes, and move what waits for them."""
    if happened:
        _start([(call, change) for call, change in happened if not call.cause.quiet])
        _move([change for _, change in happened if change.kind is On.CHANGED])


def end(gone: Sequence[RecordRef], *, living: Iterable[int]) -> None:
    """End what runs on records that are not there any more."""
    stays.forget(gone)
    reason = wakes.payload({"reason": GONE})
    acts.post([(id, wakes.TERMINATED, 0, reason) for id in sorted(living)])


def _start(happened: Happened) -> None:
    armed = triggers.of_types({change.record_type for _, change in happened})
    if not armed:
        return
    wanted = _wanted(happened, armed)
    if wanted:
        starting.start(wanted)
    if stayed := [one for each in armed.values() for one in each if one[1].on is On.STAYED]:
        stays.follow(stayed, happened)


Matched = tuple[int, Published, Trigger]


def _wanted(happened: Happened, armed: Mapping[str, triggers.Armed]) -> list[starting.Wanted]:
    """The starts in the order of the changes; a definition whose two triggers match one change starts once."""
    matched: list[Matched] = [
        (place, version, trigger)
        for place, (_, change) in enumerate(happened)
        for version, trigger in armed.get(change.record_type, ())
        if watching.matches(trigger, change) and not watching.is_own(version.header, change)
    ]
    begun: dict[tuple[int, int], starting.Wanted] = {}
    judged = zip(matched, _verdicts(happened, matched), strict=True)
    # A trigger whose condition could not be worked out matters only where no other one starts the definition.
    for (place, version, trigger), verdict in sorted(judged, key=lambda each: (each[0][0], each[1] is not True)):
        if verdict is not False:
            begun.setdefault((place, version.definition), _asked(happened[place], version, trigger, verdict))
    return list(begun.values())


def _verdicts(happened: Happened, matched: Sequence[Matched]) -> list[judging.Verdict]:
    if not any(trigger.when for _, _, trigger in matched):
        return [True] * len(matched)
    moments = judging.moments(happened)
    asked = [judging.Condition(one.when, version, moments[place]) for place, version, one in matched if one.when]
    answers = iter(judging.judge(asked))
    return [next(answers) if trigger.when else True for _, _, trigger in matched]


def _asked(
    happened: tuple[Call, Change], version: Published, trigger: Trigger, verdict: judging.Verdict
) -> starting.Wanted:
    call, change = happened
    record, told = RecordRef(change.record_type, change.record_id), _told(trigger, change)
    decided = None if verdict is True else starting.not_held(verdict)
    return starting.Wanted(call, version, record, told, initiator=call.author, decided=decided)


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
