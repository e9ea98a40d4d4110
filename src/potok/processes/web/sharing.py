"""A definition saved as a file, taken in from one, and copied."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.processes import rules as process_rules
from potok.processes.models import Definition
from potok.processes.operations import sharing
from potok.processes.web import definitions, rights
from potok.ui import answers
from potok.ui.answers import Toast


@require_GET
def save(request: HttpRequest, id: int) -> HttpResponse:
    """Answer the file of a definition."""
    definition = rights.definition(request, id=id)
    response = HttpResponse(sharing.exported(definition), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{definition.code}.yaml"'
    return response


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and make a draft of it."""
    definitions.need_edit(request)
    if request.method == "GET":
        return answers.draw(request, "processes/take_in.html")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = sharing.take_in(call, text=_text(request))
    return _opened(request, made, _("“%(title)s” is taken in as a draft"))


@require_http_methods(["GET", "POST"])
def duplicate(request: HttpRequest, id: int) -> HttpResponse:
    """Ask how the copy is called, and make it."""
    definition = rights.definition(request, id=id)
    if request.method == "GET":
        return answers.draw(request, "processes/duplicate.html", {"definition": definition})
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = sharing.duplicate(call, definition=definition, title=request.POST.get("title", ""))
    return _opened(request, made, _("“%(title)s” is a copy now, not published yet"))


def _text(request: HttpRequest) -> str:
    sent = request.FILES.get("file")
    if sent is None:
        raise process_rules.FOREIGN_FILE(place="file")
    try:
        return str(sent.read(), "utf-8")
    except UnicodeDecodeError:
        raise process_rules.FOREIGN_FILE(place="file") from None


def _opened(request: HttpRequest, made: Definition, said: str) -> HttpResponse:
    url = reverse("processes:drawing", args=[made.pk])
    return answers.go(request, url, toast=Toast(said % {"title": made.title}))
