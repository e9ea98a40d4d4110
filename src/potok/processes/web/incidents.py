"""Failures: the list of those that are open, who is asked to mend each, and many mended at once."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
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


def listing(request: HttpRequest) -> HttpResponse:
    """Draw the open failures that the reader may see."""
    reader = request.user.pk
    view = request.GET.get("view", "all")
    found = _open(reader).select_related("definition__version__published_by", "instance__version")
    about = request.GET.get("definition", "")
    if about.isdecimal():
        found = found.filter(definition=int(about))
    failing = Definition.objects.filter(pk__in=found.order_by().values("definition"))
    asked = owners(failing.select_related("version__published_by"))
    if view == "mine":
        found = found.filter(definition__in=[id for id, who in asked.items() if reader in {one.pk for one in who}])
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1"))
    titled = records.links(ref for one in page.object_list if (ref := records.ref_of(one)))
    context = {
        "rows": [_row(one, titled, asked[one.definition_id]) for one in page.object_list],
        "view": view,
        "views": [(title, _url(view=name), name == view) for name, title in _views().items()],
        "next_url": _url(view=view, page=page.next_page_number()) if page.has_next() else "",
    }
    return answers.draw(request, "processes/incidents.html", context, part="processes/_incidents.html")


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
    return {"all": _("All failures"), "mine": _("Mine to mend")}


def _open(reader: int | None) -> QuerySet[Incident]:
    seen = rights.visible_to(reader)
    everything = people.may(reader, permission=MEND) and people.visible(reader, permission=MEND).owners is None
    found = Incident.objects.filter(resolved_at=None).order_by("-pk")
    return found if everything else found.filter(instance__in=seen)


def _marked(request: HttpRequest) -> list[Incident]:
    numbers = [int(one) for one in request.POST.getlist("row")[:MOST] if one.isdecimal()]
    return list(_open(request.user.pk).filter(pk__in=numbers).select_related("instance", "definition").order_by("pk"))


def _row(one: Incident, titled: dict[Any, records.Link], asked: list[people.Person]) -> dict[str, Any]:
    ref = records.ref_of(one)
    return {"incident": one, "told": told(one), "record": titled.get(ref) if ref else None, "people": asked}


def _title(one: Incident) -> str:
    return f"{one.definition.title}: {told(one).step or one.code}"


def _url(**asked: object) -> str:
    return f"{reverse('processes:incidents')}?{urlencode(asked)}"  # type: ignore[arg-type]
