"""The journal of all runs: what is looked for stands in the address, and the views that people keep are addresses."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from potok.engine.values import RecordRef
from potok.people import public as people
from potok.processes.models import Definition, Instance
from potok.processes.permissions import REPAIR, TERMINATE
from potok.processes.queries import sought
from potok.processes.queries.sought import Sought
from potok.processes.web import kept_views, reading, records, rights, words
from potok.records import public as kept
from potok.ui import answers

PAGE = 50
AGES = (1, 7, 30, 90)
USUAL = ("state", "record", "people", "initiator", "started")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Draw the journal."""
    reader = request.user.pk
    asked, seen = looked_for(request.GET), rights.visible_to(reader)
    found = sought.fitting(seen, asked, by=reader).order_by("-pk")
    page = Paginator(found.select_related("definition", "version", "initiator"), PAGE)
    shown = page.get_page(request.GET.get("page", "1"))
    chosen = _columns(request.GET)
    context = {
        "rows": _rows(list(shown.object_list), reader=reader),
        "columns": [(name, title) for name, title in _titles().items() if name in chosen],
        "offered": [(name, title, name in chosen) for name, title in _titles().items()],
        **kept_views.of(request),
        "said": kept_views.params(request.GET),
        "kept": [each for each in kept_views.params(request.GET) if each[0] != "columns"],
        "views": [(title, *_tab(request.GET, asked, name)) for name, title in _views().items()],
        "filters": _filters(asked, seen),
        "asked": asked,
        "total": page.count,
        "waiting": 0 if asked.view == "mine" else sought.waiting_for(seen, reader).count(),
        "mine_url": f"{reverse('processes:instances')}?view=mine",
        "all_url": f"{reverse('processes:instances')}?view=all",
        "without_record": _url(request.GET, record=""),
        "next_url": _url(request.GET, page=str(shown.next_page_number())) if shown.has_next() else "",
        "may_mend": people.may(reader, permission=REPAIR) or people.may(reader, permission=TERMINATE),
    }
    return answers.draw(request, "processes/instances.html", context, part="processes/_instances.html")


def looked_for(given: QueryDict) -> Sought:
    """Tell what the address of the journal looks for; what it says of things that there are not narrows nothing."""
    definition = Definition.objects.filter(pk=_number(given, "definition")).select_related("version").first()
    view, state = given.get("view", ""), given.get("state", "")
    kind, _colon, id = given.get("record", "").rpartition(":")
    stage = given.get("stage", "")
    return Sought(
        view=view if view in sought.VIEWS else "active",
        state=state if state in sought.STATES else "",
        definition=definition,
        stage=stage if definition and stage in dict(sought.places(definition)) else "",
        person=_number(given, "person") or None,
        record_type=given.get("type", ""),
        record=RecordRef(kind, int(id)) if kind and id.isdecimal() and len(id) < 19 else None,
        days=_number(given, "days"),
        text=given.get("q", "").strip(),
    )


def _number(given: QueryDict, name: str) -> int:
    text = given.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _filters(asked: Sought, seen: Any) -> dict[str, Any]:
    """What may be chosen from: only what runs."""
    used = Definition.objects.filter(pk__in=seen.order_by().values("definition")).order_by("title", "pk")
    declared = [(name, kept.record_types.get(name)) for name in {one.record_type for one in used}]
    return {
        "definitions": [(str(one.pk), one.title) for one in used],
        "definition": str(asked.definition.pk) if asked.definition else "",
        "stages": sought.places(asked.definition) if asked.definition else [],
        "people": [(str(one.pk), str(one)) for one in sought.awaited(_anybody(asked, seen))],
        "person": str(asked.person or ""),
        "states": list(_states().items()),
        "types": sorted(((name, str(one.titles[1])) for name, one in declared if one), key=lambda each: each[1]),
        "ages": [(str(days), _older(days)) for days in AGES],
        "age": str(asked.days or ""),
        "record": _record(asked, seen),
        "record_code": f"{asked.record.type}:{asked.record.id}" if asked.record else "",
    }


def _record(asked: Sought, seen: Any) -> str:
    """How the record is called that is looked for; who sees none of its runs is told no title."""
    ref = asked.record
    if ref is None or not seen.filter(record_type=ref.type, record_id=ref.id).exists():
        return f"{ref.type}:{ref.id}" if ref else ""
    return records.title(ref)


def _anybody(asked: Sought, seen: Any) -> Any:
    """The runs from which a person may be chosen: those of the chosen definition."""
    return sought.fitting(seen, Sought(definition=asked.definition, stage=asked.stage), by=None)


def _rows(found: Sequence[Instance], *, reader: int | None) -> list[dict[str, Any]]:
    runs = reading.runs(found)
    titled = records.links(ref for run in runs if (ref := records.ref_of(run.instance)))
    return [_row(run, titled, reader=reader) for run in runs]


def _row(run: reading.Run, titled: Mapping[RecordRef, records.Link], *, reader: int | None) -> dict[str, Any]:
    ref, asked = records.ref_of(run.instance), run.open_assignments
    return {
        "run": run,
        "state": words.state(run),
        "text": words.short(run, reader=reader),
        "record": titled.get(ref) if ref else None,
        "people": [person for one in asked for person in run.asked(one)],
        "due": min((one.due_at for one in asked if one.due_at), default=None),
        "since": min((one.opened_at for one in asked), default=None),
        "is_mine": run.part_of(reader) is not None,
    }


def _columns(given: QueryDict) -> list[str]:
    return [name for name in given.getlist("columns") if name in _titles()] or list(USUAL)


def _titles() -> dict[str, str]:
    return {
        "state": _("Where it stands"),
        "record": _("Record"),
        "people": _("Whom it waits for"),
        "since": _("Waits since"),
        "due": _("Deadline"),
        "initiator": _("Started by"),
        "started": _("Started"),
        "ended": _("Over since"),
        "version": _("Version"),
    }


def _views() -> dict[str, str]:
    return {
        "active": _("Running now"),
        "mine": pgettext("runs", "Wait for me"),
        "incident": _("Failures"),
        "finished": _("Over"),
        "all": _("All runs"),
    }


def _states() -> dict[str, str]:
    return {
        "person": _("Waits for people"),
        "timer": _("Sleeps"),
        "incident": _("Failed"),
        "suspended": _("Suspended"),
        "queued": _("Waits for its turn"),
        "completed": _("Came to its end"),
        "terminated": _("Ended early"),
    }


def _older(days: int) -> str:
    return ngettext("older than %(n)s day", "older than %(n)s days", days) % {"n": days}


def _tab(given: QueryDict, asked: Sought, view: str) -> tuple[str, bool]:
    return _view_url(given, view), asked.view == view and not given.get(kept_views.KEPT)


def _url(given: QueryDict, **more: str) -> str:
    left = [each for each in kept_views.params(given) if each[0] not in more]
    made = [*left, *((name, value) for name, value in more.items() if value)]
    kept = given.get(kept_views.KEPT, "")
    return kept_views.url(made, kept=int(kept) if kept.isdecimal() and "view" not in more else None)


def _view_url(given: QueryDict, view: str) -> str:
    """Another view keeps what is looked for; failures have a list of their own."""
    if view == "incident":
        return reverse("processes:incidents")
    return _url(given, view=view, state="", person="") if view == "mine" else _url(given, view=view, state="")
