"""Pages that say what went wrong, and the door through which refusals of operations leave as answers."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from potok.kit import ids, live
from potok.kit.errors import Refused
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
        return answers.refused(request, error) if isinstance(error, Refused) else None


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
