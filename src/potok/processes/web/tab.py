"""The tab «Processes» on every record card: what runs, what ran, why something started or did not, starting by hand."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from potok.engine.values import RecordRef
from potok.kit import clock
from potok.people import public as people
from potok.processes.models import Instance, StartLog
from potok.processes.queries.commands import Offered
from potok.processes.web import begun, commands, definitions, reading, rights, words
from potok.processes.web.shown import Shown
from potok.records.public import Record

PAST_MAX = 20
WHY_MAX = 20
Offers = Mapping[int, list[Offered]]
NO_OFFERS: Offers = {}


def draw(request: HttpRequest, record: Any) -> str:
    """Draw the body of the tab."""
    return render_to_string("processes/tab.html", _context(request, ref_of(record)), request)


def count(request: HttpRequest, record: Any) -> int | None:
    """How many processes run on the record."""
    return int(_of(request, ref_of(record)).filter(ended_at=None).count())


def live(request: HttpRequest, record: Any) -> str:
    """The cards of running processes alone, for the top of the record's feed."""
    found = _of(request, ref_of(record)).filter(ended_at=None).select_related("definition", "version", "initiator")
    runs = list(reading.runs(found.order_by("-pk")))
    if not runs:
        return ""
    reader = request.user.pk
    shown = [run.instance.pk for run in runs]
    open_to = set(rights.visible_to(reader).filter(pk__in=shown).values_list("pk", flat=True))
    offered = commands.offered(request, [run.instance for run in runs])
    running = [_card(run, reader=reader, now=clock.now(), open_to=open_to, offered=offered) for run in runs]
    return render_to_string("processes/_running.html", {"running": running}, request)


def beside(request: HttpRequest, ref: RecordRef) -> str:
    """What runs on something that has no tabs, and the menu of what may be started on it."""
    running = list(reading.runs(_of(request, ref).filter(ended_at=None).select_related("definition", "version")))
    menu = start(request, ref)
    if not running and not menu.strip():
        return ""
    open_to = rights.visible_to(request.user.pk).filter(pk__in=[run.instance.pk for run in running])
    shown = set(open_to.values_list("pk", flat=True))
    cards = [(words.state(run), run.title, run.instance.pk if run.instance.pk in shown else None) for run in running]
    return render_to_string("processes/_beside.html", {"cards": cards, "menu": mark_safe(menu)}, request)  # noqa: S308


def start(request: HttpRequest, record: Any) -> str:
    """The menu of processes that this person may start on the record; nothing when there is none."""
    ref = ref_of(record)
    context = {
        "startable": definitions.startable(request.user.pk, record_type=ref.type, record=ref),
        "code": f"{ref.type}:{ref.id}",
    }
    return render_to_string("processes/_start.html", context, request)


def ref_of(record: Record | RecordRef) -> RecordRef:
    """The reference of a record, whatever its type."""
    return record if isinstance(record, RecordRef) else record.ref


def _of(request: HttpRequest, ref: RecordRef) -> Any:
    """Whoever sees the record sees that a process runs on it; what it asks of others is on its own page."""
    del request
    return Instance.objects.filter(record_type=ref.type, record_id=ref.id)


def _context(request: HttpRequest, ref: RecordRef) -> dict[str, Any]:
    found = _of(request, ref).select_related("definition", "version", "initiator").order_by("-pk")
    reader, now = request.user.pk, clock.now()
    open_to = set(rights.visible_to(reader).filter(pk__in=found.values("pk")).values_list("pk", flat=True))
    runs = list(reading.runs(found.filter(ended_at=None)))
    offered = commands.offered(request, [run.instance for run in runs])
    return {
        "ref": ref,
        "code": f"{ref.type}:{ref.id}",
        "running": [_card(run, reader=reader, now=now, open_to=open_to, offered=offered) for run in runs],
        "past": [
            _card(run, reader=reader, now=now, open_to=open_to)
            for run in reading.runs(found.exclude(ended_at=None)[:PAST_MAX], journal=False)
        ],
        "startable": definitions.startable(reader, record_type=ref.type, record=ref),
        "why": _why(ref, reader=reader),
    }


def _card(
    run: reading.Run, *, reader: int | None, now: Any, open_to: set[int], offered: Offers = NO_OFFERS
) -> dict[str, Any]:
    part = run.part_of(reader)
    return {
        "run": run,
        "state": words.state(run),
        "words": words.sentence(run, reader=reader, now=now),
        "short": words.short(run, reader=reader),
        "flow": words.flow(run, reader=reader),
        "part": part,
        "commands": offered.get(run.instance.pk, []),
        "url": f"/instances/{run.instance.pk}/" if run.instance.pk in open_to else "",
    }


def _why(ref: RecordRef, *, reader: int | None) -> list[tuple[Any, str, Any]]:
    rows = list(
        StartLog.objects.filter(record_type=ref.type, record_id=ref.id)
        .select_related("definition")
        .order_by("-at")[:WHY_MAX]
    )
    names = people.names([row.by_id for row in rows if row.by_id])
    shown = Shown(ref.type, reader=reader)
    return [
        (row.at, row.definition.title, begun.line(row, who=names.get(row.by_id or 0, ""), shown=shown)) for row in rows
    ]
