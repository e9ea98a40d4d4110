"""The dry world: an instance lives for real to its first wait, what it does is written down, and all of it is undone.

Its answers and refusals are the true ones, so an author sees what would happen; nobody is told anything.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from potok.engine.values import RecordRef, Value
from potok.kit.calls import Call
from potok.kit.events import gathered, savepoint
from potok.kit.operations import Operation
from potok.processes import published, starting, worker
from potok.processes.models import Incident, Instance, Standing
from potok.processes.rounds import What, real
from potok.processes.world import Request


@dataclass(slots=True)
class Rehearsed:
    """What would be done, in order, where the instance would stand, and the incidents there would be."""

    done: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    standing: Standing = Standing.RUNNING
    incidents: list[str] = field(default_factory=list)


class _Undo(Exception):  # noqa: N818
    """Rolls everything back."""


def rehearse(
    call: Call, *, version: int, record: RecordRef | None = None, inputs: Mapping[str, Value] | None = None
) -> Rehearsed:
    """Try a version out on a record, up to its first wait, and leave no trace."""
    wanted = starting.Wanted(
        call, published.version(version), record, {"on": "manual"}, initiator=call.author, inputs=inputs or {}
    )
    told = Rehearsed()
    with gathered(), suppress(_Undo), savepoint():
        _live(wanted, told)
        raise _Undo
    return told


def _live(wanted: starting.Wanted, told: Rehearsed) -> None:
    def noted(what: What, asked: Sequence[Request]) -> Sequence[Any]:
        if isinstance(what, Operation):
            told.done += [(what.name, dict(each.given)) for each in asked]
        return real(what, asked)

    instance = starting.start([wanted])[0].instance
    if instance is None:
        return
    while worker.batch(only=[instance], hands=noted):
        pass
    told.standing = Standing(Instance.objects.values_list("status", flat=True).get(pk=instance))
    told.incidents = list(Incident.objects.filter(instance=instance).values_list("code", flat=True))
