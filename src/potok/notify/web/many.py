"""Several lines of the inbox at once: each gets its own answer, and what could not be done says why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from potok.kit import clock
from potok.kit.calls import SCREEN, Call
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify import inbox
from potok.notify.inbox import Act, Line
from potok.notify.models import Waiting
from potok.notify.operations import notices, waiting
from potok.notify.web import naps
from potok.ui import answers

READ = "read"
MANY_MAX = 200


@dataclass(frozen=True)
class Result:
    """What became of one line."""

    title: str
    refused: str = ""


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Draw the bar of what may be done to all chosen lines."""
    return answers.draw(request, "notify/_chosen.html", _bar(request, _lines(request)))


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do it to each of them and tell the result of each; what needs a comment asks for it first, once for all."""
    lines = _lines(request)
    found = _act(request, lines)
    comment = request.POST.get("comment", "").strip()
    if found is not None and found.needs_comment and not comment:
        context = {"act": found, "count": len(lines), "again": "comment" in request.POST}
        return answers.draw(request, "notify/_comment.html", context)
    do = _doing(request, found, comment=comment)
    results = [] if do is None else [_done(request, line, do) for line in lines]
    context = {
        "done": [one for one in results if not one.refused],
        "refused": [one for one in results if one.refused],
    }
    return answers.draw(request, "notify/_results.html", context)


def _lines(request: HttpRequest) -> list[Line]:
    keys = request.POST.getlist("row")[:MANY_MAX]
    return [line for line in inbox.lines(request.user.pk or 0) if line.key in keys]


def _bar(request: HttpRequest, lines: Sequence[Line]) -> dict[str, object]:
    kinds = {line.kind for line in lines}
    kind = inbox.kinds.get(next(iter(kinds))) if len(kinds) == 1 else None
    return {
        "count": len(lines),
        "acts": [(one.name, one.title) for one in kind.offered(_waiting(lines))] if kind else [],
        "may_read": bool(lines) and all(line.notice for line in lines),
        "naps": naps.offered(timezone.localtime(clock.now())) if all(line.waiting for line in lines) else [],
    }


def _act(request: HttpRequest, lines: Sequence[Line]) -> Act | None:
    """The act of the kind of these lines that was pressed, if it was one."""
    kind = inbox.kinds.get(lines[0].kind) if len({line.kind for line in lines}) == 1 else None
    how = request.POST.get("act", "")
    return next((one for one in kind.offered(_waiting(lines)) if one.name == how), None) if kind else None


def _doing(request: HttpRequest, found: Act | None, *, comment: str) -> Callable[[Call, Line], object] | None:
    """What the pressed button does to one line."""
    how = request.POST.get("act", "")
    if how == READ:
        return _read
    for nap in naps.offered(timezone.localtime(clock.now())):
        if nap.name == how:
            return lambda call, line: waiting.snooze(call, key=line.key, until=nap.until)
    if found is None:
        return None
    given = (comment,) if found.needs_comment else ()
    return lambda call, line: line.waiting and found.do(call, line.waiting, *given)


def _waiting(lines: Sequence[Line]) -> list[Waiting]:
    return [line.waiting for line in lines if line.waiting is not None]


def _done(request: HttpRequest, line: Line, do: Callable[[Call, Line], object]) -> Result:
    """Each in a door of its own: what is refused to one keeps nobody back."""
    try:
        with opened(request.user.pk, door=SCREEN) as call:
            do(call, line)
    except Refused as refused:
        return Result(line.title, refused.sentence())
    return Result(line.title)


def _read(call: Call, line: Line) -> None:
    if line.notice is not None:
        notices.see(call, notice=line.notice.pk)
