"""The page of the feed and one entry of it: what is new, what was before, what stands beside."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from potok.feed import access, queries, registries, rules
from potok.feed.models import Entry, Visit
from potok.feed.operations import visiting
from potok.feed.registries import happenings
from potok.feed.web import lines, whom
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.ui import answers

PAGE, TILES = 20, 6
MINE, IMPORTANT = "mine", "important"
FILTERS = {
    "": _("Everything"),
    MINE: pgettext_lazy("view", "Mine"),
    IMPORTANT: _("Important"),
    registries.REQUESTS: _("Requests"),
    registries.EVENTS: _("Events"),
}


@dataclass(frozen=True)
class Section:
    """What a part above shows beside the feed."""

    title: Any
    body: str


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the feed, or the page that follows an entry; the visit is noted with the first one."""
    asked = _asked(request)
    before = request.GET.get("before", "")
    seen = queries.seen_by(request.user.pk or 0)
    shown = _chosen(request, asked)
    if before.isdecimal():
        return answers.draw(request, "feed/_lines.html", {"asked": asked, **_page(request, shown, seen, int(before))})
    context = {**_around(request, asked), **_page(request, shown, seen, None)}
    with doors.opened(request.user.pk, door=SCREEN) as call:
        visiting.note(call, seen=context["newest"])
    return answers.draw(request, "feed/feed.html", context)


@require_GET
def entry(request: HttpRequest, id: int) -> HttpResponse:
    """Draw one entry with all that was answered to it."""
    line = one(request, id, whole=True)
    return answers.draw(request, "feed/entry.html", {"line": line, "whole": True}, part="feed/_entry.html")


@require_GET
def fresh(request: HttpRequest) -> HttpResponse:
    """Tell how much has come since the page was drawn."""
    after = request.GET.get("after", "0")
    come = access.visible_to(request.user.pk).filter(pk__gt=int(after) if after.isdecimal() else 0)
    count = len(come.exclude(author=request.user.pk).values_list("pk")[: queries.COUNTED_MAX])
    return answers.draw(request, "feed/_fresh.html", {"fresh": count, "newest": after, "asked": _asked(request)})


def one(request: HttpRequest, id: int, *, whole: bool = False) -> lines.Line:
    """The line of one entry as it is now."""
    drawn = lines.drawn(request, [access.found(request.user.pk, id=id)], whole=whole)
    if not drawn:
        raise rules.NO_ENTRY()
    return drawn[0]


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get("only", "")
    return asked if asked in FILTERS else ""


def _chosen(request: HttpRequest, asked: str) -> QuerySet[Entry]:
    """The entries that a filter leaves, the latest first."""
    me = request.user.pk
    kinds = [name for name, each in happenings.all().items() if each.group == asked]
    conditions = {
        "": Q(),
        MINE: Q(author=me) | Q(mentioned__contains=[me]) | Q(audience__contains=[f"user_{me}"]),
        IMPORTANT: Q(is_important=True),
    }
    found = access.visible_to(me).filter(conditions.get(asked, Q(kind__in=kinds)))
    return found.select_related("author").order_by("-pk")


def _page(request: HttpRequest, entries: QuerySet[Entry], seen: int, before: int | None) -> dict[str, Any]:
    pinned = [] if before else list(entries.filter(is_pinned=True)[:PAGE])
    rest = entries.filter(is_pinned=False)
    rows = list((rest.filter(pk__lt=before) if before else rest)[: PAGE + 1])
    shown = rows[:PAGE]
    return {
        "pinned": lines.drawn(request, pinned, seen=seen),
        "lines": lines.drawn(request, shown, seen=seen),
        "more_before": shown[-1].pk if len(rows) > PAGE else 0,
    }


def _around(request: HttpRequest, asked: str) -> dict[str, Any]:
    visit = Visit.objects.filter(person=request.user.pk).first()
    typed = visit.typed if visit else {}
    offered = [request_ for each in registries.requests.all() for request_ in each.offered(request)]
    drawn = [(one.title, one.draw(request)) for one in registries.beside.all() if one.visible(request)]
    return {
        "asked": asked,
        "filters": [(name, title, name == asked) for name, title in FILTERS.items()],
        "newest": access.visible_to(request.user.pk).aggregate(last=Max("pk"))["last"] or 0,
        "typed": (typed.get("text") or [""])[0],
        "audience": whom.chosen(typed.get("audience") or [rules.ALL]),
        "requests": offered[:TILES],
        "requests_count": len(offered),
        "requests_url": next((each.url for each in registries.requests.all()), ""),
        "beside": [Section(title, mark_safe(body)) for title, body in drawn if body.strip()],  # noqa: S308 (templates)
    }
