"""Pages that say what went wrong, and the door through which refusals of operations leave as answers."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from potok.kit import ids, live
from potok.kit.errors import OVERTAKEN, Refused
from potok.kit.passing import again, is_passing, rest
from potok.ui import answers

log = logging.getLogger("potok.ui")


class AnswerRefusals:
    """Middleware: a `Refused` that no view caught becomes its sentence, at the field or in a toast or on a page.

    It also marks where the live stream stood before the view read anything: what comes later, the page has not seen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.live_at = live.position()  # type: ignore[attr-defined]
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return answers.refused(request, error)
        return _again(request) if is_passing(error) else None


def _again(request: HttpRequest) -> HttpResponse:
    """Have the view answer once more: its transaction met another one, gave way, and left nothing behind."""
    match = request.resolver_match
    assert match is not None  # a view has raised

    def answer() -> HttpResponse:
        for files in request.FILES.lists():
            for file in files[1]:
                file.seek(0)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response

    rest(1)
    try:
        return again(answer)
    except Refused as refused:
        return answers.refused(request, refused)
    except Exception as failure:
        if not is_passing(failure):
            raise
        return answers.refused(request, OVERTAKEN())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Draw the page for 403 (`handler403`)."""
    return render(request, "ui/403.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Draw the page for 404 (`handler404`)."""
    return render(request, "ui/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Draw the page for 500 (`handler500`) with a code that the log has too."""
    code = ids.new_key()[-6:].upper()
    log.error("failed %s %s, code %s", request.method, request.path, code)
    if answers.by_script(request):
        return answers.trigger(_silent(500), failed={"code": code})
    return render(request, "ui/500.html", {"code": code}, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Draw the page for a form whose time has run out (`CSRF_FAILURE_VIEW`)."""
    if answers.by_script(request):
        return answers.trigger(_silent(403), expired=True)
    return render(request, "ui/expired.html", status=403)


def _silent(status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response["HX-Reswap"] = "none"
    return response
