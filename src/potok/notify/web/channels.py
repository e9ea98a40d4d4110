"""The page «Channels» for administrators: how each does, what waits and what did not get through; its settings."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, Trouble
from potok.kit.permissions import permissions
from potok.notify import routes
from potok.notify.channels import Channel as Way
from potok.notify.channels import channels, state, xmpp
from potok.notify.models import Channel, Connection, Delivery, Device, State
from potok.notify.operations import channels as setting
from potok.notify.permissions import SET_CHANNELS
from potok.people import public as people
from potok.ui import answers
from potok.ui.answers import Toast

ADDRESS = "/channels/"
LOST_MAX = 50
OPEN = Q(state=State.WAITING) | Q(state=State.FAILED)


@dataclass(frozen=True)
class Line:
    """One channel as the page shows it."""

    way: Way
    row: Channel
    waits: int
    failed: int

    @property
    def status(self) -> tuple[str, str]:
        """Its state and the word for it."""
        if not self.way.is_ready():
            return "wait", _("Switched off")
        if not self.row.is_up:
            return "incident", _("Does not answer")
        if self.way.name == routes.XMPP and not _is_held(self.row):
            return "run", _("Connecting")
        return "done", _("Works")


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the page."""
    _check(request)
    counted: dict[tuple[str, str], int] = {
        (one["channel"], one["state"]): one["n"]
        for one in Delivery.objects.filter(OPEN).values("channel", "state").annotate(n=Count("pk"))
    }
    lines = [
        Line(way, state.state(name), counted.get((name, State.WAITING), 0), counted.get((name, State.FAILED), 0))
        for name, way in channels.all().items()
    ]
    lost = Delivery.objects.filter(state=State.FAILED).select_related("notice", "person").order_by("-pk")[:LOST_MAX]
    shown = {
        "lines": lines,
        "lost": lost,
        "titles": {name: way.title for name, way in channels.all().items()},
        "xmpp": xmpp.setting(),
        "xmpp_row": state.state(routes.XMPP),
        "push_row": state.state(routes.PUSH),
        "connected": Connection.objects.count(),
        "devices": Device.objects.count(),
    }
    return answers.draw(request, "notify/channels.html", shown)


@require_POST
def set_xmpp(request: HttpRequest) -> HttpResponse:
    """Keep how XMPP is set."""
    given = request.POST
    port = given.get("port", "")
    with opened(request.user.pk, door="screen") as call:
        setting.set_xmpp(
            call,
            is_on="is_on" in given,
            host=given.get("host", ""),
            domain=given.get("domain", ""),
            port=int(port) if port.isdecimal() else 0,
            secret=given.get("secret", ""),
            inside="inside" in given,
        )
    return answers.go(request, ADDRESS, toast=Toast(_("Settings are kept")))


@require_POST
def set_push(request: HttpRequest) -> HttpResponse:
    """Keep whether notices reach browsers."""
    with opened(request.user.pk, door="screen") as call:
        setting.set_push(call, is_on="is_on" in request.POST, inside="inside" in request.POST)
    return answers.go(request, ADDRESS, toast=Toast(_("Settings are kept")))


@require_POST
def test_xmpp(request: HttpRequest) -> HttpResponse:
    """Try the connection as it is set, and say what came of it."""
    _check(request)
    if state.state(routes.XMPP).is_up and _is_held(state.state(routes.XMPP)):
        return answers.go(request, ADDRESS, toast=Toast(_("The worker is connected to the XMPP server")))
    try:
        _try(xmpp.setting())
    except Trouble as trouble:
        return answers.go(request, ADDRESS, toast=Toast(trouble.sentence(), tone="incident"))
    return answers.go(request, ADDRESS, toast=Toast(_("The XMPP server takes us in")))


@require_POST
def retry(request: HttpRequest, name: str) -> HttpResponse:
    """Try a channel now, with what it had given up."""
    with opened(request.user.pk, door="screen") as call:
        setting.retry(call, channel=name)
    return answers.go(request, ADDRESS, toast=Toast(_("It is tried again")))


@require_POST
def forget(request: HttpRequest, name: str) -> HttpResponse:
    """Take note of what a channel had given up."""
    with opened(request.user.pk, door="screen") as call:
        setting.forget(call, channel=name)
    return answers.go(request, ADDRESS, toast=Toast(_("The list is empty now")))


def _try(asked: xmpp.Setting) -> None:
    from potok.notify.channels import xmpp_line  # slow to import, and only for whoever tries it

    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, xmpp_line.test(asked)).result()


def _is_held(row: Channel) -> bool:
    from potok.notify.routing import BELIEVED

    return row.beat_at is not None and row.beat_at >= clock.now() - BELIEVED


def may_set(request: HttpRequest) -> bool:
    """Tell whether this person sees the page."""
    return people.may(request.user.pk, permission=SET_CHANNELS)


def _check(request: HttpRequest) -> None:
    if not may_set(request):
        raise FORBIDDEN(permission=permissions[SET_CHANNELS].title)
