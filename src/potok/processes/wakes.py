"""What an inbox row says, and which event of the engine it becomes. The kinds are stored: never rename one."""

from collections.abc import Callable, Mapping
from typing import Any

from potok.engine import run, values
from potok.engine.values import Value
from potok.processes.turn import READY, TIMER, Wake

HAPPENED, MOVED, ENDED = "happened", "moved", "ended"
# What the payload says besides the event's own fields: which event, by whom, when.
EVENT, BY, AT = "_event", "_by", "_at"
FAILED, ESCALATED = "failed", "escalated"
RETRIED, SKIPPED, TERMINATED = "retried", "skipped", "terminated"
ASSIGNED, SET_DOWN = "assigned", "set_down"


def payload(given: Mapping[str, Any]) -> str:
    """Write what happened as the inbox keeps it."""
    return values.to_bytes({name: values.encode(_frozen(value)) for name, value in given.items()}).decode()


def event(wake: Wake) -> run.Event:
    """Turn a wake into an event of the engine."""
    if wake.queue == READY:
        return run.Continued()
    if wake.queue == TIMER:
        return run.TimerFired(wake.token)
    return EVENTS[wake.kind](wake.token, _values(wake.payload))


def _values(text: str) -> dict[str, Value]:
    return {name: values.decode(plain) for name, plain in values.from_bytes(text.encode()).items()}


def _frozen(value: Any) -> Value:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


EVENTS: Mapping[str, Callable[[int, dict[str, Value]], run.Event]] = {
    HAPPENED: lambda token, given: run.Happened(token, given),
    MOVED: lambda token, given: run.FieldMoved(token),
    ENDED: lambda token, given: run.ChildEnded(token, given),
    FAILED: lambda token, given: run.Failed(token, str(given["code"]), text=str(given.get("text") or "")),
    ESCALATED: lambda token, given: run.Escalated(token, str(given["code"]), str(given.get("text") or "")),
    RETRIED: lambda token, given: run.Retried(token),
    SKIPPED: lambda token, given: run.Skipped(token),
    ASSIGNED: lambda token, given: run.Assigned(given),
    SET_DOWN: lambda token, given: run.Moved(token, int(str(given["node"]))),
    TERMINATED: lambda token, given: run.Terminated(str(given.get("reason") or "")),
}
