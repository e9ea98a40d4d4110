"""Saved views: keep what is on the screen under a name, change a kept one, forget it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.records.models import View
from potok.records.operations import views
from potok.records.record_types import RecordType
from potok.records.screens import asked, widths
from potok.records.screens.asked import LAYOUTS, LIST, Asked
from potok.records.screens.screen import screen
from potok.ui import answers, words
from potok.ui.answers import Toast

EVERYBODY = "all"


@require_POST
@screen
def save(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Keep the state of the screen in the chosen view, or in a new one when it is given a name."""
    asked_for = request.POST.get("layout", LIST)
    layout = asked_for if asked_for in LAYOUTS else LIST
    shown = asked.read(request, of, layout=layout, more=("pipeline", "open", "day"))
    chosen = None if request.POST.get("new") else shown.saved
    title = chosen.title if chosen else request.POST.get("title", "")
    whose = request.POST.get("whose", "")
    shared = chosen.owner_id is None if chosen else bool(request.POST.get("shared")) or whose == EVERYBODY
    team = chosen.team_id if chosen else int(whose) if whose.isdecimal() and len(whose) < 19 else None
    with opened(request.user.pk, door="screen") as call:
        view = views.save(call, view=chosen, title=title, shared=shared, team=team, **_state(shown))
    toast = Toast(gettext("The view “%(title)s” is saved") % {"title": words.inside(view.title)})
    return answers.go(request, shown.url(view=str(view.pk)), toast=toast)


def _state(shown: Asked) -> dict[str, Any]:
    now = shown.now
    return {
        "record_type": shown.of.name,
        "layout": shown.layout,
        "filter": now.filter,
        "columns": now.columns,
        "sort": now.sort,
        "search": now.search,
        "group": now.group,
    }


@require_POST
@screen
def widen(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Keep how wide the columns of the view on the screen are for whoever looks; without any all are as usual."""
    shown = asked.read(request, of, layout=LIST)
    with opened(request.user.pk, door="screen") as call:
        views.widen(call, record_type=of.name, widths=widths.read(request.POST.get("widths", "")), view=shown.saved)
    return HttpResponse(status=204)


@require_POST
def open_with(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Let a view open by itself from now on, or no more."""
    view = _found(of, id)
    with opened(request.user.pk, door="screen") as call:
        views.open_with(call, view=view, on=not view.is_default)
    said = gettext("The view “%(title)s” opens first") if view.is_default else gettext("All records open first")
    place = reverse(f"records:{view.layout}", args=[of.path])
    toast = Toast(said % {"title": words.inside(view.title)} if view.is_default else said)
    return answers.go(request, f"{place}?view={view.pk}", toast=toast)


def _found(of: RecordType, id: int) -> View:
    view = View.objects.filter(pk=id, record_type=of.name).first()
    if view is None:
        raise MISSING(id=id)
    return view


@require_POST
def remove(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Forget a view."""
    view = _found(of, id)
    with opened(request.user.pk, door="screen") as call:
        views.remove(call, view=view)
    toast = Toast(gettext("The view “%(title)s” is removed") % {"title": words.inside(view.title)})
    return answers.go(request, reverse("records:list", args=[of]), toast=toast)
