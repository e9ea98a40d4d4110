"""The page of exports of everything: one is begun, looked at while it is written, fetched, thrown away."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.operations import Operation
from potok.kit.permissions import permissions
from potok.records.exchange import everything
from potok.records.exchange.models import Export
from potok.records.exchange.permissions import EVERYTHING
from potok.records.screens import rights
from potok.records.screens.screen import screen
from potok.records.works import operations as works
from potok.records.works.rules import State
from potok.ui import answers

SHOWN = 20
ACTS: Mapping[str, Operation[..., Any]] = {
    "stop": works.stop,
    "resumption": works.resume,
    "removal": everything.forget,
}


@require_http_methods(["GET", "POST"])
@screen
def show(request: HttpRequest) -> HttpResponse:
    """Draw one's own exports, or begin another."""
    if not rights.may(request, EVERYTHING):
        raise FORBIDDEN(permission=permissions[EVERYTHING].title)
    if request.method == "POST":
        with opened(request.user.pk, door="screen") as call:
            everything.begin(call)
        return answers.go(request, reverse("records:exports"))
    known = [(one, *_standing(one)) for one in Export.objects.filter(by=request.user.pk)[:SHOWN]]
    context = {
        "known": known,
        "is_busy": any(one.state == State.RUNNING for one, *_ in known),
        "days": everything.KEPT.days,
        "topic": f"{Export.topic}:{next((one.pk for one, *_ in known if one.state == State.RUNNING), 0)}",
    }
    return answers.draw(request, "records/exports.html", context, part="records/exports_rows.html")


@require_GET
@screen
def fetch(request: HttpRequest, id: int) -> HttpResponse:
    """Answer the file of one's own export, as long as it is kept."""
    of, path = everything.fetched(id, by=request.user.pk)
    if not path.exists():
        raise MISSING(id=id)
    name = f"{gettext('All records')} {of.made_at:%Y-%m-%d}.zip"
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", answer)


@require_POST
@screen
def act(request: HttpRequest, id: int, act: str) -> HttpResponse:
    """Do with an export what a button says."""
    found = works.own(Export, id, by=request.user.pk or 0)
    if act not in ACTS:
        raise MISSING(id=act)
    with opened(request.user.pk, door="screen") as call:
        ACTS[act](call, of=found)
    return answers.go(request, reverse("records:exports"))


def _standing(one: Export) -> tuple[str, str, bool]:
    """The state of an export, its sign and its words, and whether there is a file to fetch."""
    if one.state == State.DONE:
        is_kept = one.expires_at is not None and one.expires_at > clock.now()
        return ("done", gettext("Ready"), True) if is_kept else ("skip", gettext("Its days are over"), False)
    said = {State.RUNNING: ("run", gettext("Being written")), State.STOPPED: ("wait", gettext("Stopped on the way"))}
    return *said[State(one.state)], False
