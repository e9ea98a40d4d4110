"""Instances: started by hand and ended."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from potok.engine import run, values
from potok.engine.graph import On
from potok.engine.values import RecordRef, Value
from potok.kit.calls import Call
from potok.kit.errors import MISSING, Refusals, Refused
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.processes import acts, pressure, published, rules, starters, starting, wakes, worker
from potok.processes.complaints import told
from potok.processes.models import Definition, Instance, Standing, StartLog
from potok.processes.permissions import START, TERMINATE
from potok.processes.signing import sign


@operation("processes.instance.start", needs=START)
def start(
    call: Call, *, definition: Definition, record: RecordRef | None = None, inputs: Mapping[str, Any] | None = None
) -> Instance:
    """Start a definition by hand. If nobody else serves the instance, it stands at its first wait when this commits.

    A record that somebody is changing is not waited for: the instance is there, and begins once the record is free.
    What a start does while the definition runs on the record already is chosen in the definition; when it is to be
    skipped, this refuses and says so.
    """
    pressure.check(call)
    version, ways = startable(call, definition, record_type=record.type if record else "")
    starters.check_record(call, version, ways, record=record)
    given = typed_inputs(version, inputs or {})
    wanted = starting.Wanted(
        call=call, version=version, record=record, trigger={"on": str(On.MANUAL)}, initiator=call.author, inputs=given
    )
    made = starting.start_soon([wanted])[0]
    if isinstance(made, Refused):
        raise made
    if made.instance is None:
        refused = rules.RUNS_ALREADY if made.outcome == StartLog.SKIPPED else rules.TOO_OFTEN
        raise refused(definition=version.header.title, count=rules.STARTS_A_MINUTE_MAX)
    _serve_after_commit(call, made.instance)
    return Instance.objects.get(pk=made.instance)


@operation("processes.instance.terminate", needs=TERMINATE, on="instance")
def terminate(call: Call, *, instance: Instance, reason: str = "") -> Instance:
    """End an instance: what it has asked of people is taken back, what it has done stays."""
    if instance.is_over:
        raise rules.OVER()
    if Instance.objects.filter(pk=instance.pk, status=Standing.QUEUED, ended_at=None).update(
        status=Standing.TERMINATED, ended_at=call.at, status_text=reason
    ):
        touch("instance", instance.pk)
        return Instance.objects.get(pk=instance.pk)
    Instance.objects.filter(pk=instance.pk).update(suspended_at=None, suspended_by=None)
    sign(call, [instance.pk], did="ended", reason=reason)
    acts.post([(instance.pk, wakes.TERMINATED, 0, wakes.payload({"reason": reason}))])
    _serve_after_commit(call, instance.pk)
    return instance


def instance(id: int) -> Instance:
    """Fetch an instance, or refuse with `kit.missing`."""
    found = Instance.objects.filter(pk=id).select_related("definition", "version", "initiator").first()
    if found is None:
        raise MISSING(id=id)
    return found


def startable(call: Call, definition: Definition, *, record_type: str) -> tuple[published.Published, starters.Open]:
    """The version that a start by hand follows on a record of this type, and the ways open to the caller; or refuse."""
    version = current(definition)
    ways = starters.check(call, version)
    if version.header.record != record_type:
        raise rules.WRONG_RECORD(definition=definition.title, wanted=version.header.record or "-")
    return version, ways


def current(definition: Definition) -> published.Published:
    """The version that new instances follow, or refuse."""
    if definition.version_id is None:
        raise rules.NO_DEFINITION(definition=definition.code)
    if not definition.is_active:
        raise rules.NOT_ACTIVE(definition=definition.title)
    return published.version(definition.version_id)


def typed_inputs(version: published.Published, given: Mapping[str, Any]) -> dict[str, Value]:
    """Read the parameters as a form gives them; all wrong ones are refused at once, each with its place."""
    typed: dict[str, Value] = {
        each.name: rules.reference(each.type, given[each.name])
        for each in version.header.parameters
        if given.get(each.name) not in (None, "", [])
    }
    strange = {name: value for name, value in given.items() if name not in {p.name for p in version.header.parameters}}
    problems = run.check_inputs(version.graph, {**typed, **strange})
    if problems:
        refused: list[Refused] = []
        for problem in problems:
            said = told(problem)
            place = str(problem.place.path[0]) if problem.place.path else ""
            refused.append(Refused(problem.code, "{sentence}", place=place, sentence=f"{said.sentence} {said.hint}"))
        raise refused[0] if len(refused) == 1 else Refusals(refused)
    types = {each.name: each.type for each in version.header.parameters}
    zone = published.clock(version.zone)
    return {name: values.coerce(value, types[name], zone=zone) for name, value in typed.items()}


def _serve_after_commit(call: Call, instance: int) -> None:
    # A person does not wait for a worker; a crash here changes nothing, the worker takes the instance.
    transaction.on_commit(lambda: worker.advance_now([instance]), robust=True)
    touch("instance", instance)
