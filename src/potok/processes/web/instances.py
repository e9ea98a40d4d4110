"""The page of an instance, retry and skip, termination."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.engine import values
from potok.engine.notation.stages import OUTCOME
from potok.kit import clock, doors
from potok.kit.calls import SCREEN
from potok.people import public as people
from potok.processes import directing, published
from potok.processes.local_values import read as read_values
from potok.processes.models import Incident, Instance, StartLog, Variables
from potok.processes.operations import incidents, instances
from potok.processes.permissions import MIGRATE, SEE
from potok.processes.queries.forecast import forecasts
from potok.processes.queries.incidents import sentence_of
from potok.processes.web import begun, commands, family, journal, pictures, reading, records, rights, stages, words
from potok.processes.web.shown import Shown
from potok.ui import answers
from potok.ui.answers import Toast


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the page of an instance."""
    instance = rights.instance(request.user.pk, id=id)
    return answers.draw(
        request, "processes/instance.html", _context(request, instance), part="processes/_instance.html"
    )


@require_POST
def terminate(request: HttpRequest, id: int) -> HttpResponse:
    """End an instance; what it asked of people is taken back."""
    instance = rights.instance(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        instances.terminate(call, instance=instance, reason=request.POST.get("reason", "").strip())
    return answers.go(request, _page(instance), toast=Toast(_("The process is ended")))


@require_POST
def mend(request: HttpRequest, id: int) -> HttpResponse:
    """Have a failed step tried again, or go on without it."""
    incident = incidents.incident(id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.POST.get("how") == "skip":
            incidents.skip(call, incident=incident)
        else:
            incidents.retry(call, incident=incident)
    said = _("Skipped, the process goes on") if request.POST.get("how") == "skip" else _("Tried again")
    return answers.go(request, f"/instances/{incident.instance_id}/", toast=Toast(said))


def incident_count(person: int) -> int:
    """How many instances that the person may see stand on a failure."""
    return Incident.objects.filter(resolved_at=None, instance__in=rights.visible_to(person)).count()


def _context(request: HttpRequest, instance: Instance) -> dict[str, Any]:
    run = reading.one(instance)
    reader = request.user.pk
    ref = records.ref_of(instance)
    part = run.part_of(reader)
    is_keeper = people.may(reader, permission=SEE)
    return {
        "run": run,
        "instance": instance,
        "record": records.links([ref])[ref] if ref else None,
        "state": words.state(run),
        "words": words.sentence(run, reader=reader, now=clock.now()),
        "forecast": words.forecast(forecasts([instance]).get(instance.pk), run=run),
        "picture": pictures.of_run(run, reader=reader, now=clock.now()),
        "steps": words.steps(run, reader=reader),
        "flow": words.flow(run, reader=reader),
        "journal": journal.told(run, reader=reader),
        "incidents": [(one, sentence_of(one)) for one in run.open_incidents],
        "part": part,
        "directed": [one for one in run.open_assignments if one != part and directing.may_direct(reader, one)],
        "commands": commands.offered(request, [instance]).get(instance.pk, []),
        "family": family.family(instance, reader=reader),
        "people": _people(run),
        "values": _values(run, reader=reader) if is_keeper else [],
        "starts": _starts(instance),
        "may_end": not instance.is_over and rights.may_end(reader, instance),
        "may_mend": rights.may_mend(reader, instance),
        "may_repair": not instance.is_over and rights.may_repair(reader, instance),
        "may_delete": instance.is_over and rights.may_delete(reader, instance),
        **_newer(instance, reader=reader),
        **stages.context(request, run),
    }


def _newer(instance: Instance, *, reader: int | None) -> dict[str, Any]:
    """The way to the current version, for those who may move an instance there."""
    current = instance.definition.version_id
    if instance.is_over or current in (None, instance.version_id) or not people.may(reader, permission=MIGRATE):
        return {}
    asked = urlencode({"old": instance.version.number})
    url = f"{reverse('processes:migration', args=[instance.definition_id])}?{asked}"
    return {"move_url": url, "newest": published.version(current or 0).number}


def _people(run: reading.Run) -> list[tuple[Any, str]]:
    """Everybody who had a part in it, with what it was."""
    shown: dict[int, tuple[Any, str]] = {}
    if run.instance.initiator:
        shown[run.instance.initiator.pk] = (run.instance.initiator, _("started"))
    for one in run.assignments:
        for part in run.parts.get(one.pk, []):
            shown[part.person_id] = (part.person, one.title)
    return list(shown.values())


def _values(run: reading.Run, *, reader: int | None) -> list[tuple[str, str]]:
    """The variables as an administrator reads them."""
    kept = Variables.objects.filter(instance=run.instance.pk).first()
    named = read_values(bytes(kept.data)) if kept else {}
    titles = {one.name: one.title for one in (*run.version.header.variables, *run.version.header.parameters)}
    # No record type: a variable is no field, even if it is called like one.
    shown = Shown("", reader=reader)
    asked_titles = {each["name"]: each["title"] for one in run.assignments for each in one.form.get("fields", [])}
    return [
        (titles.get(name) or asked_titles.get(name) or name, shown.plain(name, value))
        for source in ("Template", "Variable")
        for name, value in sorted(named.get(source, {}).items())
        if name not in OUTCOME and not values.is_empty(value)
    ]


def _starts(instance: Instance) -> list[Any]:
    rows = StartLog.objects.filter(instance=instance.pk).order_by("pk")
    names = people.names([row.by_id for row in rows if row.by_id])
    shown = Shown(instance.record_type, reader=None)
    return [begun.line(row, who=names.get(row.by_id or 0, ""), shown=shown) for row in rows]


def _page(instance: Instance) -> str:
    return reverse("processes:instance", args=[instance.pk])
