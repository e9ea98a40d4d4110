"""Trying a definition out on a page: a sample, pretend people, a clock to wind; and the cases that are kept of it."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from potok.engine import notation
from potok.engine.graph import Declaration, Header
from potok.engine.problems import Problems
from potok.kit import clock, doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.processes import outside
from potok.processes.models import Case, Definition
from potok.processes.operations import definitions, trials
from potok.processes.trial import Told, winding
from potok.processes.web import asked, designing_picture, designing_source, lanes, promised, rights, tried, trying
from potok.processes.web.shown import Shown
from potok.processes.web.tried import Tried
from potok.ui import answers
from potok.ui.answers import Toast

STAGE = "stage"


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw what a trial needs to begin; a POST lets something happen in it, and draws where it stands then."""
    definition = rights.definition(request, id=id)
    source, header = _text(definition)
    if request.method == "GET" and "case" not in request.GET:
        context = {**_page(request, definition), **_setup(request, header), "picture": designing_picture.drawn(source)}
        return answers.draw(request, "processes/trial.html", context)
    plain, told = _happen(request, definition, source=source, header=header)
    standing = _standing(request, header, plain, told)
    # Steps are known to a picture by their names, branches by their places.
    places = lanes.lanes(designing_source.plain(source))
    marks = {places.get(name, name): mark for name, mark in standing["tried"].marks.items()}
    picture = designing_picture.drawn(source, marks=marks, stages=standing["tried"].stages)
    context = {**_page(request, definition), **_setup(request, header), **standing, "picture": picture}
    return answers.draw(request, "processes/trial.html", context, part="processes/_trial_step.html")


@require_POST
def keep(request: HttpRequest, id: int) -> HttpResponse:
    """Keep a trial as a case: later versions are held to what it does."""
    definition = rights.definition(request, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        trials.keep(call, definition=definition, title=request.POST.get("title", ""), script=trying.script(request))
    toast = Toast(_("The case is kept: later versions are held to it"))
    return answers.say(request, answers.draw(request, "processes/_cases.html", _cases(definition)), toast)


@require_POST
def remove(request: HttpRequest, id: int, case: int) -> HttpResponse:
    """Hold nobody to a case any more."""
    definition = rights.definition(request, id=id)
    found = Case.objects.filter(definition=definition, pk=case).first()
    if found is None:
        raise MISSING(id=case)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        trials.remove(call, case=found)
    return answers.draw(request, "processes/_cases.html", _cases(definition))


@require_POST
def check(request: HttpRequest, id: int) -> HttpResponse:
    """Try the text in every case, and draw which promises it keeps and what they show of it together."""
    definition = rights.definition(request, id=id)
    source, _header = _text(definition)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        found = trials.check(call, source=source)
    return answers.draw(request, "processes/_cases.html", _cases(definition, verdicts=found))


@require_POST
def publish(request: HttpRequest, id: int) -> HttpResponse:
    """Publish what was tried, with a note; what its cases do now is the promise, if that is accepted."""
    definition = rights.definition(request, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = definitions.publish(
            call,
            source=definition.source,
            code=definition.code,
            note=request.POST.get("note", ""),
            accept=request.POST.get("accept") == "1",
        )
    url = reverse("processes:version", args=[definition.pk, made.number])
    return answers.go(request, url, toast=Toast(_("Version %(n)s is published") % {"n": made.number}))


def _happen(request: HttpRequest, definition: Definition, *, source: str, header: Header) -> tuple[trying.Plain, Told]:
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.method == "GET":
            plain = trying.kept(definition, request.GET["case"])
        elif request.POST.get("the-act") == "begin":
            plain = trying.begun(request, call, header)
        else:
            plain = trying.acted(request, call, trying.script(request))
        told = trials.run(call, source=source, script=plain)
    # What the rules forbid is said where it was typed, and the trial stands as before.
    if told.refused is not None and plain.get("by_hand"):
        raise told.refused
    return {**plain, "begins": told.begins.isoformat()}, told


def _page(request: HttpRequest, definition: Definition) -> dict[str, Any]:
    return {
        "definition": definition,
        "url": reverse("processes:trial", args=[definition.pk]),
        "is_draft": bool(definition.draft),
        "units": [(unit, _(title)) for unit, title in winding.UNITS.items()],
        **_cases(definition),
    }


def _setup(request: HttpRequest, header: Header) -> dict[str, Any]:
    return {
        "sample": outside.picker(header.record),
        "fields": trying.parameters(header),
        "moment": timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M"),
    }


def _standing(request: HttpRequest, header: Header, plain: trying.Plain, told: Told) -> dict[str, Any]:
    shown = Tried(told, header, request.user.pk)
    open_step = request.POST.get("the-open", "")
    questions = shown.questions
    return {
        "tried": shown,
        "told": told,
        "script": json.dumps(plain, ensure_ascii=False),
        "questions": questions,
        "question": next((one for one in questions if one["step"] == open_step), questions[0] if questions else None),
        "is_over": told.standing in ("completed", "terminated", "not_started"),
        **_change(request, header),
    }


def _change(request: HttpRequest, header: Header) -> dict[str, Any]:
    """The form that changes a field of the sample record."""
    fields = Shown(header.record, reader=request.user.pk).fields
    offered = {name: one for name, one in fields.items() if not (one.read_only or one.hidden)}
    if not offered:
        return {}
    chosen = request.POST.get("the-changed", "")
    name = chosen if chosen in offered else STAGE if STAGE in offered else next(iter(offered))
    options = dict(getattr(offered[name], "options", None) or ())
    choices = tuple((key, str(title)) for key, title in options.items())
    declared = Declaration("value", offered[name].type.single, _("Value"), required=True, choices=choices)
    return {
        "changeable": [(key, str(one.title)) for key, one in offered.items()],
        "changed": name,
        "is_changing": bool(chosen),
        "editor": asked.of_parameters([declared])[0],
    }


def _cases(definition: Definition, *, verdicts: Any = None) -> dict[str, Any]:
    found = {one.case.pk: one for one in verdicts or ()}
    kept = Case.objects.filter(definition=definition).order_by("title")
    whole = tried.joined(one.coverage for one in verdicts or ())
    titles: Mapping[str, str] = next((one.told.titles for one in verdicts or () if one.told), {})
    return {
        "definition": definition,
        "cases": [(case, found.get(case.pk), _turned(found.get(case.pk), definition)) for case in kept],
        "may_publish": verdicts is not None and _is_drawn_on(definition),
        "is_broken": any(one.differences for one in found.values()),
        "checked": verdicts is not None,
        "never": [titles.get(name, name) for name in whole.steps if name not in whole.reached],
    }


def _is_drawn_on(definition: Definition) -> bool:
    return bool(definition.draft) and (definition.version is None or definition.draft != definition.version.source)


def _turned(verdict: Any, definition: Definition) -> list[promised.Turned]:
    return promised.turned(verdict, definition) if verdict else []


def _text(definition: Definition) -> tuple[str, Header]:
    """What is tried: the draft, if there is one, else the published version."""
    source = definition.draft or (definition.version.source if definition.version else "")
    drawn = notation.read(source)
    return source, Header(definition.code) if isinstance(drawn, Problems) else drawn.header
