"""Definitions: the text with its problems beside it, publishing, versions, constants, starting by hand."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.engine import values
from potok.engine.values import RecordRef
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import FORBIDDEN, MISSING
from potok.people import public as people
from potok.processes import published, starters
from potok.processes.models import Constant, Definition, StartDraft
from potok.processes.operations import definitions, instances, start_drafts
from potok.processes.permissions import EDIT, START
from potok.processes.web import asked, begun, records
from potok.processes.web.shown import Shown
from potok.ui import answers, words
from potok.ui.answers import Toast

BLANK = """definition: new-process
title: {title}
do:
"""


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a new definition."""
    need_edit(request)
    if request.method == "POST":
        return _publish(request, code="")
    context = {
        "definition": None,
        "source": BLANK.format(title=_("New process")),
        "may_edit": True,
        "check_url": reverse("processes:check"),
    }
    return answers.draw(request, "processes/definition.html", context)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw a definition: its text, its problems, its versions; a POST publishes."""
    definition = _definition(id)
    if request.method == "POST":
        return _publish(request, code=definition.code)
    need_edit(request)
    return answers.draw(request, "processes/definition.html", _context(request, definition))


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Find what is wrong with the text that is being written, and keep it as a draft of its definition."""
    source = request.POST.get("source", "")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        found = definitions.check(call, source=source)
        if request.POST.get("code"):
            definitions.keep_draft(call, code=request.POST["code"], source=source)
    errors = [one for one in found if not one.is_advice]
    context = {"errors": errors, "advice": [one for one in found if one.is_advice]}
    return answers.draw(request, "processes/_checks.html", context)


@require_POST
def switch(request: HttpRequest, id: int) -> HttpResponse:
    """Switch a definition on or off."""
    definition = _definition(id)
    on = request.POST.get("on") == "1"
    with doors.opened(request.user.pk, door=SCREEN) as call:
        definitions.switch(call, definition=definition, is_active=on)
    return answers.go(request, _page(definition), toast=Toast(_("Switched on") if on else _("Switched off")))


@require_POST
def constant(request: HttpRequest, id: int) -> HttpResponse:
    """Give a constant another value."""
    definition = _definition(id)
    name = request.POST.get("name", "")
    header = _version(definition).header
    declared = [one for one in header.constants if one.name == name]
    with doors.opened(request.user.pk, door=SCREEN) as call:
        given = asked.read(call, request.POST, request.FILES, asked.of_parameters(declared))
        definitions.set_constant(call, definition=definition, name=name, value=given.get(name))
    toast = Toast(_("The constant is changed"))
    if request.POST.get("stay"):
        return answers.done(request, toast)
    return answers.go(request, _page(definition), toast=toast)


@require_GET
def constants(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the forms with the values that the constants of what is published have now."""
    need_edit(request)
    definition = _definition(id)
    fields = _constants(definition) if definition.version_id else []
    context = {"definition": definition, "fields": fields, "is_published": definition.version_id is not None}
    return answers.draw(request, "processes/_constants.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, id: int) -> HttpResponse:
    """Start a definition by hand, with its parameters, on a record if it runs on one."""
    definition = _definition(id)
    declared = asked.of_parameters(_version(definition).header.parameters)
    ref = _record(request)
    if request.method == "GET":
        _need_start(request, definition, ref)
        kept = StartDraft.objects.filter(definition=definition, person=request.user.pk).first()
        context = {
            "definition": definition,
            "help": _version(definition).header.help,
            "fields": asked.filled(declared, kept.typed if kept else {}),
            "record": records.links([ref])[ref] if ref else None,
            "ref": f"{ref.type}:{ref.id}" if ref else "",
        }
        return answers.draw(request, "processes/start.html", context)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        given = asked.read(call, request.POST, request.FILES, declared)
        made = instances.start(call, definition=definition, record=ref, inputs=given)
        start_drafts.keep(call, definition=definition, typed={})
    url = reverse("processes:instance", args=[made.pk])
    return answers.go(
        request, url, toast=Toast(_("“%(title)s” is started") % {"title": words.inside(definition.title)})
    )


@require_POST
def start_draft(request: HttpRequest, id: int) -> HttpResponse:
    """Keep what is typed so far; the form opens with it again."""
    definition = _definition(id)
    fields = asked.of_parameters(_version(definition).header.parameters)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        start_drafts.keep(call, definition=definition, typed=asked.typed(request.POST, fields))
    return answers.done(request)


def startable(person: int | None, *, record_type: str, record: RecordRef | None = None) -> list[Definition]:
    """The definitions that this person may start by hand on records of this type, or on this one; empty: on none."""
    if not people.may(person, permission=START):
        return []
    found = list(
        Definition.objects.filter(is_active=True, record_type=record_type).exclude(version=None).order_by("title")
    )
    fits = starters.fitting(person, [_version(one) for one in found], record=record)
    return [one for one, is_open in zip(found, fits, strict=True) if is_open]


def _publish(request: HttpRequest, *, code: str) -> HttpResponse:
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = definitions.publish(call, source=request.POST.get("source", ""), code=code)
    toast = Toast(_("Version %(n)s is published") % {"n": made.number})
    return answers.go(request, reverse("processes:definition", args=[made.definition_id]), toast=toast)


def _context(request: HttpRequest, definition: Definition) -> dict[str, Any]:
    may_edit = people.may(request.user.pk, permission=EDIT)
    version = definition.version
    return {
        "definition": definition,
        "may_edit": may_edit,
        "source": definition.draft or (version.source if version else ""),
        "is_draft": bool(definition.draft) and (version is None or definition.draft != version.source),
        "check_url": reverse("processes:check"),
        "versions": list(definition.versions.select_related("published_by").order_by("-number")[:20]),
        "constants": _constants(definition) if version and may_edit else [],
        "may_start": definition in startable(request.user.pk, record_type=""),
        "triggers": _triggers(request, definition) if version else [],
    }


def _constants(definition: Definition) -> list[asked.Field]:
    kept = {one.name: one.value for one in Constant.objects.filter(definition=definition)}
    declared = _version(definition).header.constants
    fields = []
    for one, drawn in zip(declared, asked.of_parameters(declared), strict=True):
        value = values.decode(kept[one.name]) if one.name in kept else one.default
        fields.append(asked.given(drawn, value))
    return asked.with_people(fields)


def _triggers(request: HttpRequest, definition: Definition) -> list[str]:
    header = _version(definition).header
    shown = Shown(header.record, reader=request.user.pk)
    return [begun.trigger(one, shown) for one in header.triggers]


def _record(request: HttpRequest) -> RecordRef | None:
    kind, _colon, number = (request.POST.get("record") or request.GET.get("record") or "").rpartition(":")
    return RecordRef(kind, int(number)) if kind and number.isdecimal() else None


def _need_start(request: HttpRequest, definition: Definition, ref: RecordRef | None) -> None:
    if not people.may(request.user.pk, permission=START):
        raise FORBIDDEN(permission=_("Start processes by hand"))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        instances.startable(call, definition, record_type=ref.type if ref else "")


def _definition(id: int) -> Definition:
    found = Definition.objects.filter(pk=id).select_related("version").first()
    if found is None:
        raise MISSING(id=id)
    return found


def _version(definition: Definition) -> published.Published:
    if definition.version_id is None:
        raise MISSING(id=definition.code)
    return published.version(definition.version_id)


def _page(definition: Definition) -> str:
    return reverse("processes:definition", args=[definition.pk])


def need_edit(request: HttpRequest) -> None:
    """Only who may publish reads and writes definitions; the gate of the operation says the same to a POST."""
    if not people.may(request.user.pk, permission=EDIT):
        raise FORBIDDEN(permission=_("Write and publish process definitions"))
