"""Starts on many records: from the choice of records through the form to the report of each."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from potok.engine.values import RecordRef
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.processes import published, rules
from potok.processes.models import Definition, StartLine, StartList, StartLog
from potok.processes.operations import start_lists
from potok.processes.web import asked, begun, definitions, records, rights
from potok.records import public
from potok.ui import answers
from potok.ui.answers import Toast

PAGE = 100
PACES = (10, 60, 300, 1_000, 6_000)
TONES = {
    StartLog.STARTED: "done",
    StartLog.REPLACED: "done",
    StartLog.QUEUED: "wait",
    StartLog.SKIPPED: "skip",
    StartLine.CANCELLED: "skip",
    StartLog.STOPPED: "incident",
    StartLine.REFUSED: "incident",
    "": "todo",
}


def may(request: HttpRequest, record_type: str) -> bool:
    """Tell whether anything can be started by this person on records of a type."""
    return bool(definitions.startable(request.user.pk, record_type=record_type))


def use(request: HttpRequest, record_type: str, ids: Sequence[int]) -> HttpResponse:
    """Keep the choice of records and go to the form that asks what to start on them."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = start_lists.choose(call, record_type=record_type, ids=ids)
    return answers.go(request, _page(made))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Draw the lists that the person has begun."""
    found = StartList.objects.filter(by=request.user.pk, is_shown=True).exclude(begun_at=None)
    rows = [_summary(one) for one in found.select_related("definition")[:PAGE]]
    return answers.draw(request, "processes/start_lists.html", {"rows": rows})


@require_GET
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the form of a choice, or the report of a list that has begun."""
    chosen = _own(request, id)
    if chosen.begun_at is None:
        return answers.draw(request, "processes/start_choice.html", _choice(request, chosen))
    return answers.draw(request, "processes/start_list.html", _report(request, chosen), part="processes/_starts.html")


@require_POST
def begin(request: HttpRequest, id: int) -> HttpResponse:
    """Let the starts begin."""
    chosen = _own(request, id)
    definition = _chosen(request, chosen, request.POST.get("definition", ""))
    if definition is None:
        raise MISSING(id=request.POST.get("definition", ""))
    declared = _parameters(definition)
    pace = request.POST.get("a_minute", "")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        given = asked.read(call, request.POST, request.FILES, declared)
        start_lists.begin(
            call,
            chosen=chosen,
            definition=definition,
            inputs=given,
            a_minute=int(pace) if pace.isdecimal() else start_lists.A_MINUTE,
        )
    return answers.go(request, _page(chosen), toast=Toast(_("The starts begin")))


@require_POST
def cancel(request: HttpRequest, id: int) -> HttpResponse:
    """Start no more of them."""
    chosen = _own(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        start_lists.cancel(call, chosen=chosen)
    return answers.go(request, _page(chosen), toast=Toast(_("No more starts")))


def _own(request: HttpRequest, id: int) -> StartList:
    with doors.opened(request.user.pk, door=SCREEN) as call:
        return start_lists.start_list(call, id=id)


def _choice(request: HttpRequest, chosen: StartList) -> dict[str, Any]:
    startable = definitions.startable(request.user.pk, record_type=chosen.record_type)
    one = _chosen(request, chosen, request.GET.get("definition", "")) or next(iter(startable), None)
    return {
        "chosen": chosen,
        "count": chosen.lines.count(),
        "type": public.type_named(chosen.record_type),
        "definitions": [(each.pk, each.title) for each in startable],
        "definition": one,
        "fields": _parameters(one) if one else [],
        "paces": [(pace, ngettext("%(n)s a minute", "%(n)s a minute", pace) % {"n": pace}) for pace in PACES],
        "pace": start_lists.A_MINUTE,
    }


def _chosen(request: HttpRequest, chosen: StartList, wanted: str) -> Definition | None:
    startable = definitions.startable(request.user.pk, record_type=chosen.record_type)
    return next((each for each in startable if str(each.pk) == wanted), None)


def _parameters(definition: Definition) -> list[asked.Field]:
    return asked.of_parameters(published.version(definition.version_id or 0).header.parameters)


def _report(request: HttpRequest, chosen: StartList) -> dict[str, Any]:
    lines = chosen.lines.order_by("pk")
    view = request.GET.get("view", "")
    shown = Paginator(lines.filter(outcome=view) if view in TONES and view else lines, PAGE)
    page = shown.get_page(request.GET.get("page", "1"))
    refs = [RecordRef(chosen.record_type, line.record_id or 0) for line in page.object_list]
    links = records.links(refs)
    made = [line.instance_id for line in page.object_list if line.instance_id]
    open_to = set(rights.visible_to(request.user.pk).filter(pk__in=made).values_list("pk", flat=True))
    here = reverse("processes:start_list", args=[chosen.pk])
    return {
        **_summary(chosen),
        "lines": [
            (links[ref], TONES.get(line.outcome, "todo"), _said(line), line.instance_id in open_to and line.instance_id)
            for ref, line in zip(refs, page.object_list, strict=True)
        ],
        "views": [(title, f"{here}?view={name}", name == view) for name, title in _views(chosen)],
        "next_url": f"{here}?view={view}&page={page.next_page_number()}" if page.has_next() else "",
    }


def _summary(chosen: StartList) -> dict[str, Any]:
    counted = dict(chosen.lines.values_list("outcome").annotate(Count("pk")).order_by())
    total, waiting = sum(counted.values()), counted.get("", 0)
    return {
        "chosen": chosen,
        "url": _page(chosen),
        "total": total,
        "done": total - waiting,
        "waiting": waiting,
        "counted": counted,
        "is_over": chosen.ended_at is not None,
    }


def _views(chosen: StartList) -> list[tuple[str, str]]:
    counted = dict(chosen.lines.values_list("outcome").annotate(Count("pk")).order_by())
    named = {
        StartLog.STARTED: _("Started"),
        StartLog.QUEUED: _("Wait for another"),
        StartLog.REPLACED: _("Replaced another"),
        StartLog.SKIPPED: _("Did not start"),
        StartLog.STOPPED: _("Stopped"),
        StartLine.REFUSED: _("Refused"),
        StartLine.CANCELLED: _("Cancelled"),
    }
    views = [(name, f"{title}: {counted[name]}") for name, title in named.items() if counted.get(name)]
    return [("", _("All of them")), *views]


def _said(line: StartLine) -> str:
    if not line.outcome:
        return _("Waits for its turn")
    if line.outcome == StartLine.CANCELLED:
        return _("Cancelled before it began")
    if line.outcome == StartLine.REFUSED:
        is_gone = line.code == rules.RECORD_GONE.code
        return _("The record is in the trash") if is_gone else _("The definition is switched off")
    return begun.outcome(line.outcome, code=line.code)


def _page(chosen: StartList) -> str:
    return reverse("processes:start_list", args=[chosen.pk])
