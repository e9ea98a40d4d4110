"""The trash of a record type: what lies in it, putting a record there, taking it back out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.records import queries, writing
from potok.records.record_types import RecordType
from potok.records.screens import facts, rights
from potok.records.screens.screen import screen
from potok.ui import answers, words
from potok.ui.answers import Toast

ROWS_MAX = 200


@require_GET
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """List what lies in the trash, what came last first."""
    found = queries.rows(of, by=request.user.pk, trash=True).order_by("-removed_at", "-pk")
    rows: list[Any] = list(found.select_related("responsible")[:ROWS_MAX])
    may_restore = rights.may(request, of.may("remove"))
    return answers.draw(request, "records/trash.html", {"of": of, "rows": rows, "may_restore": may_restore})


@require_POST
@screen
def remove(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Put a record into the trash; the toast takes it back out."""
    card = facts.load(request, of, id)
    with opened(request.user.pk, door="screen") as call:
        writing.verbs[of.name].remove(call, record=card.row)
    said = gettext("“%(title)s” is in the trash") % {"title": words.inside(card.row.title)}
    return _back(request, of, Toast(said, undo=card.url("restoration")), to=card.url("card"))


@require_POST
@screen
def restore(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Take a record back out of the trash."""
    card = facts.load(request, of, id)
    with opened(request.user.pk, door="screen") as call:
        writing.verbs[of.name].restore(call, record=card.row)
    said = gettext("“%(title)s” is out of the trash") % {"title": words.inside(card.row.title)}
    return _back(request, of, Toast(said), to=card.url("card"))


def _back(request: HttpRequest, of: RecordType, toast: Toast, *, to: str) -> HttpResponse:
    """Stay where the person is: the card shows its new state, over a list too."""
    here = request.headers.get("HX-Current-URL", "")
    place = here.partition("//")[2]
    path = f"/{place.partition('/')[2]}" if place else to
    return answers.go(
        request, path if path.startswith(("/", reverse("records:list", args=[of.path]))) else to, toast=toast
    )
