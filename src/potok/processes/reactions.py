"""What processes do when a record changes: start, wake, suspend.

All in the announcer's transaction and in sets; nothing else of a process runs there (engine.md §5a).
"""

from collections.abc import Sequence

from potok.engine.graph import On
from potok.engine.values import RecordRef
from potok.kit import clock, sets
from potok.kit.errors import Trouble
from potok.kit.events import reacts_to, touch
from potok.kit.models import Outgoing
from potok.kit.outbox import gives_up
from potok.processes import following, messages, rules, schedules, waking
from potok.processes.events import DefinitionPublished, DefinitionSwitched, MessageSent
from potok.processes.models import Incident, Instance
from potok.processes.watching import Change
from potok.records import events as records
from potok.records.events import RecordChanged

SUSPEND = """UPDATE processes_instance i SET suspended_at = d.at
    FROM unnest(%b::text[], %b::bigint[], %b::timestamptz[]) d(type, id, at)
    WHERE i.record_type = d.type AND i.record_id = d.id AND i.ended_at IS NULL AND i.suspended_at IS NULL"""
RESUME = """UPDATE processes_instance i SET suspended_at = NULL FROM unnest(%b::text[], %b::bigint[]) d(type, id)
    WHERE i.record_type = d.type AND i.record_id = d.id AND i.ended_at IS NULL AND i.suspended_by_id IS NULL
    RETURNING i.id"""
KINDS = {records.ADDED: On.CREATED, records.CHANGED: On.CHANGED, records.ERASED: On.DELETED}


@reacts_to(RecordChanged)
def follow(happened: Sequence[RecordChanged]) -> None:
    """Start what begins on these changes, move what waits for them, suspend and end with their records."""
    following.follow([(event.call, read(event)) for event in happened if event.kind in KINDS])
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
    # What was suspended with its record has to stand up to be ended.
    following.end([RecordRef(event.type, event.id) for event in erased], living=_resume(erased))


def _touch(happened: Sequence[RecordChanged]) -> None:
    for event in happened:
        touch(event.type, event.id)
