"""What processes do when a record changes: start, wake, suspend.

All in the announcer's transaction and in sets; nothing else of a process runs there (engine.md §5a).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from potok.engine.graph import On, Trigger
from potok.engine.values import RecordRef
from potok.kit import clock, sets
from potok.kit.calls import Call
from potok.kit.errors import Trouble
from potok.kit.events import reacts_to, touch
from potok.kit.models import Outgoing
from potok.kit.outbox import gives_up
from potok.kit.words import _
from potok.processes import (
    acts,
    judging,
    messages,
    rules,
    schedules,
    starting,
    stays,
    triggers,
    wakes,
    waking,
    watching,
)
from potok.processes.events import DefinitionPublished, DefinitionSwitched, MessageSent
from potok.processes.life import RECORD
from potok.processes.models import Incident, Instance
from potok.processes.published import Published
from potok.processes.watching import Change
from potok.records import events as records
from potok.records.events import RecordChanged

LISTENING = """SELECT s.instance_id, s.token, s.key, s.watches FROM processes_subscription s
    WHERE s.event = %b::text AND s.key = ANY(%b::text[])"""
SUSPEND = """UPDATE processes_instance i SET suspended_at = d.at
    FROM unnest(%b::text[], %b::bigint[], %b::timestamptz[]) d(type, id, at)
    WHERE i.record_type = d.type AND i.record_id = d.id AND i.ended_at IS NULL AND i.suspended_at IS NULL"""
RESUME = """UPDATE processes_instance i SET suspended_at = NULL FROM unnest(%b::text[], %b::bigint[]) d(type, id)
    WHERE i.record_type = d.type AND i.record_id = d.id AND i.ended_at IS NULL AND i.suspended_by_id IS NULL
    RETURNING i.id"""
KINDS = {records.ADDED: On.CREATED, records.CHANGED: On.CHANGED, records.ERASED: On.DELETED}
GONE = _("The record was deleted")


@reacts_to(RecordChanged)
def follow(happened: Sequence[RecordChanged]) -> None:
    """Start what begins on these changes, move what waits for them, suspend and end with their records."""
    changes = [(event.call, read(event)) for event in happened if event.kind in KINDS]
    if changes:
        _start([(call, change) for call, change in changes if not call.cause.quiet])
        _move([change for _, change in changes if change.kind is On.CHANGED])
    for kind, react in ((records.REMOVED, _suspend), (records.RESTORED, _resume), (records.ERASED, _end)):
        found = [event for event in happened if event.kind == kind]
        if found:
            react(found)


def read(event: RecordChanged) -> Change:
    """See the event as the rules do."""
    kind, cause = KINDS[event.kind], event.call.cause
    return Change(event.type, event.id, event.before, event.after, kind, cause.definition)


@reacts_to(DefinitionPublished)
def published(happened: Sequence[DefinitionPublished]) -> None:
    """Let definitions follow their schedules, and the values that have to stay, as they say now."""
    for event in happened:
        schedules.arm(event.definition, at=event.call.at)


@reacts_to(DefinitionSwitched)
def switched(happened: Sequence[DefinitionSwitched]) -> None:
    """Let definitions follow them from now on, or no more."""
    for event in happened:
        schedules.arm(event.definition, at=event.call.at)


@reacts_to(MessageSent)
def begin(sent: Sequence[MessageSent]) -> None:
    """Start what these messages start."""
    messages.begin(sent)


@gives_up
def note(parcel: Outgoing, trouble: Trouble) -> None:
    """What an instance sent could not be delivered: an operator is told, the instance goes on."""
    instance = Instance.objects.filter(pk=parcel.instance).first() if parcel.instance is not None else None
    if instance is None:
        return
    Incident.objects.create(
        definition_id=instance.definition_id,
        instance=instance,
        code=rules.UNDELIVERED.code,
        fields={"trouble": trouble.sentence(), "kind": parcel.kind},
        record_type=instance.record_type,
        record_id=instance.record_id,
        at=clock.now(),
    )
    touch("instance", instance.pk)


def _suspend(removed: Sequence[RecordChanged]) -> None:
    sets.execute(SUSPEND, [(event.type, event.id, event.call.at) for event in removed])
    _touch(removed)


def _resume(restored: Sequence[RecordChanged]) -> set[int]:
    ids = sets.ids(RESUME, [(event.type, event.id) for event in restored])
    waking.after_commit()
    _touch(restored)
    return ids


def _end(erased: Sequence[RecordChanged]) -> None:
    stays.forget(RecordRef(event.type, event.id) for event in erased)
    # What was suspended with its record has to stand up to be ended.
    reason = wakes.payload({"reason": GONE})
    acts.post([(id, wakes.TERMINATED, 0, reason) for id in sorted(_resume(erased))])


def _touch(happened: Sequence[RecordChanged]) -> None:
    for event in happened:
        touch(event.type, event.id)


Happened = Sequence[tuple[Call, Change]]


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
