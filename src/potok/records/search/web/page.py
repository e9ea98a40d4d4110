"""The page of the search: what is found in groups, one kind or one's own alone; its state stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from potok.kit.errors import MISSING
from potok.records.screens.screen import screen
from potok.records.search.finding import found
from potok.records.search.kinds import kinds, source
from potok.records.search.web.lines import drawn
from potok.ui import answers
from potok.ui.shapes import Found

FEW, MANY = 8, 60


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more_url` leads to all of it where there is more."""

    title: str
    lines: Sequence[Found]
    more_url: str = ""


@dataclass(frozen=True)
class Tab:
    """A kind that can be chosen."""

    title: str
    url: str
    current: bool


@require_GET
@screen
def show(request: HttpRequest) -> HttpResponse:
    """Draw what is found for `q`, of one `kind` or of all, one's own (`mine`) or everybody's."""
    text, kind, mine = request.GET.get("q", "").strip(), request.GET.get("kind", ""), "mine" in request.GET
    if kind and kind not in kinds():
        raise MISSING(id=kind)
    most = MANY if kind else FEW
    answer = found(text, by=request.user.pk, among=[kind] if kind else None, mine=mine, most=most + 1)
    grouped = answer.by_kind()
    groups = [
        Group(
            str(source(name).title),
            drawn(hits[:most], marked=answer.meant or text),
            _address(text, kind=name, mine=mine) if len(hits) > most and not kind else "",
        )
        for name, hits in grouped.items()
    ]
    context = {
        "text": text,
        "kind": kind,
        "mine": mine,
        "asked": answer.meant,
        "groups": groups,
        "tabs": _tabs(text, kind, mine=mine, seen=list(grouped)),
        "mine_url": _address(text, kind=kind, mine=not mine),
    }
    return answers.draw(request, "search/page.html", context, part="search/_found.html")


def _tabs(text: str, kind: str, *, mine: bool, seen: Sequence[str]) -> list[Tab]:
    offered = [name for name in kinds() if name in seen or name == kind]
    first = Tab(gettext("All"), _address(text, kind="", mine=mine), not kind)
    return [first, *(Tab(str(source(n).title), _address(text, kind=n, mine=mine), n == kind) for n in offered)]


def _address(text: str, *, kind: str, mine: bool) -> str:
    asked = {"q": text} | ({"kind": kind} if kind else {}) | ({"mine": "1"} if mine else {})
    return f"{reverse('search:page')}?{urlencode(asked)}"
