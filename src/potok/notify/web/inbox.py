"""The page «Входящие»: what waits at the left, the chosen one at the right, answered in place."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from potok.kit import clock
from potok.kit.calls import SCREEN
from potok.kit.doors import opened
from potok.notify import inbox
from potok.notify.inbox import Line
from potok.notify.operations import notices
from potok.notify.queries import unseen_count
from potok.notify.web import naps
from potok.ui import answers


def show(request: HttpRequest) -> HttpResponse:
    """Draw the inbox; `at` names the line that is open, `kind` narrows the list."""
    person = request.user.pk or 0
    kind = request.GET.get("kind", "")
    everything = inbox.lines(person)
    listed = everything if not kind else inbox.lines(person, kind=kind)
    groups = inbox.grouped([*listed, *inbox.beside(person, kind=kind)], now=timezone.localtime(clock.now()))
    listed = [line for group in groups for line in group.lines if not line.of_others]
    chosen = _chosen(request, listed)
    next_url = _next(chosen, listed, kind=kind)
    context = {
        "groups": [(names()[group.name], group.name == inbox.OVERDUE, group.lines) for group in groups],
        "tabs": _tabs(everything, kind=kind, told=unseen_count(person=person)),
        "kind": kind,
        "chosen": chosen,
        "is_open": bool(chosen) and "at" in request.GET,
        "sentence": _sentence(request, chosen),
        "naps": naps.offered(timezone.localtime(clock.now())) if chosen and chosen.waiting else [],
        "now": clock.now(),
        "next_url": next_url,
        "detail": _detail(request, chosen, next_url=next_url) if chosen else "",
        "address": address(kind=kind),
    }
    return answers.draw(request, "notify/inbox.html", context, part="notify/_inbox.html")


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark a notice as read, or all, and open the next line."""
    with opened(request.user.pk, door=SCREEN) as call:
        one = request.POST.get("notice", "")
        if one.isdecimal():
            notices.see(call, notice=int(one))
        else:
            notices.see_all(call)
    following = request.POST.get("next", "")
    return answers.go(
        request, following if url_has_allowed_host_and_scheme(following, allowed_hosts=None) else address()
    )


def address(*, kind: str = "", at: str = "") -> str:
    """Where the inbox stands open on a line."""
    asked = {name: value for name, value in (("kind", kind), ("at", at)) if value}
    return f"{reverse('inbox:show')}?{urlencode(asked)}" if asked else reverse("inbox:show")


def names() -> dict[str, str]:
    """What the groups are called."""
    return {
        inbox.OVERDUE: _("Overdue"),
        inbox.TODAY: _("Today"),
        inbox.WEEK: _("This week"),
        inbox.LATER: _("Later"),
        inbox.SOME_DAY: _("Without a deadline"),
        inbox.EARLIER: _("Earlier"),
        inbox.ASLEEP: _("Laid aside"),
        inbox.OTHERS: _("You wait for others"),
    }


def _chosen(request: HttpRequest, listed: list[Line]) -> Line | None:
    wanted = request.GET.get("at", "")
    return next((line for line in listed if line.key == wanted), listed[0] if listed else None)


def _sentence(request: HttpRequest, line: Line | None) -> str:
    drawn = inbox.kinds.get(line.kind) if line and line.waiting else None
    return drawn.sentence(request, line.waiting) if drawn and drawn.sentence and line and line.waiting else ""


def _tabs(everything: list[Line], *, kind: str, told: int) -> list[dict[str, Any]]:
    """The kinds with their counters, which are those of the rail: what waits, and how many notices are unread."""
    counts = Counter(line.kind for line in everything if line.waiting)
    counts[""], counts[inbox.NOTICE] = counts.total(), told
    shown = sorted(inbox.kinds.all().values(), key=lambda one: one.order)
    named = [
        ("", pgettext("inbox", "All")),
        *((one.name, str(one.title)) for one in shown),
        (inbox.NOTICE, _("Notices")),
    ]
    return [
        {
            "title": title,
            "url": address(kind=name),
            "current": name == kind,
            "count": counts[name],
        }
        for name, title in named
        # The pane is narrow: a kind of which there is nothing stands here only while it is asked for.
        if name in ("", kind, inbox.NOTICE) or counts[name]
    ]


def _next(line: Line | None, listed: list[Line], *, kind: str) -> str:
    following = inbox.after(listed, line.key) if line else None
    return address(kind=kind, at=following.key) if following else address(kind=kind)


def _detail(request: HttpRequest, line: Line, *, next_url: str) -> str:
    if line.waiting is None:
        return render_to_string("notify/_notice.html", {"notice": line.notice, "next_url": next_url}, request)
    drawn = inbox.kinds.get(line.kind)
    if drawn is None:
        return render_to_string("notify/_unknown.html", {"line": line}, request)
    return drawn.draw(request, line.waiting, next_url)
