"""Who was invited: what became of each invitation; sent again, taken back. And the page of a forgotten password."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.models import Outgoing
from potok.people import inviting, queries, rules
from potok.people.limits import Bucket
from potok.people.models import Invitation, Person
from potok.people.operations import invitations, passwords
from potok.people.permissions import EDIT_PEOPLE
from potok.people.web.asked import me, needs
from potok.ui import answers
from potok.ui.answers import Toast

SHOWN_MAX = 200
BY_ADDRESS = Bucket("forgotten address", size=10, seconds=60)
BY_LOGIN = Bucket("forgotten login", size=3, seconds=300)


@dataclass(frozen=True)
class Line:
    """An invitation, how it stands, and whether it may be sent again or taken back."""

    invitation: Invitation
    state: str
    tone: str
    is_open: bool
    again: bool


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """List the invitations, the latest first."""
    needs(request, EDIT_PEOPLE)
    found = Invitation.objects.select_related("person", "by").order_by("-pk")[:SHOWN_MAX]
    failed = _failed(found)
    lines = [_line(one, problem=failed.get(inviting.key(one.pk), "")) for one in found]
    return answers.draw(request, "people/invitations.html", {"lines": lines, "has_mail": bool(settings.MAIL_URL)})


@require_POST
def send(request: HttpRequest, id: int) -> HttpResponse:
    """Invite somebody by a letter, or send it again."""
    person = queries.person(id)
    with opened(me(request).pk, door="screen") as call:
        invitations.send(call, person=person)
    return answers.go(request, "/people/invitations", toast=Toast(_("A letter goes to %(to)s") % {"to": person.email}))


@require_POST
def revoke(request: HttpRequest, id: int) -> HttpResponse:
    """Take an invitation back."""
    person = queries.person(id)
    with opened(me(request).pk, door="screen") as call:
        invitations.revoke(call, person=person)
    return answers.go(request, "/people/invitations", toast=Toast(_("The invitation is taken back")))


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password. Nobody learns here who has an account."""
    shown: dict[str, object] = {"has_mail": bool(settings.MAIL_URL)}
    if request.method == "GET":
        return render(request, "people/forgotten.html", shown)
    email = request.POST.get("email", "").strip().lower()
    if not BY_ADDRESS.take(request.META.get("REMOTE_ADDR", "")) or not BY_LOGIN.take(email):
        wait = rules.TOO_MANY_ATTEMPTS(minutes=BY_LOGIN.seconds // 60)
        return render(request, "people/forgotten.html", {**shown, "error": wait.sentence(), "email": email}, status=422)
    person = Person.objects.filter(email=email, is_active=True).first()
    if person is not None and settings.MAIL_URL:
        with opened(None, door="screen") as call:
            passwords.ask(call, person=person)
    return render(request, "people/forgotten.html", {**shown, "asked": email})


def _failed(found: Iterable[Invitation]) -> dict[str, str]:
    keys = [inviting.key(one.pk) for one in found]
    troubled = Outgoing.objects.filter(key__in=keys, sent_at=None).exclude(problem="")
    return dict(troubled.values_list("key", "problem"))


def _line(one: Invitation, *, problem: str) -> Line:
    again = one.person.is_active and not one.person.has_usable_password()
    if one.accepted_at:
        return Line(one, _("has signed in"), "done", is_open=False, again=False)
    if one.revoked_at:
        return Line(one, _("taken back"), "wait", is_open=False, again=again)
    if one.expires_at <= clock.now():
        return Line(one, _("too old"), "wait", is_open=True, again=again)
    if problem:
        return Line(one, problem, "incident", is_open=True, again=again)
    return Line(one, _("waits for an answer"), "person", is_open=True, again=again)
