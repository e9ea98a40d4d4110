"""Messages: what happened outside, told to the processes that wait for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from potok.engine import values as engine
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.processes import listening, pressure, rules, triggers, worker
from potok.processes.events import MessageSent
from potok.processes.models import Message
from potok.processes.permissions import SEND

KEEP = """INSERT INTO processes_message (key, name, woken, at) VALUES (%b::text, %b::text, 0, %b::timestamptz)
    ON CONFLICT (key) DO NOTHING RETURNING id"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a message: how many instances heard it. `again` says that it had been sent before, under its key."""

    name: str
    woken: int
    again: bool = False


@operation("processes.message.send", needs=SEND)
def send(call: Call, *, name: str, values: Mapping[str, Any] | None = None, key: str = "") -> Sent:
    """Send a message by its name: instances that wait for it, with values like these, go on, each exactly once.

    A message sent twice under one `key` is told once; the second time answers what came of the first. Nobody is told
    later of a message that came before he waited for it.
    """
    said = name.strip()
    if not said:
        raise rules.NO_MESSAGE(place="name")
    if triggers.of_message(said):
        pressure.check(call)
    if key and not sets.ids(KEEP, (), key, said, call.at):
        kept = Message.objects.get(key=key)
        return Sent(kept.name, kept.woken, again=True)
    given = _read(values or {})
    heard = listening.tell(call, said, given)
    if key:
        Message.objects.filter(key=key).update(woken=len(heard))
    announce(MessageSent(call=call, message=said, values={name: engine.encode(each) for name, each in given.items()}))
    transaction.on_commit(lambda: worker.advance_now(heard), robust=True)
    return Sent(said, len(heard))


def _read(given: Mapping[str, Any]) -> dict[str, engine.Value]:
    """Take what a message says: texts, numbers, yes or no, lists of these, and values of the engine."""
    found: dict[str, engine.Value] = {}
    for name, value in given.items():
        frozen = tuple(value) if isinstance(value, list) else value
        try:
            engine.encode(frozen)
        except (KeyError, TypeError):
            raise rules.WRONG_MESSAGE(place=name, name=name) from None
        found[name] = frozen
    return found
