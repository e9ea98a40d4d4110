"""Messages that start definitions: which of them, on which record, with which parameters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from potok.engine import values
from potok.engine.graph import On, Trigger
from potok.engine.values import RecordRef, Value
from potok.kit.errors import Refusals, Refused
from potok.processes import complaints, rules, starting, triggers
from potok.processes.events import MessageSent
from potok.processes.models import StartLog
from potok.processes.operations.instances import typed_inputs
from potok.processes.published import Published


def begin(sent: Sequence[MessageSent]) -> None:
    """Start what these messages start. What does not fit is told to an operator and never to the sender."""
    wanted = [one for event in sent for one in _wanted(event)]
    if not wanted:
        return
    made = starting.start_soon(wanted)
    refused = [(one, answer) for one, answer in zip(wanted, made, strict=True) if isinstance(answer, Refused)]
    if refused:
        starting.start([replace(one, decided=_stopped(answer)) for one, answer in refused])


def _wanted(event: MessageSent) -> Iterator[starting.Wanted]:
    said = {name: values.decode(plain) for name, plain in event.values.items()}
    begun: set[int] = set()
    for version, trigger in triggers.of_message(event.message):
        if version.definition in begun or not _fits(trigger, said):
            continue
        begun.add(version.definition)
        yield _asked(event, version, trigger, said)


def _fits(trigger: Trigger, said: Mapping[str, Value]) -> bool:
    assert trigger.message is not None
    return all(name in said and values.show(said[name]) == wanted for name, wanted in trigger.message.where)


def _asked(event: MessageSent, version: Published, trigger: Trigger, said: Mapping[str, Value]) -> starting.Wanted:
    told = {"on": str(On.MESSAGE), "message": event.message}
    record = _record(version, trigger, said)
    wanted = starting.Wanted(event.call, version, record, told, initiator=event.call.author)
    known = {one.name for one in version.header.parameters}
    try:
        if version.header.record and record is None:
            raise rules.RECORD_GONE(record=version.header.record)
        return replace(wanted, inputs=typed_inputs(version, {name: said[name] for name in known & said.keys()}))
    except Refused as refused:
        return replace(wanted, decided=_stopped(refused))


def _record(version: Published, trigger: Trigger, said: Mapping[str, Value]) -> RecordRef | None:
    assert trigger.message is not None
    named: Any = said.get(trigger.message.record) if trigger.message.record else None
    if isinstance(named, RecordRef):
        return named if named.type == version.header.record else None
    return RecordRef(version.header.record, int(named)) if str(named or "").isdecimal() else None


def _stopped(refused: Refused) -> starting.Made:
    first = refused.refused[0] if isinstance(refused, Refusals) else refused
    within = complaints.within(first.code, first.fields)
    return starting.Made(StartLog.STOPPED, code=rules.MESSAGE_UNFIT.code, fields=within)
