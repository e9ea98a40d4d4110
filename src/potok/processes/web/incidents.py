"""Failures: those that are open, one by one and by their causes; who is asked to mend each; many mended at once."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.notify.public import Waiting
from potok.people import public as people
from potok.processes.models import Definition, Incident
from potok.processes.operations import incidents
from potok.processes.permissions import MEND
from potok.processes.queries.incidents import owners, told
from potok.processes.web import records, repair, rights
from potok.ui import answers

PAGE = 50
MOST = 500
LISTED = 20
CAUSES, ALL, MINE = "causes", "all", "mine"
CAUSES_MAX = 100
CAUSES_FROM = 10  # more than so many are told by their causes first


def listing(request: HttpRequest) -> HttpResponse:
    """Draw the open failures that the reader may see, or their causes."""
    reader = request.user.pk
    found = _asked(request.GET, _open(reader).select_related("definition__version__published_by", "instance__version"))
    failing = Definition.objects.filter(pk__in=found.order_by().values("definition"))
    asked = owners(failing.select_related("version__published_by"))
    view = request.GET.get("view", "")
    if view not in _views():
        narrowed = request.GET.get("cause") or request.GET.get("definition")
        view = ALL if narrowed or found.count() <= CAUSES_FROM else CAUSES
    if view == MINE:
        found = found.filter(definition__in=[id for id, who in asked.items() if reader in {one.pk for one in who}])
    context = {
        "view": view,
        "views": [(title, _url(view=name), name == view) for name, title in _views().items()],
        **(_causes(found, asked) if view == CAUSES else _one_by_one(request, found, asked, view=view)),
    }
    return answers.draw(request, "processes/incidents.html", context, part="processes/_incidents.html")


def _asked(given: QueryDict, found: QuerySet[Incident]) -> QuerySet[Incident]:
    """Those of one definition, or all that have the cause of one of them."""
    about, cause = given.get("definition", ""), given.get("cause", "")
    if about.isdecimal():
        found = found.filter(definition=int(about))
    return _alike(found, [int(cause)]) if cause.isdecimal() else found


def _alike(found: QuerySet[Incident], examples: Sequence[int]) -> QuerySet[Incident]:
    """All failures of the same step by the same cause as some of them."""
    causes = found.filter(pk__in=examples).order_by().values_list("definition", "code", "node")
    same = [Q(definition=definition, code=code, node=node) for definition, code, node in causes]
    return found.filter(reduce(or_, same)) if same else found.none()


def _one_by_one(
    request: HttpRequest, found: QuerySet[Incident], asked: Mapping[int, list[people.Person]], *, view: str
) -> dict[str, Any]:
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1"))
    titled = records.links(ref for one in page.object_list if (ref := records.ref_of(one)))
    kept = {name: request.GET[name] for name in ("definition", "cause") if request.GET.get(name)}
    return {
        "rows": [_row(one, titled, asked[one.definition_id]) for one in page.object_list],
        "next_url": _url(view=view, **kept, page=page.next_page_number()) if page.has_next() else "",
    }


def _causes(found: QuerySet[Incident], asked: Mapping[int, list[people.Person]]) -> dict[str, Any]:
    """What failed, how often and since when; the latest of each speaks for all."""
    grouped = found.order_by().values("definition", "code", "node")
    counted = grouped.annotate(n=Count("pk"), first=Min("at"), latest=Max("pk")).order_by("-n", "-latest")
    groups = list(counted[:CAUSES_MAX])
    known = found.in_bulk([each["latest"] for each in groups])
    return {
        "causes": [
            {**_row(known[each["latest"]], {}, asked[each["definition"]]), "count": each["n"], "since": each["first"],
             "url": _url(view=ALL, cause=each["latest"])}
            for each in groups
        ]
    }  # fmt: skip


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Draw the bar for the marked failures; nothing when none is marked."""
    found = _marked(request)
    if not found:
        return HttpResponse("")
    may_mend = people.may(request.user.pk, permission=MEND)
    return render(request, "processes/_chosen_incidents.html", {"count": len(found), "may_mend": may_mend})


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Have all marked steps tried again, or go on without them, and tell of each what became of it."""
    act = incidents.skip if request.POST.get("how") == "skip" else incidents.retry
    return repair.results(request, _marked(request), act, lambda one: {"incident": one}, title=_title)


def detail(request: HttpRequest, waiting: Waiting, next_url: str) -> str:
    """Draw in the inbox what failed of a definition, and how it is mended."""
    number = int(waiting.key.rpartition(":")[2])
    found = _open(request.user.pk).filter(definition=number).select_related("definition", "instance__version")
    titled = records.links(ref for one in found[:LISTED] if (ref := records.ref_of(one)))
    context = {
        "title": waiting.title,
        "rows": [_row(one, titled, []) for one in found[:LISTED]],
        "count": found.count(),
        "url": f"{reverse('processes:incidents')}?{urlencode({'definition': number})}",
        "may_mend": people.may(request.user.pk, permission=MEND),
    }
    return render_to_string("processes/_failing.html", context, request)


def _views() -> dict[str, str]:
    return {CAUSES: _("By cause"), ALL: _("All failures"), MINE: _("Mine to mend")}


def _open(reader: int | None) -> QuerySet[Incident]:
    seen = rights.visible_to(reader)
    everything = people.may(reader, permission=MEND) and people.visible(reader, permission=MEND).owners is None
    found = Incident.objects.filter(resolved_at=None).order_by("-pk")
    return found if everything else found.filter(instance__in=seen)


def _marked(request: HttpRequest) -> list[Incident]:
    numbers = [int(one) for one in request.POST.getlist("row")[:MOST] if one.isdecimal()]
    causes = [int(one) for one in request.POST.getlist("cause")[:CAUSES_MAX] if one.isdecimal()]
    found = _open(request.user.pk)
    marked = _alike(found, causes) if causes else found.filter(pk__in=numbers)
    return list(marked.select_related("instance", "definition").order_by("pk")[:MOST])


def _row(one: Incident, titled: dict[Any, records.Link], asked: list[people.Person]) -> dict[str, Any]:
    ref = records.ref_of(one)
    return {"incident": one, "told": told(one), "record": titled.get(ref) if ref else None, "people": asked}


def _title(one: Incident) -> str:
    return f"{one.definition.title}: {told(one).step or one.code}"


def _url(**asked: object) -> str:
    return f"{reverse('processes:incidents')}?{urlencode(asked)}"  # type: ignore[arg-type]
