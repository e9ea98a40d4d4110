"""Views of the journal that people keep: they lie where views of record lists lie, and open an address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.processes import rules
from potok.records import public as records
from potok.ui import answers, words
from potok.ui.answers import Toast

RUNS = "processes.instance"
KEPT = "kept"
NARROWING = ("state", "definition", "stage", "person", "type", "record", "days")
Params = Sequence[tuple[str, str]]


def params(given: QueryDict) -> list[tuple[str, str]]:
    """What an address of the journal asks for, without the page."""
    names = ("view", *NARROWING, "q", "columns")
    return [(name, value) for name in names for value in given.getlist(name) if value]


def url(asked: Params, *, kept: int | None = None) -> str:
    """The journal with what is asked for, under a kept view if it is one."""
    made = QueryDict(mutable=True)
    for name, value in [*asked, *([(KEPT, str(kept))] if kept else [])]:
        made.appendlist(name, value)
    return f"{reverse('processes:instances')}?{made.urlencode()}"


def of(request: HttpRequest) -> dict[str, Any]:
    """The kept views of the reader, and what he may do about the one that is open."""
    views = records.views_of(RUNS, person=request.user.pk or 0)
    chosen = next((one for one in views if str(one.pk) == request.GET.get(KEPT)), None)
    asked = params(request.GET)
    shares = people.may(request.user.pk, permission=records.views.SHARE)
    return {
        "kept_views": [(one.title, url(said(one), kept=one.pk), one == chosen, _differs(one, chosen, asked))
                       for one in views],
        "chosen_view": chosen,
        "may_keep": chosen is not None and (shares or chosen.owner_id == request.user.pk),
        "is_changed": chosen is not None and _differs(chosen, chosen, asked),
        "may_share": shares,
    }  # fmt: skip


def said(view: records.View) -> list[tuple[str, str]]:
    """What a kept view asks for, as an address says it."""
    asked: Mapping[str, str] = view.filter
    named = [(name, str(asked[name])) for name in ("view", *NARROWING) if asked.get(name)]
    return [*named, *([("q", view.search)] if view.search else []), *(("columns", one) for one in view.columns)]


def check(filter: Mapping[str, Any]) -> None:
    """Refuse what the journal cannot be asked for."""
    for name, value in filter.items():
        if name not in ("view", *NARROWING) or not isinstance(value, str):
            raise rules.WRONG_VIEW(place="filter", name=name)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the journal shows, in the open view or in a new one."""
    asked = params(request.POST)
    view = None if request.POST.get("new") else _found(request, request.POST.get(KEPT, ""))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        kept = records.views.save(
            call,
            record_type=RUNS,
            layout="runs",
            title=view.title if view else request.POST.get("title", ""),
            shared=view.owner_id is None if view else bool(request.POST.get("shared")),
            filter={name: value for name, value in asked if name not in ("q", "columns")},
            columns=[value for name, value in asked if name == "columns"],
            search=next((value for name, value in asked if name == "q"), ""),
            view=view,
        )
    toast = Toast(_("The view “%(title)s” is saved") % {"title": words.inside(kept.title)})
    return answers.go(request, url(said(kept), kept=kept.pk), toast=toast)


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Forget a view."""
    view = _found(request, str(id))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        records.views.remove(call, view=view)
    toast = Toast(_("The view “%(title)s” is removed") % {"title": words.inside(view.title)})
    return answers.go(request, reverse("processes:instances"), toast=toast)


def _differs(one: records.View, chosen: records.View | None, asked: Params) -> bool:
    return one == chosen and sorted(said(one)) != sorted(asked)


def _found(request: HttpRequest, number: str) -> records.View:
    seen = records.views_of(RUNS, person=request.user.pk or 0)
    view = next((one for one in seen if str(one.pk) == number), None)
    if view is None:
        raise MISSING(id=number)
    return view
