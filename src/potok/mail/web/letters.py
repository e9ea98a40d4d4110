"""The page «Отправленные письма»: what went out, what did not and why, what is kept while there is no mail server."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.mail import attachments, queries
from potok.mail.models import Letter, Status
from potok.mail.operations import letters
from potok.mail.permissions import SEND
from potok.mail.server import server
from potok.people import public as people
from potok.ui import answers
from potok.ui.answers import Toast

PAGE = 50
STATES = {Status.ON_ITS_WAY: "run", Status.SENT: "done", Status.FAILED: "incident", Status.KEPT: "wait"}
# The letter is somebody's html, cleaned or not: in its frame nothing runs and nothing is fetched.
SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """Draw the list, from the letter `before` downwards."""
    before = request.GET.get("before", "")
    told = queries.visible_to(_me(request))
    page = list((told.filter(pk__lt=int(before)) if before.isdecimal() else told)[: PAGE + 1])
    shown = {
        "letters": [(letter, STATES[Status(letter.status)], word(letter)) for letter in page[:PAGE]],
        "more": page[PAGE - 1].pk if len(page) > PAGE else None,
        "has_server": server() is not None,
    }
    return answers.draw(request, "mail/letters.html", shown)


@require_GET
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw one letter."""
    letter = queries.letter(id, by=_me(request))
    stuck = letter.status in (Status.FAILED, Status.KEPT) and server() is not None
    shown = {
        "letter": letter,
        "state": STATES[Status(letter.status)],
        "word": word(letter),
        "files": attachments.of(letter),
        "can_resend": stuck and people.may(_me(request), permission=SEND),
    }
    return render(request, "mail/letter.html", shown)


@require_GET
@xframe_options_sameorigin
def body(request: HttpRequest, id: int) -> HttpResponse:
    """Give the html of a letter for the frame in which it is shown."""
    letter = queries.letter(id, by=_me(request))
    return HttpResponse(letter.html, headers={"Content-Security-Policy": SEALED})


@require_POST
def resend(request: HttpRequest, id: int) -> HttpResponse:
    """Try again to send a letter."""
    with opened(_me(request), door="screen") as call:
        letters.resend(call, letter=queries.letter(id, by=_me(request)))
    return answers.go(request, f"/letters/{id}", toast=Toast(_("The letter is on its way")))


def word(letter: Letter) -> str:
    """Say where a letter is."""
    return {
        Status.ON_ITS_WAY: _("On its way") if not letter.problem else _("Trying again"),
        Status.SENT: _("Sent") if not letter.problem else _("Sent, but not to all"),
        Status.FAILED: _("Not sent"),
        Status.KEPT: _("Kept here"),
    }[Status(letter.status)]


def _me(request: HttpRequest) -> int:
    return request.user.pk or 0
