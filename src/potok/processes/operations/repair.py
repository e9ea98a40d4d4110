"""What operators do to an instance that does not run as it should; all of it stands in its journal with who did it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from potok.engine import run, values
from potok.engine.values import RecordRef, WrongType, coerce
from potok.kit.calls import Call
from potok.kit.errors import Refusals, Refused
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.processes import acts, erasing, mending, outside, published, rules, wakes, waking, worker
from potok.processes.events import InstanceDeleted, InstanceRepaired
from potok.processes.models import Instance, Standing
from potok.processes.permissions import DELETE, REPAIR
from potok.processes.signing import sign


@operation("processes.instance.suspend", needs=REPAIR, on="instance")
def suspend(call: Call, *, instance: Instance, reason: str = "") -> Instance:
    """Let an instance rest: nothing wakes it until somebody resumes it. What it asks of people may still be answered,
    and counts once it goes on."""
    _check_runs(instance)
    at_rest = Instance.objects.filter(pk=instance.pk, suspended_at=None, ended_at=None)
    if not at_rest.update(suspended_at=call.at, suspended_by_id=call.author):
        raise mending.SUSPENDED_ALREADY()
    return _repaired(call, instance, did="suspended", reason=reason)


@operation("processes.instance.resume", needs=REPAIR, on="instance")
def resume(call: Call, *, instance: Instance) -> Instance:
    """Let an instance go on that was suspended. One whose record lies in the trash goes on when that is restored."""
    _check_runs(instance)
    if instance.record_id is not None:
        record = RecordRef(instance.record_type, instance.record_id)
        if not outside.kept([record]):
            raise mending.IN_TRASH()
    suspended = Instance.objects.filter(pk=instance.pk, ended_at=None).exclude(suspended_at=None)
    if not suspended.update(suspended_at=None, suspended_by=None):
        raise mending.NOT_SUSPENDED()
    waking.after_commit()
    return _repaired(call, instance, did="resumed")


@operation("processes.instance.assign", needs=REPAIR, on="instance")
def assign(call: Call, *, instance: Instance, given: Mapping[str, Any]) -> Instance:
    """Change variables of an instance, each by its declared type; wrong ones are refused all together, each with its
    place. What the instance has worked out already stays as it is."""
    _check_runs(instance)
    typed = _typed(published.version(instance.version_id), given)
    acts.post([(instance.pk, wakes.ASSIGNED, 0, wakes.payload(typed))])
    told = {name: values.show(value) for name, value in typed.items()}
    return _repaired(call, instance, did="assigned", values=told)


@operation("processes.instance.move", needs=REPAIR, on="instance")
def move(call: Call, *, instance: Instance, token: int, to: str) -> Instance:
    """Set an instance down at another step of the same part. What it waited for where it stood is taken back."""
    _check_runs(instance)
    state, graph = run.State.decode(bytes(instance.state)), published.version(instance.version_id).graph
    standing = state.token(token)
    if standing is None:
        raise mending.NO_TOKEN()
    if to not in graph.names or graph.node(to) not in run.places(graph, state, standing):
        raise mending.NO_STEP(place="to", step=to)
    node = graph.node(to)
    acts.post([(instance.pk, wakes.SET_DOWN, token, wakes.payload({"node": node}))])
    was, now = (graph.titles[each] or graph.names[each] for each in (standing.node, node))
    return _repaired(call, instance, did="moved", was=was, now=now)


@operation("processes.instance.delete", needs=DELETE, on="instance")
def delete(call: Call, *, instance: Instance) -> None:
    """Delete an instance that is over, with everything that was kept of it: journal, assignments, incidents."""
    if not instance.is_over:
        raise mending.STILL_RUNS()
    about = InstanceDeleted(call=call, instance=instance.pk, definition=instance.definition_id,
                            record_type=instance.record_type, record_id=instance.record_id)  # fmt: skip
    erasing.erase([instance.pk])
    announce(about)


def _check_runs(instance: Instance) -> None:
    if instance.is_over or instance.status in (Standing.COMPLETED, Standing.TERMINATED):
        raise rules.OVER()


def _typed(version: published.Published, given: Mapping[str, Any]) -> dict[str, Any]:
    declared = {each.name: each for each in version.header.variables}
    zone = published.clock(version.zone)
    typed: dict[str, Any] = {}
    refused: list[Refused] = []
    for name, value in given.items():
        about = declared.get(name)
        if about is None:
            refused.append(rules.NO_VALUE(place=name, name=name))
            continue
        try:
            typed[name] = coerce(rules.reference(about.type, value), about.type, zone=zone)
        except (WrongType, ValueError, TypeError):
            refused.append(rules.FIELD_WRONG(place=name, title=about.title or name, value=value))
    if refused:
        raise refused[0] if len(refused) == 1 else Refusals(refused)
    return typed


def _repaired(call: Call, instance: Instance, *, did: str, **more: Any) -> Instance:
    sign(call, [instance.pk], did=did, **more)
    announce(InstanceRepaired(call=call, instance=instance.pk, what=did))
    transaction.on_commit(lambda: worker.advance_now([instance.pk]), robust=True)
    return Instance.objects.get(pk=instance.pk)
