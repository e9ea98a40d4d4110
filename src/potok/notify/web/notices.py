"""The page «Уведомления», and the toast that tells of a notice the moment it comes."""

from collections.abc import Set
from dataclasses import asdict
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.notify import queries
from potok.notify.models import Notice
from potok.notify.operations import notices
from potok.ui import answers
from potok.ui.answers import Toast

PAGE = 50
FRESH = timedelta(seconds=20)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw what the person was told, the latest first, from the notice `before` downwards."""
    before = request.GET.get("before", "")
    told = queries.notices_for(_me(request))
    if before.isdecimal():
        told = told.filter(pk__lt=int(before))
    page = list(told[: PAGE + 1])
    shown = {
        "notices": page[:PAGE],
        "more": page[PAGE - 1].pk if len(page) > PAGE else None,
        "unseen": queries.unseen_count(person=_me(request)),
        "topic": f"person:{_me(request)}",
    }
    return answers.draw(request, "notify/notices.html", shown, part="notify/_notices.html")


@require_GET
def follow(request: HttpRequest, id: int) -> HttpResponse:
    """Go where a notice leads; it is read thereby."""
    notice = Notice.objects.filter(pk=id, to=_me(request)).first()
    if notice is None:
        raise MISSING(id=id)
    with opened(_me(request), door="screen") as call:
        notices.see(call, notice=id)
    return answers.go(request, notice.url or "/notices/")


@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    with opened(_me(request), door="screen") as call:
        notices.see_all(call)
    return answers.go(request, "/notices/")


@require_GET
def arrivals(request: HttpRequest) -> HttpResponse:
    """Answer the watching element, with a toast for what came after the notice `after`."""
    after = request.GET.get("after", "")
    fresh = queries.notices_for(_me(request)).filter(seen_at=None, pk__gt=int(after) if after.isdecimal() else 0)
    count, last = fresh.count(), fresh.first()
    watch = {"name": "notices", "topic": f"person:{_me(request)}", "url": address(last.pk if last else int(after or 0))}
    response = render(request, "notify/_watch.html", {"watch": watch})
    return answers.trigger(response, toast=asdict(_toast(last, count=count))) if last else response


def news(people: Set[int]) -> dict[int, dict[str, str]]:
    """Say what came within the last moments to each of these people, in his language."""
    fresh = Notice.objects.filter(to__in=people, seen_at=None, sent_at__gte=clock.now() - FRESH)
    latest = fresh.select_related("to").order_by("to", "-pk").distinct("to")
    told: dict[int, dict[str, str]] = {}
    for one in latest:
        with translation.override(one.to.language):
            told[one.to_id] = asdict(_toast(one, count=1))
    return told


def address(last: int) -> str:
    """Where the watching element asks for what came after this notice."""
    return f"/notices/arrivals?after={last}"


def _toast(last: Notice, *, count: int) -> Toast:
    rest = count - 1
    more = " " + ngettext("And %(n)s more notice.", "And %(n)s more notices.", rest) % {"n": rest} if rest else ""
    return Toast(last.text + more, link=last.url, link_title=_("Open"), tone="run", key=f"notice-{last.pk}")


def _me(request: HttpRequest) -> int:
    return request.user.pk or 0
