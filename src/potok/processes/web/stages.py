"""Stages on the page of a run, and what belongs to the run besides: its note, files, links, who is let in."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from potok.disk.public import files, hung_on
from potok.engine.values import RecordRef
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.processes import attachments
from potok.processes.models import Instance, StageVisit
from potok.processes.operations import stages
from potok.processes.queries import stages as asked
from potok.processes.web import reading, records, rights
from potok.processes.web.asked import option
from potok.records import public as kept
from potok.tasks import public as tasks
from potok.ui import answers, words
from potok.ui.answers import Toast
from potok.ui.shapes import Option

FOUND_OF_A_TYPE = 6
GLYPHS = {asked.DONE: "done", asked.IN_PROGRESS: "run", asked.NOT_STARTED: "person", "": "todo"}


def context(request: HttpRequest, run: reading.Run) -> dict[str, Any]:
    """What the page of an instance says of its stages, and of what belongs to the run. Stages stand for its way."""
    instance, reader = run.instance, request.user.pk
    found = asked.run_of(instance)
    leads = asked.leading(reader, instance) or rights.may_end(reader, instance)
    shown = {
        "stages": [(line, GLYPHS[line.state], state(line)) for line in found.stages],
        "protocol": [
            (visit, words.lasts(visit.left_at - visit.entered_at))
            for visit in reversed(found.protocol)
            if visit.left_at and visit.outcome
        ],
        "stage": None if instance.is_over else found.current,
        "work": found.work,
        "stage_chooses": any(one.node == found.current.stage for one in run.open_assignments if found.current),
        "may_begin": _may_begin(found, reader=reader),
        "may_entrust": leads and found.work is not None,
        "note": found.note,
        "links": _linked(found.links),
        "admitted": [option(person) for person in found.admitted],
        "files": hung_on(attachments.KIND, ids=[instance.pk]).get(instance.pk, []),
        "takes_part": instance.pk in asked.taking_part(reader, among=[instance.pk]),
        "leads": leads,
    }
    return {**shown, **({"steps": []} if found.stages else {})}


def state(line: asked.StageLine) -> str:
    """How a stage stands, in words."""
    said = {
        asked.DONE: _("Finished"),
        asked.IN_PROGRESS: _("Being worked on"),
        asked.NOT_STARTED: _("Not begun yet"),
    }
    return said.get(line.state, _("Ahead"))


def _may_begin(found: asked.Run, *, reader: int | None) -> bool:
    if found.current is None or found.work is None or found.current.state != asked.NOT_STARTED:
        return False
    has = asked.holder(found.work)
    return has is not None and has.pk == reader


def _linked(refs: Sequence[RecordRef]) -> list[tuple[str, records.Link]]:
    titled = records.links(refs)
    return [(code(ref), titled[ref]) for ref in refs]


def code(ref: RecordRef) -> str:
    """A record as a form sends it."""
    return f"{ref.type}:{ref.id}"


def after_task(request: HttpRequest, task: tasks.Task) -> str:
    """Where whoever completed a task of a stage goes on: to the work on the stage, if it is his; else to the run."""
    instance = rights.visible_to(request.user.pk).filter(pk=task.instance or 0, ended_at=None).first()
    visit = asked.current(instance) if instance else None
    if instance is None or visit is None:
        return ""
    work = asked.work_of(instance, visit)
    has = asked.holder(work)
    if work and has and has.pk == request.user.pk:
        return f"{reverse('inbox:show')}?at=assignment:{work.pk}"
    return reverse("processes:instance", args=[instance.pk])


@require_POST
def stage(request: HttpRequest, id: int) -> HttpResponse:
    """Take the stage into work, or give it to somebody else."""
    instance = rights.instance(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.POST.get("how") == "begin":
            stages.begin(call, instance=instance)
            return _again(instance, request, _("The stage is in work"))
        visit: StageVisit = stages.entrust(call, instance=instance, to=_number(request, "to"))
    return _again(instance, request, _("The stage is with %(who)s now") % {"who": visit.responsible})


@require_POST
def note(request: HttpRequest, id: int) -> HttpResponse:
    """Keep the note of the run."""
    instance = rights.instance(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        stages.note(call, instance=instance, text=request.POST.get("text", ""))
    return _again(instance, request, _("The note is kept"))


@require_POST
def links(request: HttpRequest, id: int) -> HttpResponse:
    """Link a record to the run, or take one away."""
    instance = rights.instance(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if dropped := request.POST.get("drop"):
            stages.unlink(call, instance=instance, record=_record(dropped, place="drop"))
            return _again(instance, request, _("The link is removed"))
        stages.link(call, instance=instance, record=_record(request.POST.get("record", ""), place="record"))
    return _again(instance, request, _("The record is linked"))


@require_POST
def admissions(request: HttpRequest, id: int) -> HttpResponse:
    """Let somebody see the run, or no longer."""
    instance = rights.instance(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if "drop" in request.POST:
            stages.shut_out(call, instance=instance, person=_number(request, "drop"))
            return _again(instance, request, _("The access is taken away"))
        stages.admit(call, instance=instance, person=_number(request, "person"))
    return _again(instance, request, _("The access is given"))


@require_POST
def attach(request: HttpRequest, id: int) -> HttpResponse:
    """Hang files on the run."""
    instance = rights.instance(request.user.pk, id=id)
    uploaded: list[Any] = request.FILES.getlist("files")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        for one in uploaded:
            files.add(call, name=one.name, content=one.file, on=attachments.place(instance))
    return _again(instance, request, _("The files are attached"))


@require_GET
def linkable(request: HttpRequest, id: int) -> HttpResponse:
    """Find records of every type that the person may see."""
    rights.instance(request.user.pk, id=id)
    text, found = request.GET.get("q", "").strip(), []
    for of in kept.record_types.all().values():
        rows = kept.search(kept.rows(of, by=request.user.pk), of, text).order_by("-pk")[:FOUND_OF_A_TYPE]
        found += [Option(code(row.ref), row.title, note=str(of.title), icon=of.icon) for row in rows]
    return answers.draw(request, "processes/_people.html", {"options": found})


def _record(given: str, *, place: str) -> RecordRef:
    type, _colon, number = given.rpartition(":")
    if type not in kept.record_types or not number.isdecimal():
        raise MISSING(place=place, id=given)
    return RecordRef(type, int(number))


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal():
        raise MISSING(place=name, id=given)
    return int(given)


def _again(instance: Instance, request: HttpRequest, said: str) -> HttpResponse:
    return answers.go(request, reverse("processes:instance", args=[instance.pk]), toast=Toast(said))
