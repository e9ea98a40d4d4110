"""How long the steps of a definition hold instances, how often they are passed, and where instances stand now."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from potok.processes import figures
from potok.processes.models import Instance
from potok.processes.queries.load import load, stuck
from potok.processes.web import pictures, records, rights
from potok.processes.web.versions import kind_of
from potok.ui import answers

DAYS = (30, 90, 365)


@dataclass(frozen=True)
class Row:
    """One step. `heat` is 1 to 4 by how long it holds compared with the others, 0 for what holds nobody; `crowd` the
    same by how many stand there."""

    figure: figures.Figure
    kind: str
    heat: int
    crowd: int


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw where the time of a definition goes: as a picture, step by step, by person, and what stands too long."""
    definition = rights.definition(request, id=id)
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in DAYS else DAYS[1]
    found = figures.of(definition, days=days)
    rows = pictures.by_stage(definition.version.source, found) if definition.version else found
    longest = max((one.median.total_seconds() for one in rows if one.median), default=0.0)
    fullest = max((one.here for one in rows), default=0)
    standing = stuck(definition, {one.name: one for one in found})
    titled = records.links(ref for one in standing if (ref := records.ref_of(one.instance)))
    context = {
        "definition": definition,
        "picture": pictures.of_figures(definition.version.source, found) if definition.version else "",
        "rows": [
            Row(
                one,
                kind_of(one.kind, one.block) if one.kind else "",
                pictures.heat(one.median.total_seconds() if one.median else 0, longest),
                pictures.heat(one.here, fullest),
            )
            for one in rows
        ],
        "views": [(_title(each), _url(definition.pk, each), each == days) for each in DAYS],
        "here": Instance.objects.filter(definition=definition, ended_at=None).count(),
        "stuck": [(one, titled.get(ref) if (ref := records.ref_of(one.instance)) else None) for one in standing],
        "load": load(definition),
        "runs_url": f"{reverse('processes:instances')}?definition={definition.pk}",
    }
    return answers.draw(request, "processes/figures.html", context)


def _title(days: int) -> str:
    return {30: _("30 days"), 90: _("90 days"), 365: _("A year")}[days]


def _url(id: int, days: int) -> str:
    return f"{reverse('processes:figures', args=[id])}?days={days}"
