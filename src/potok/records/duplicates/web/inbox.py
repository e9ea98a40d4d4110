"""The inbox of suspected pairs: those of which the person sees both."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import queries
from potok.records.duplicates import operations
from potok.records.duplicates.models import Pair
from potok.records.duplicates.web.words import why
from potok.records.record_types import record_types
from potok.records.screens import rows
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.answers import Toast

PAGE, LOOKED_AT = 50, 500


@dataclass(frozen=True)
class Line:
    """One pair."""

    id: int
    icon: str
    type: str
    one: tuple[str, str]
    other: tuple[str, str]
    why: str
    compare_url: str


def check(request: HttpRequest) -> None:
    """Refuse who may not merge."""
    if not people.may(request.user.pk, permission=operations.MERGE):
        raise FORBIDDEN(permission=permissions[operations.MERGE].title)


@require_GET
@screen
def show(request: HttpRequest) -> HttpResponse:
    """Draw the pairs, the surest first."""
    check(request)
    pairs = list(Pair.objects.filter(state=Pair.SUSPECTED).order_by("-score", "-id")[:LOOKED_AT])
    refs = {RecordRef(pair.kind, id) for pair in pairs for id in (pair.one, pair.other)}
    titles = queries.titles(refs, by=request.user.pk)
    seen = [pair for pair in pairs if {RecordRef(pair.kind, pair.one), RecordRef(pair.kind, pair.other)} <= set(titles)]
    lines = [_line(pair, titles, by=request.user.pk) for pair in seen[:PAGE]]
    context = {"lines": lines, "is_cut": len(seen) > PAGE}
    return answers.draw(request, "duplicates/inbox.html", context, part="duplicates/_pairs.html")


def _line(pair: Pair, titles: dict[RecordRef, str], *, by: int | None) -> Line:
    of = record_types[pair.kind]
    ends: Sequence[tuple[str, str]] = [
        (titles[RecordRef(pair.kind, id)], rows.address(of, id)) for id in (pair.one, pair.other)
    ]
    compare = f"{reverse('duplicates:merge', args=[of.path])}?ids={pair.one},{pair.other}"
    return Line(pair.pk, of.icon, of.title, ends[0], ends[1], why(pair, by=by), compare)


@require_POST
def dismiss(request: HttpRequest, id: int) -> HttpResponse:
    """Leave a pair alone for good."""
    check(request)
    pair = Pair.objects.filter(pk=id).first()
    if pair is None:
        raise MISSING(id=id)
    with opened(request.user.pk, door="screen") as call:
        operations.dismiss(call, pair=pair)
    return answers.go(request, reverse("duplicates:inbox"), toast=Toast(gettext("They stay two")))
