"""The designer's page: a definition as data that the browser draws, and its draft that is kept while one draws."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.engine.notation.tree import source as written
from potok.kit import doors
from potok.kit.calls import SCREEN, Call
from potok.kit.errors import FORBIDDEN, MISSING, Refused
from potok.people import public as people
from potok.processes.models import Definition
from potok.processes.operations import definitions
from potok.processes.permissions import EDIT
from potok.processes.subjects import subjects
from potok.processes.web import (
    designing_absent,
    designing_formulas,
    designing_kept,
    designing_palette,
    designing_picture,
    designing_source,
    designing_values,
    designing_words,
)
from potok.records import public as records
from potok.ui import answers, words


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the name of a new definition, and open it empty."""
    _need_edit(request)
    if request.method == "POST":
        with doors.opened(request.user.pk, door=SCREEN) as call:
            made = definitions.begin(
                call,
                title=request.POST.get("title", ""),
                record_type=request.POST.get("record", ""),
                in_stages=request.POST.get("how") == "stages",
            )
        return answers.go(request, reverse("processes:drawing", args=[made.pk]))
    titles = {name: str(of.title) for name, of in records.record_types.all().items()}
    titles |= {name: str(subject.title) for name, subject in subjects.all().items()}
    kinds = [("", _("On no record")), *titles.items()]
    ways = [("steps", _("As a chain of blocks")), ("stages", _("In stages"))]
    return answers.draw(request, "processes/designer_new.html", {"kinds": kinds, "ways": ways})


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the designer over a definition."""
    _need_edit(request)
    definition = _definition(id)
    context = {"definition": definition, "data": _data(request, definition)}
    return answers.draw(request, "processes/designer.html", context)


@require_POST
def draft(request: HttpRequest, id: int) -> HttpResponse:
    """Keep what is being drawn, and tell what is wrong with it; 409 when somebody else was faster."""
    definition, given = _definition(id), designing_source.given(request)
    source = written.text(given["source"])
    try:
        with doors.opened(request.user.pk, door=SCREEN) as call:
            definitions.keep_draft(call, code=definition.code, source=source, over=given.get("revision"))
            told = _checked(call, source)
    except Refused as refused:
        if refused.code != "processes.draft_overtaken":
            raise
        return JsonResponse({**_state(_definition(id)), "sentence": refused.sentence()}, status=409)
    definition.draft = source
    return JsonResponse({"revision": definition.revision, "problems": told, "text": source})


@require_GET
def problems(request: HttpRequest, id: int) -> HttpResponse:
    """Tell what is wrong with what is drawn: asked for once the page stands, since checking takes its time."""
    _need_edit(request)
    definition = _definition(id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        told = _checked(call, definition.source)
    return JsonResponse({"problems": told, "revision": definition.revision})


@require_POST
def formula(request: HttpRequest, id: int) -> HttpResponse:
    """Tell what a formula that is being written gives, with a sample."""
    _need_edit(request)
    _definition(id)
    given = designing_source.given(request)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        told = designing_formulas.tried(call, source=written.text(given["source"]), text=str(given.get("text", "")))
    return JsonResponse(told)


@require_GET
def latest(request: HttpRequest, id: int) -> HttpResponse:
    """Tell who has drawn last, for those who have it open; with `data` all that he has drawn."""
    _need_edit(request)
    definition = _definition(id)
    if "data" in request.GET:
        return JsonResponse(_state(definition))
    return answers.draw(request, "processes/_latest.html", {"definition": definition})


def _data(request: HttpRequest, definition: Definition) -> dict[str, Any]:
    found = _state(definition)
    return {
        **found,
        "id": definition.pk,
        "palette": [*designing_palette.palette(), *designing_absent.absent()],
        "values": designing_values.values_of(found["source"]),
        "words": designing_words.sentences(),
        "kept": designing_kept.of(request),
        "comments": designing_source.comments(definition.source),
        "functions": designing_formulas.functions(),
        "urls": {
            "draft": reverse("processes:draft_drawing", args=[definition.pk]),
            "problems": reverse("processes:drawing_problems", args=[definition.pk]),
            "formula": reverse("processes:formula", args=[definition.pk]),
            "publish": reverse("processes:publish_drawing", args=[definition.pk]),
            "latest": reverse("processes:latest_drawing", args=[definition.pk]),
            "turn": reverse("processes:turn_drawing", args=[definition.pk]),
            "constants": reverse("processes:constants", args=[definition.pk]),
            "keep_block": reverse("processes:keep_block"),
            "trial": reverse("processes:trial", args=[definition.pk]),
            "text": reverse("processes:definition", args=[definition.pk]),
            "manual": reverse("ui:manual", args=["reference/blocks/"]),
            "whom": reverse("processes:whom"),
        },
    }


def _state(definition: Definition) -> dict[str, Any]:
    """The text as data, and who wrote it when; `unreadable` when it is no text of a definition at all."""
    plain = designing_source.plain(definition.source)
    return {
        "source": designing_picture.for_browser(plain) if isinstance(plain, dict) else {},
        "unreadable": not isinstance(plain, dict),
        "notation": designing_picture.notation_of(plain),
        "revision": definition.revision,
        "published": definition.version is not None and definition.source == definition.version.source,
        "version": definition.version.number if definition.version else 0,
        "by": str(definition.changed_by or ""),
        "at": words.moment(definition.changed_at),
    }


def _checked(call: Call, source: str) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "path": one.path, "sentence": one.sentence, "hint": one.hint, "advice": one.is_advice}
        for one in definitions.check(call, source=source)
    ]


def _definition(id: int) -> Definition:
    found = Definition.objects.filter(pk=id).select_related("version", "changed_by").first()
    if found is None:
        raise MISSING(id=id)
    return found


def _need_edit(request: HttpRequest) -> None:
    if not people.may(request.user.pk, permission=EDIT):
        raise FORBIDDEN(permission=_("Write and publish process definitions"))
