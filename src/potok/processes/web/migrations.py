"""Running instances moved to another version: the plan, and how its rehearsal and the move itself begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.engine.graph.difference import SHAPING, does
from potok.engine.run.migrating import proposal
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import FORBIDDEN
from potok.people import public as people
from potok.processes import published
from potok.processes.models import Definition, Instance, Version, Visit
from potok.processes.operations import migrations, versions
from potok.processes.permissions import MIGRATE
from potok.processes.web import compared, moved, rights
from potok.processes.web.versions import kind_of
from potok.ui import answers
from potok.ui.answers import Toast

NOWHERE = ""


@dataclass(frozen=True)
class Way:
    """One step of the old version: how many stand there, and where they are to go."""

    name: str
    title: str
    kind: str
    here: int
    to: str
    anew: bool
    is_sure: bool


def plan(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the plan of a migration: from where to where."""
    definition = _definition(request, id)
    numbers = list(definition.versions.order_by("-number").values_list("number", flat=True))
    old, new = _chosen(request, definition, numbers)
    context: dict[str, Any] = {
        "definition": definition,
        "numbers": [(str(one), _("version %(n)s") % {"n": one}) for one in numbers],
        "old": old,
        "new": new,
    }
    if old and new and old != new:
        context |= _proposed(versions.version(definition, number=old), versions.version(definition, number=new))
    return answers.draw(request, "processes/migration.html", context)


@require_POST
def rehearse(request: HttpRequest, id: int) -> HttpResponse:
    """Move all candidates for trial; what becomes of each appears as it is known."""
    definition = _definition(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        trial = migrations.rehearse(call, definition=definition, **_asked(request))
    if not answers.by_script(request):
        return answers.go(request, moved.page_of(trial))
    return render(request, moved.TRIAL_PART, moved.state(request, migrations.migration(trial.pk)))


@require_POST
def start(request: HttpRequest, id: int) -> HttpResponse:
    """Move them."""
    definition = _definition(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = migrations.start(call, definition=definition, **_asked(request))
    return answers.go(request, moved.page_of(made), toast=Toast(_("The processes are on their way")))


def _definition(request: HttpRequest, id: int) -> Definition:
    if not people.may(request.user.pk, permission=MIGRATE):
        raise FORBIDDEN(permission=_("Move running processes to another version"))
    return rights.definition(request, id=id)


def _chosen(request: HttpRequest, definition: Definition, numbers: Sequence[int]) -> tuple[int, int]:
    """What the address asks for; else the oldest version that somebody follows, to the current one."""
    current = definition.version.number if definition.version else 0
    running = Instance.objects.filter(definition=definition, ended_at=None).exclude(version=definition.version_id)
    oldest = running.order_by("version__number").values_list("version__number", flat=True).first()
    old = _number(request, "old") or oldest or next((one for one in numbers if one != current), 0)
    return old, _number(request, "new") or current


def _proposed(old: Version, new: Version) -> dict[str, Any]:
    before, after = published.version(old.pk), published.version(new.pk)
    proposed = proposal(before.graph, after.graph)
    here = dict(
        Visit.objects.filter(version_id=old.pk, ended_at=None).values_list("node").annotate(Count("pk")).order_by()
    )
    ways = [
        _way(before, after, node, here=here.get(node, 0), to=proposed.to.get(node))
        for node, kind in enumerate(before.graph.kinds)
        if kind not in SHAPING
    ]
    # Where nobody stands nothing has to be decided; a step that is surely the same needs no look.
    targets = [
        (after.graph.names[node], after.title_of(node))
        for node, kind in enumerate(after.graph.kinds)
        if kind not in SHAPING
    ]
    count = Instance.objects.filter(version=old, ended_at=None).count()
    pair = compared.moving(old, new, here={way.name: way.here for way in ways}, to={way.name: way.to for way in ways})
    return {
        "pair": pair,
        "ways": [way for way in ways if way.here],
        "others": [way for way in ways if not way.here],
        "targets": targets,
        "count": count,
    }


def _way(before: published.Published, after: published.Published, node: int, *, here: int, to: int | None) -> Way:
    graph = before.graph
    is_sure = to is not None and (graph.kinds[node], graph.titles[node], graph.payloads[node]) == (
        after.graph.kinds[to], after.graph.titles[to], after.graph.payloads[to]
    )  # fmt: skip
    return Way(
        graph.names[node],
        before.title_of(node),
        kind_of(str(graph.kinds[node]), does(graph.payloads[node])),
        here,
        after.graph.names[to] if to is not None else NOWHERE,
        anew=False,
        is_sure=is_sure,
    )


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Read the plan of the form: what it does not show goes as proposed."""
    definition_id = request.resolver_match.kwargs["id"] if request.resolver_match else 0
    definition = Definition.objects.get(pk=definition_id)
    old, new = _number(request, "old"), _number(request, "new")
    before = published.version(versions.version(definition, number=old).pk).graph
    after = published.version(versions.version(definition, number=new).pk).graph
    to = {before.names[here]: after.names[there] for here, there in proposal(before, after).to.items()}
    for name in request.POST:
        if name.startswith("to:"):
            to[name.removeprefix("to:")] = request.POST[name]
    given = {
        "to": {here: there for here, there in to.items() if there},
        "anew": request.POST.getlist("anew"),
        "drops": request.POST.get("drops") == "1",
    }
    return {"old": old, "new": new, "plan": given}


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isdecimal() else 0
