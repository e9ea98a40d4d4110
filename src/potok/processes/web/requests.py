"""Requests: what an employee may ask for, and what became of what he asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from potok.engine.graph import On
from potok.kit import clock
from potok.people import public as people
from potok.processes import published
from potok.processes.models import Definition, Instance
from potok.processes.permissions import START
from potok.processes.web import commands, definitions, reading, records, rights, words
from potok.records import public as kept
from potok.ui import answers

USED_LATELY = 4
PAGE = 50


@dataclass(frozen=True)
class Offer:
    """Something that may be requested: where its form stands, and what it is for."""

    definitions: tuple[int, ...]
    title: str
    note: str
    icon: str
    url: str
    drawer: bool = False

    def fits(self, text: str) -> bool:
        return text.casefold() in f"{self.title} {self.note}".casefold()


def may(request: HttpRequest) -> bool:
    """Tell whether requests are anything to this person: those from outside are asked, they do not ask."""
    return not rights.is_outside(request) and people.may(request.user.pk, permission=START)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Draw what may be requested, or the person's own requests."""
    text, is_mine = request.GET.get("q", "").strip(), request.GET.get("view") == "mine"
    context = {
        "text": text,
        "is_mine": is_mine,
        "views": [
            (_("Make a request"), reverse("processes:requests"), not is_mine),
            (_("My requests"), f"{reverse('processes:requests')}?view=mine", is_mine),
        ],
        "rows": _rows(request) if is_mine else [],
        "groups": [] if is_mine else list(_groups(request, text)),
    }
    return answers.draw(request, "processes/requests.html", context, part="processes/_requests.html")


def offered(request: HttpRequest) -> list[Offer]:
    """What this person may request, what he asked for last first."""
    found = [*_by_hand(request), *_by_record(request)] if may(request) else []
    used = {one: place for place, one in enumerate(_used(request))}
    last = len(used)
    return sorted(found, key=lambda one: min((used.get(each, last) for each in one.definitions), default=last))


def _groups(request: HttpRequest, text: str) -> Iterator[tuple[str, list[Offer]]]:
    found = [one for one in offered(request) if one.fits(text)]
    used = set(_used(request)[:USED_LATELY])
    lately = [one for one in found if used.intersection(one.definitions)]
    others = [one for one in found if one not in lately]
    named = [
        (_("Used lately"), lately),
        (pgettext("requests", "Processes"), [one for one in others if one.drawer]),
        (_("Registers"), [one for one in others if not one.drawer]),
    ]
    yield from ((title, each) for title, each in named if each)


def _by_hand(request: HttpRequest) -> Iterator[Offer]:
    """Definitions that run on no record and are started by hand."""
    for one in definitions.startable(request.user.pk, record_type=""):
        url = reverse("processes:start", args=[one.pk])
        yield Offer((one.pk,), one.title, published.version(one.version_id or 0).header.help, "workflow", url, True)


def _by_record(request: HttpRequest) -> Iterator[Offer]:
    """Types that the customer designed, whose new records start something, where the person may add them."""
    active = Definition.objects.filter(is_active=True).exclude(version=None).exclude(record_type="").order_by("title")
    begun: dict[str, list[Definition]] = {}
    for one in active:
        if any(trigger.on is On.CREATED for trigger in published.version(one.version_id or 0).header.triggers):
            begun.setdefault(one.record_type, []).append(one)
    for name, each in begun.items():
        of = kept.record_types.get(name)
        if of and of.is_designed and kept.may(request, of.may("add")):
            note = ", ".join(one.title for one in each)
            yield Offer(tuple(one.pk for one in each), of.title, note, of.icon, reverse("records:new", args=[of.path]))


def _used(request: HttpRequest) -> list[int]:
    """The definitions of the person's own requests, the latest first."""
    latest = _own(request).order_by().values("definition").annotate(last=Max("pk")).order_by("-last")
    return list(latest.values_list("definition", flat=True))


def _own(request: HttpRequest) -> QuerySet[Instance]:
    """What the person asked for: not what he set off by his work with clients, nor what another process called."""
    designed = [one.name for one in kept.record_types.all().values() if one.is_designed]
    return Instance.objects.filter(initiator=request.user.pk, parent=None, record_type__in=["", *designed])


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    reader = request.user.pk
    runs = reading.runs(_own(request).select_related("definition", "version", "initiator").order_by("-pk")[:PAGE])
    titled = records.links(ref for run in runs if (ref := records.ref_of(run.instance)))
    commanded = commands.offered(request, [run.instance for run in runs])
    return [
        {
            "run": run,
            "state": words.state(run),
            "words": words.sentence(run, reader=reader, now=clock.now()),
            "flow": words.flow(run, reader=reader),
            "record": titled[ref] if (ref := records.ref_of(run.instance)) else None,
            "commands": commanded.get(run.instance.pk, []),
        }
        for run in runs
    ]
