"""The manual on pages: a text, or a picture that it shows."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from potok.ui import answers, manual


@require_GET
def show(request: HttpRequest, place: str = "") -> HttpResponseBase:
    """Show a page of the manual."""
    file = manual.found(place, language=(get_language() or "en").partition("-")[0])
    if file is None:
        raise Http404
    if file.suffix in manual.PICTURES:
        return FileResponse(file.open("rb"), content_type=manual.PICTURES[file.suffix])
    return _page(request, *manual.read(file), is_start=not place)


def _page(request: HttpRequest, title: str, text: str, *, is_start: bool) -> HttpResponse:
    return answers.draw(request, "ui/manual.html", {"title": title, "text": text, "is_start": is_start})
