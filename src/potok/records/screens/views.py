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
from potok.records.screens import asked
from potok.records.screens.asked import BOARD, LIST, Asked
from potok.records.screens.screen import screen
from potok.ui import answers, words
from potok.ui.answers import Toast


@require_POST
@screen
def save(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Keep the state of the screen in the chosen view, or in a new one when it is given a name."""
    layout = BOARD if request.POST.get("layout") == BOARD else LIST
    shown = asked.read(request, of, layout=layout, more=("pipeline", "open"))
    chosen = None if request.POST.get("new") else shown.saved
    title = chosen.title if chosen else request.POST.get("title", "")
    shared = chosen.owner_id is None if chosen else bool(request.POST.get("shared"))
    with opened(request.user.pk, door="screen") as call:
        view = views.save(call, view=chosen, title=title, shared=shared, **_state(shown))
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
    }


@require_POST
def remove(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Forget a view."""
    view = View.objects.filter(pk=id, record_type=of.name).first()
    if view is None:
        raise MISSING(id=id)
    with opened(request.user.pk, door="screen") as call:
        views.remove(call, view=view)
    toast = Toast(gettext("The view “%(title)s” is removed") % {"title": words.inside(view.title)})
    return answers.go(request, reverse("records:list", args=[of]), toast=toast)
