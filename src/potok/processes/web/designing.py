"""The designer's page: a definition as data that the browser draws, and its draft that is kept while one draws."""

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.engine.notation.tree import source as written
from potok.kit import doors
from potok.kit.calls import SCREEN, Call
from potok.kit.errors import FORBIDDEN, MISSING, Refused, refusal
from potok.kit.words import _ as mark
from potok.people import public as people
from potok.processes.models import Definition
from potok.processes.operations import definitions
from potok.processes.permissions import EDIT
from potok.processes.web import (
    designing_formulas,
    designing_palette,
    designing_source,
    designing_values,
    designing_words,
)
from potok.records import public as records
from potok.ui import answers, words

NOT_A_DRAWING = refusal("processes.not_a_drawing", mark("What came is no definition. Load the page again."))


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
    kinds = [("", _("On no record")), *((name, str(each.title)) for name, each in records.record_types.all().items())]
    ways = [("steps", _("As a chain of blocks")), ("stages", _("In stages"))]
    return answers.draw(request, "processes/designer_new.html", {"kinds": kinds, "ways": ways})


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the designer over a definition."""
    _need_edit(request)
    definition = _definition(id)
    context = {"definition": definition, "data": _data(definition)}
    return answers.draw(request, "processes/designer.html", context)


@require_POST
def draft(request: HttpRequest, id: int) -> HttpResponse:
    """Keep what is being drawn, and tell what is wrong with it; 409 when somebody else was faster."""
    definition, given = _definition(id), _given(request)
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
    given = _given(request)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        told = designing_formulas.tried(call, source=written.text(given["source"]), text=str(given.get("text", "")))
    return JsonResponse(told)


@require_POST
def publish(request: HttpRequest, id: int) -> HttpResponse:
    """Publish what is drawn."""
    definition = _definition(id)
    accept = request.POST.get("accept") == "1"
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = definitions.publish(call, source=definition.source, code=definition.code, accept=accept)
    toast = answers.Toast(_("Version %(n)s is published") % {"n": made.number})
    return answers.say(request, HttpResponse(status=204), toast)


def _data(definition: Definition) -> dict[str, Any]:
    found = _state(definition)
    return {
        **found,
        "id": definition.pk,
        "palette": designing_palette.palette(),
        "values": designing_values.values_of(found["source"]),
        "words": designing_words.sentences(),
        "functions": designing_formulas.functions(),
        "urls": {
            "draft": reverse("processes:draft_drawing", args=[definition.pk]),
            "problems": reverse("processes:drawing_problems", args=[definition.pk]),
            "formula": reverse("processes:formula", args=[definition.pk]),
            "publish": reverse("processes:publish_drawing", args=[definition.pk]),
            "trial": reverse("processes:trial", args=[definition.pk]),
            "text": reverse("processes:definition", args=[definition.pk]),
            "people": "/people/find",
        },
    }


def _state(definition: Definition) -> dict[str, Any]:
    """The text as data, and who wrote it when; `unreadable` when it is no text of a definition at all."""
    plain = designing_source.plain(definition.source)
    return {
        "source": _for_browser(plain) if isinstance(plain, dict) else {},
        "unreadable": not isinstance(plain, dict),
        "notation": "stages" if isinstance(plain, dict) and "stages" in plain else "tree",
        "revision": definition.revision,
        "published": definition.version is not None and definition.source == definition.version.source,
        "version": definition.version.number if definition.version else 0,
        "by": str(definition.changed_by or ""),
        "at": words.moment(definition.changed_at),
    }


def _for_browser(plain: written.Plain) -> Any:
    """Numbers as JSON has them; a fraction would else go out as text."""
    if isinstance(plain, dict):
        return {key: _for_browser(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_for_browser(value) for value in plain]
    return float(plain) if isinstance(plain, Decimal) else plain


def _checked(call: Call, source: str) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "path": one.path, "sentence": one.sentence, "hint": one.hint, "advice": one.is_advice}
        for one in definitions.check(call, source=source)
    ]


def _given(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise NOT_A_DRAWING() from None
    if not isinstance(given, dict) or not isinstance(given.get("source"), dict):
        raise NOT_A_DRAWING()
    return given


def _definition(id: int) -> Definition:
    found = Definition.objects.filter(pk=id).select_related("version", "changed_by").first()
    if found is None:
        raise MISSING(id=id)
    return found


def _need_edit(request: HttpRequest) -> None:
    if not people.may(request.user.pk, permission=EDIT):
        raise FORBIDDEN(permission=_("Write and publish process definitions"))
