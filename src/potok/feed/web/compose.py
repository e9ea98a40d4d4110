"""Writing a post: the form, its draft, correcting."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from potok.feed import access, attachments, rules
from potok.feed.operations import posts, visiting
from potok.feed.web import whom
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people import public as people
from potok.ui import answers
from potok.ui.answers import Toast

CALLED = re.compile(r"@([\w-]+ [\w-]+)")


@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Write to colleagues; the feed opens with the post above."""
    given = request.POST
    text = given.get("text", "")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        files = attachments.keep(call, uploaded=request.FILES.getlist("files"))
        posts.add(
            call,
            text=text,
            audience=given.getlist("audience"),
            files=files,
            mentioned=called(text),
            important="important" in given,
        )
        visiting.keep(call, typed={})
    return answers.go(request, "/feed/", toast=Toast(_("It is in the feed")))


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed so far."""
    typed = {name: request.POST.getlist(name) for name in ("text", "audience")}
    with doors.opened(request.user.pk, door=SCREEN) as call:
        visiting.keep(call, typed=typed if any(typed["text"]) else {})
    return answers.done(request)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: int) -> HttpResponse:
    """Correct a post."""
    entry = access.found(request.user.pk, id=id)
    rules.check_author(entry.author_id, by=request.user.pk, keeps=access.keeps(request.user.pk))
    if request.method == "GET":
        chosen = whom.chosen(code for code in entry.audience)
        return answers.draw(request, "feed/edit.html", {"entry": entry, "audience": chosen})
    text = request.POST.get("text", "")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        audience = request.POST.getlist("audience")
        posts.change(call, post=entry, text=text, audience=audience, mentioned=called(text))
    return answers.go(request, f"/feed/{id}/", toast=Toast(_("The post is changed")))


def called(text: str) -> list[int]:
    """Those whose name and surname stand behind an @, if they belong to one person only."""
    found = [list(people.found(name).filter(is_external=False)[:2]) for name in dict.fromkeys(CALLED.findall(text))]
    return [few[0].pk for few in found if len(few) == 1]
