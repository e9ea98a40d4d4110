"""What people do with an entry: answer, react, say that they have read it, pin, remove."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from potok.feed import access, attachments, audiences, queries, rules
from potok.feed.models import Comment
from potok.feed.operations import answering, posts
from potok.feed.web import compose, show
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people import public as people
from potok.ui import answers
from potok.ui.answers import Toast


@require_POST
def comment(request: HttpRequest, id: int) -> HttpResponse:
    """Answer to an entry, with files."""
    entry, text = access.found(request.user.pk, id=id), request.POST.get("text", "")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        files = attachments.keep(call, uploaded=request.FILES.getlist("files"))
        answering.comment(call, entry=entry, text=text, files=files, mentioned=compose.called(text))
    return _again(request, id)


@require_POST
def take_back(request: HttpRequest, id: int, comment: int) -> HttpResponse:
    """Take a comment back."""
    one = Comment.objects.filter(pk=comment, entry=id).first()
    if one is None:
        raise rules.NO_COMMENT()
    with doors.opened(request.user.pk, door=SCREEN) as call:
        answering.take_back(call, comment=one)
    return _again(request, id)


@require_POST
def react(request: HttpRequest, id: int) -> HttpResponse:
    """React to an entry, or take the reaction away."""
    entry = access.found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        answering.react(call, entry=entry, kind=request.POST.get("kind", ""))
    return _again(request, id)


@require_POST
def acknowledge(request: HttpRequest, id: int) -> HttpResponse:
    """Say that one has read an important post."""
    entry = access.found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        answering.acknowledge(call, post=entry)
    return _again(request, id)


@require_POST
def pin(request: HttpRequest, id: int) -> HttpResponse:
    """Let a post stand above the feed, or no more when it does already."""
    entry = access.found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        posts.pin(call, post=entry, on=not entry.is_pinned)
    return answers.go(request, "/feed/")


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Take a post back."""
    entry = access.found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        posts.remove(call, post=entry)
    return answers.go(request, "/feed/", toast=Toast(_("The post is removed")))


@require_GET
def readers(request: HttpRequest, id: int) -> HttpResponse:
    """Draw who has read an important post and who has not."""
    post = access.found(request.user.pk, id=id)
    read, unread = queries.read_by(post), queries.unread_by(post)
    known = people.by_id([*read, *unread])
    reminds = post.author_id == request.user.pk or access.keeps(request.user.pk)
    context = {
        "entry": post,
        "read": [known[one] for one in read if one in known],
        "unread": [known[one] for one in unread if one in known],
        "to": audiences.named(post.audience).values(),
        "reminds": reminds and post.is_important,
    }
    return answers.draw(request, "feed/readers.html", context)


@require_POST
def remind(request: HttpRequest, id: int) -> HttpResponse:
    """Ask those who have not read it."""
    entry = access.found(request.user.pk, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        count = answering.remind(call, post=entry)
    told = ngettext("%(count)s person is reminded", "%(count)s people are reminded", count) % {"count": count}
    return answers.done(request, Toast(told)) if answers.by_script(request) else answers.go(request, f"/feed/{id}/")


def _again(request: HttpRequest, id: int) -> HttpResponse:
    if not answers.by_script(request):
        return answers.go(request, f"/feed/{id}/")
    whole = "whole" in request.POST
    return answers.draw(request, "feed/_entry.html", {"line": show.one(request, id, whole=whole), "whole": whole})
