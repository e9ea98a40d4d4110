"""Incidents: tried again, or let go."""

from django.db import transaction

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.processes import acts, rules, wakes, worker
from potok.processes.events import IncidentResolved
from potok.processes.models import Incident, Instance, Ready
from potok.processes.permissions import MEND
from potok.processes.signing import sign


@operation("processes.incident.retry", needs=MEND, on="incident")
def retry(call: Call, *, incident: Incident) -> Incident:
    """Have the failed step tried again, under the same key."""
    return _resolve(call, incident, kind=wakes.RETRIED)


@operation("processes.incident.skip", needs=MEND, on="incident")
def skip(call: Call, *, incident: Incident) -> Incident:
    """Let the process go on as if the failed step were done, without results."""
    return _resolve(call, incident, kind=wakes.SKIPPED)


def incident(id: int) -> Incident:
    """Fetch an incident, or refuse with `kit.missing`."""
    found = Incident.objects.filter(pk=id).select_related("instance", "definition").first()
    if found is None:
        raise MISSING(id=id)
    return found


def _resolve(call: Call, incident: Incident, *, kind: str) -> Incident:
    closed = Incident.objects.filter(pk=incident.pk, resolved_at=None).update(
        resolved_at=call.at, resolved_by=call.author, resolution=kind
    )
    if not closed:
        raise rules.INCIDENT_CLOSED()
    announce(IncidentResolved(call=call, incident=incident.pk, instance=incident.instance_id, resolution=kind))
    if incident.instance_id is not None:
        sign(call, [incident.instance_id], did=kind, step=incident.node)
        _wake(incident, instance=incident.instance_id, call=call, kind=kind)
    return Incident.objects.get(pk=incident.pk)


def _wake(incident: Incident, *, instance: int, call: Call, kind: str) -> None:
    if incident.token is None:
        # It failed outside any step; all that can be done is to let it go on from where it stands.
        Instance.objects.filter(pk=instance).update(suspended_at=None)
        Ready.objects.create(instance_id=instance, due=call.at)
    else:
        acts.post([(instance, kind, incident.token, "{}")])
    transaction.on_commit(lambda: worker.advance_now([instance]), robust=True)
    touch("instance", instance)
