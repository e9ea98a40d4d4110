"""What operators do to one instance from its page, and to many from the list."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.engine import run
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import Refusals, Refused
from potok.kit.operations import Operation
from potok.people import public as people
from potok.processes import local_values, published
from potok.processes.models import Instance, Variables
from potok.processes.operations import instances, repair
from potok.processes.permissions import DELETE, REPAIR, TERMINATE
from potok.processes.queries import sought
from potok.processes.web import asked, rights, runs
from potok.ui import answers
from potok.ui.answers import Toast

MOST = 500
ACTS: dict[str, tuple[Operation[..., Any], str]] = {
    "suspend": (repair.suspend, REPAIR),
    "resume": (repair.resume, REPAIR),
    "end": (instances.terminate, TERMINATE),
    "delete": (repair.delete, DELETE),
}
_live = Q(ended_at=None)
# Which of the runs an act may reach at all: how many is said before it is done.
FITS: dict[str, Q] = {
    "suspend": _live & Q(suspended_at=None),
    "resume": _live & Q(suspended_at__isnull=False),
    "end": _live,
    "delete": ~_live,
}


@require_POST
def rest(request: HttpRequest, id: int) -> HttpResponse:
    """Suspend an instance, or let it go on."""
    instance = rights.instance(request.user.pk, id=id)
    goes_on = request.POST.get("how") == "resume"
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if goes_on:
            repair.resume(call, instance=instance)
        else:
            repair.suspend(call, instance=instance, reason=request.POST.get("reason", "").strip())
    return answers.go(request, _page(id), toast=Toast(_("The process goes on") if goes_on else _("Suspended")))


def data(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the variables of an instance as a form; a POST changes those that were changed."""
    instance = rights.instance(request.user.pk, id=id)
    version = published.version(instance.version_id)
    shown = asked.with_people(_fields(instance, version))
    if request.method != "POST":
        return answers.draw(request, "processes/data.html", {"instance": instance, "fields": shown, "version": version})
    with doors.opened(request.user.pk, door=SCREEN) as call:
        given = asked.read(call, request.POST, request.FILES, shown)
        after = asked.typed(request.POST, shown)
        changed = {one.name: given[one.name] for one in shown if _plain(one.given) != _plain(after.get(one.name, ()))}
        if changed:
            repair.assign(call, instance=instance, given=changed)
    return answers.go(request, _page(id), toast=Toast(_("The data is changed") if changed else _("Nothing to change")))


def place(request: HttpRequest, id: int) -> HttpResponse:
    """Draw where an instance stands and where each part of it may be set down; a POST sets one down."""
    instance = rights.instance(request.user.pk, id=id)
    if request.method != "POST":
        return answers.draw(request, "processes/place.html", {"instance": instance, "standing": _standing(instance)})
    token, _colon, to = request.POST.get("to", "").partition(":")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        repair.move(call, instance=instance, token=int(token) if token.isdecimal() else 0, to=to)
    return answers.go(request, _page(id), toast=Toast(_("The process is moved")))


@require_POST
def delete(request: HttpRequest, id: int) -> HttpResponse:
    """Delete an instance that is over."""
    instance = rights.instance(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        repair.delete(call, instance=instance)
    return answers.go(request, reverse("processes:instances"), toast=Toast(_("The run is deleted")))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Draw the bar for the marked instances, or for all that are looked for, with how many each act reaches; nothing
    when none is marked."""
    marked, fitting = _marked(request), _fitting(request)
    is_all = "all" in request.GET
    found = fitting if is_all else marked
    if not found.exists():
        return HttpResponse("")
    context = {
        "count": found.count(),
        "marked": marked.count(),
        "fitting": fitting.count(),
        "all": is_all,
        "acts": _acts(request.user.pk, found),
        "most": MOST,
    }
    return render(request, "processes/_chosen_runs.html", context)


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Do one thing to all marked instances, or to the oldest of those that are looked for and that it reaches, and tell
    of each what became of it."""
    how = request.POST.get("how", "")
    act, _permission = ACTS.get(how, ACTS["suspend"])
    found = _fitting(request).filter(FITS.get(how, FITS["suspend"])) if "all" in request.GET else _marked(request)
    reached, left = list(found[:MOST]), max(0, found.count() - MOST)
    return results(request, reached, act, lambda instance: {"instance": instance}, title=_title, left=left)


def results(
    request: HttpRequest,
    found: Sequence[Any],
    act: Operation[..., Any],
    given: Callable[[Any], dict[str, Any]],
    *,
    title: Callable[[Any], str],
    left: int = 0,
) -> HttpResponse:
    """Do something to each of these, and draw what became of each; `left` says how many wait for the next time."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        told = act.many([(call, given(one)) for one in found])
    lines = [(title(one), _said(answer)) for one, answer in zip(found, told, strict=True)]
    context = {
        "lines": lines,
        "done": sum(1 for _title, refused in lines if not refused),
        "count": len(lines),
        "left": left,
        "back": request.headers.get("HX-Current-URL", reverse("processes:instances")),
    }
    return render(request, "processes/_mended.html", context)


def _plain(texts: Sequence[str]) -> list[str]:
    return [text.replace("\r\n", "\n") for text in texts if text]


def _said(answer: Any) -> str:
    if not isinstance(answer, Refused):
        return ""
    each = answer if isinstance(answer, Refusals) else [answer]
    return " ".join(one.sentence() for one in each)


def _title(instance: Instance) -> str:
    return f"{instance.definition.title} № {instance.pk}"


def _marked(request: HttpRequest) -> QuerySet[Instance]:
    numbers = [int(one) for one in request.POST.getlist("row")[:MOST] if one.isdecimal()]
    seen = rights.visible_to(request.user.pk).filter(pk__in=numbers)
    return seen.select_related("definition").order_by("pk")


def _fitting(request: HttpRequest) -> QuerySet[Instance]:
    """All that the page looks for from which this is asked; none where no page says so, for that could be anything."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    seen = rights.visible_to(request.user.pk)
    if here.path != reverse("processes:instances"):
        return seen.none()
    found = sought.fitting(seen, runs.looked_for(QueryDict(here.query)), by=request.user.pk)
    return found.select_related("definition").order_by("pk")


def _acts(reader: int | None, found: QuerySet[Instance]) -> dict[str, int]:
    """How many of these each act reaches that the reader may do."""
    may = [name for name, (_act, permission) in ACTS.items() if people.may(reader, permission=permission)]
    return {name: found.filter(FITS[name]).count() for name in may}


def _fields(instance: Instance, version: published.Published) -> list[asked.Field]:
    declared = [replace(one, title=version.named.get(one.name, "")) for one in version.header.variables]
    kept = Variables.objects.filter(instance=instance.pk).first()
    named = local_values.read(bytes(kept.data)).get("Variable", {}) if kept else {}
    pairs = zip(declared, asked.of_parameters(declared), strict=True)
    return [asked.given(drawn, named.get(one.name)) for one, drawn in pairs]


def _standing(instance: Instance) -> list[dict[str, Any]]:
    """Where it stands, with the steps at which it may be set down instead."""
    if instance.is_over or not instance.state:
        return []
    version, state = published.version(instance.version_id), run.State.decode(bytes(instance.state))
    graph = version.graph
    found = []
    for token in state.tokens:
        nodes = [node for node in run.places(graph, state, token) if node != token.node and graph.payloads[node]]
        if nodes:
            options = [(f"{token.id}:{graph.names[node]}", version.title_of(node)) for node in nodes]
            found.append({"title": version.title_of(token.node), "options": options, "token": token.id})
    return found


def _page(id: int) -> str:
    return reverse("processes:instance", args=[id])
