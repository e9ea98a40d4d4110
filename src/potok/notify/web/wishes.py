"""The page «How I am told»: choices by subject, quiet hours and digest, XMPP, browsers, muted places."""

import json
from datetime import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit import clock
from potok.kit.doors import opened
from potok.notify import routes, rules, subjects
from potok.notify.channels import channels, state
from potok.notify.models import Connection, Delivery, Device, Muted, Notice, State, Wishes
from potok.notify.operations import notices, wishes
from potok.notify.operations.wishes import Digest, Quiet
from potok.notify.routing import choice
from potok.people.public import Person
from potok.ui import answers
from potok.ui.answers import Toast

ADDRESS = "/me/notices"
MAIL = (
    (routes.AWAY, gettext_lazy("When I am away")),
    (routes.DIGEST, gettext_lazy("In the digest")),
    (routes.NEVER, gettext_lazy("Never")),
)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Draw the page, or keep what was chosen on it."""
    if request.method == "GET":
        return render(request, "notify/wishes.html", _shown(_me(request)))
    given = request.POST
    chosen = {one.name: _chosen(given, one.name) for one in subjects.SUBJECTS}
    day = given.get("digest_day", "")
    with opened(request.user.pk, door="screen") as call:
        wishes.change(
            call,
            choices=chosen,
            quiet=Quiet(_time(given, "quiet_from"), _time(given, "quiet_to")),
            digest=Digest(_time(given, "digest_at") or time(9), int(day) if day.isdecimal() else None),
            xmpp=given.get("xmpp", "") if "xmpp" in given else None,
        )
    return answers.go(request, ADDRESS, toast=Toast(_("Settings are kept")))


@require_POST
def mute(request: HttpRequest, id: int) -> HttpResponse:
    """Hear nothing more of the place to which a notice leads; the notice is read thereby."""
    with opened(request.user.pk, door="screen") as call:
        muted = wishes.mute(call, notice=id)
        notices.see(call, notice=id)
    toast = Toast(_("You will hear nothing more of this"), undo=f"{ADDRESS}/muted/{muted.pk}/removal")
    return answers.go(request, request.POST.get("next") or "/notices/", toast=toast)


@require_POST
def unmute(request: HttpRequest, id: int) -> HttpResponse:
    """Hear of a place again."""
    with opened(request.user.pk, door="screen") as call:
        wishes.unmute(call, muted=id)
    return answers.go(request, ADDRESS, toast=Toast(_("You will hear of this again")))


@require_POST
def add_device(request: HttpRequest) -> HttpResponse:
    """Take this browser in, as it describes itself."""
    keys = _keys(request.POST.get("keys", ""))
    with opened(request.user.pk, door="screen") as call:
        wishes.add_device(
            call,
            endpoint=request.POST.get("endpoint", ""),
            public=keys.get("p256dh", ""),
            shared=keys.get("auth", ""),
            title=_browser(request.headers.get("User-Agent", "")),
        )
    return answers.go(request, ADDRESS, toast=Toast(_("Notices will come to this browser")))


@require_POST
def remove_device(request: HttpRequest, id: int) -> HttpResponse:
    """Tell a browser nothing more."""
    with opened(request.user.pk, door="screen") as call:
        wishes.remove_device(call, device=id)
    return answers.go(request, ADDRESS, toast=Toast(_("Notices will not come there any more")))


def _shown(person: Person) -> dict[str, Any]:
    row = Wishes.objects.filter(person=person).first() or Wishes(person=person)
    push = state.state(routes.PUSH)
    waits = Delivery.objects.filter(person=person, state=State.WAITING, channel=routes.DIGEST).count()
    later = Notice.objects.filter(to=person, seen_at=None, route_at__gt=clock.now()).count() if _is_quiet(row) else 0
    return {
        "wishes": row,
        "lines": [(one, choice(row, kind=_kind(one))) for one in subjects.SUBJECTS],
        "mail_choices": MAIL,
        "days": [("", _("Every day")), *((str(day), str(name)) for day, name in WEEKDAYS.items())],
        "has_mail": routes.MAIL in channels and channels[routes.MAIL].is_ready(),
        "has_xmpp": state.is_on(routes.XMPP),
        "on_xmpp": Connection.objects.filter(person=person).exists(),
        "push_key": push.settings.get("public", "") if push.is_on else "",
        "devices": Device.objects.filter(person=person).order_by("-added_at"),
        "muted": Muted.objects.filter(person=person).order_by("-since"),
        "gathered": waits,
        "later": later,
    }


def _is_quiet(row: Wishes) -> bool:
    zone = row.person.zone
    return routes.quiet_until(clock.now(), begins=row.quiet_from, ends=row.quiet_to, zone=zone) is not None


def _kind(subject: subjects.Subject) -> str:
    return subject.begins[0] if subject.begins else ""


def _chosen(given: Any, name: str) -> dict[str, Any]:
    return {
        "xmpp": f"{name}.xmpp" in given,
        "push": f"{name}.push" in given,
        "mail": given.get(f"{name}.mail", routes.AWAY),
    }


def _time(given: Any, name: str) -> time | None:
    text = given.get(name, "")
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise rules.WRONG_HOURS(place=name) from None


def _keys(text: str) -> dict[str, str]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return {name: str(value) for name, value in told.items()} if isinstance(told, dict) else {}


def _browser(agent: str) -> str:
    """Name a browser as its owner knows it; the order counts, most of them claim to be Safari too."""
    name = next((name for mark, name in BROWSERS if mark in agent), _("Browser"))
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (name, system)))


BROWSERS = (("YaBrowser", "Yandex"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("Linux", "Linux"))  # fmt: skip


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
