"""Versions of a definition: the list, what differs between two, one restored; and how long what ran is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.engine.graph import Kind
from potok.engine.graph.difference import Change, Difference, Turn, difference
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people import public as people
from potok.processes import mending, published
from potok.processes.block import blocks
from potok.processes.models import Definition, Instance, Migration, Version
from potok.processes.operations import versions
from potok.processes.permissions import MIGRATE
from potok.processes.web import compared as compared_pictures
from potok.processes.web import rights
from potok.ui import answers
from potok.ui.answers import Toast


@dataclass(frozen=True)
class Told:
    """One difference to show: a glyph, the step, what kind of step it is, and the values that are others now."""

    glyph: str
    change: str
    title: str
    kind: str
    turns: Sequence[Turn] = field(default_factory=tuple)


def listing(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the versions of a definition, how many instances follow each, and how long what ran is kept."""
    definition = rights.definition(request, id=id)
    following = dict(
        Instance.objects.filter(definition=definition, ended_at=None).values_list("version").annotate(Count("pk"))
    )
    found = list(Version.objects.filter(definition=definition).select_related("published_by").order_by("-number"))
    context = {
        "definition": definition,
        "rows": [(one, following.get(one.pk, 0)) for one in found],
        "migrations": Migration.objects.filter(definition=definition, is_trial=False).select_related(
            "old", "new", "started_by"
        )[:10],
        "may_move": people.may(request.user.pk, permission=MIGRATE),
    }
    return answers.draw(request, "processes/versions.html", context)


def show(request: HttpRequest, id: int, number: int) -> HttpResponse:
    """Draw what is different in a version, compared with another one, and its text."""
    definition = rights.definition(request, id=id)
    version = versions.version(definition, number=number)
    numbers = list(definition.versions.order_by("-number").values_list("number", flat=True))
    against = _number(request.GET.get("with", ""), default=max((one for one in numbers if one < number), default=0))
    compared = versions.version(definition, number=against) if against else None
    context = {
        "definition": definition,
        "version": version,
        "against": against,
        "others": [(str(one), _("version %(n)s") % {"n": one}) for one in numbers if one != number],
        "lines": told(compared, version) if compared else [],
        "pair": compared_pictures.compared(compared, version) if compared else [],
        "is_current": definition.version_id == version.pk,
    }
    return answers.draw(request, "processes/version.html", context)


@require_POST
def restore(request: HttpRequest, id: int, number: int) -> HttpResponse:
    """Publish an earlier text as a new version, or put it into the draft."""
    definition = rights.definition(request, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.POST.get("how") == "draft":
            versions.draft(call, definition=definition, number=number)
            return answers.go(request, _page(definition), toast=Toast(_("The text is in the draft")))
        made = versions.restore(call, definition=definition, number=number)
    return answers.go(request, _page(definition), toast=Toast(_("Version %(n)s is published") % {"n": made.number}))


@require_POST
def keep(request: HttpRequest, id: int) -> HttpResponse:
    """Say how long what ran is kept."""
    definition = rights.definition(request, id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        versions.keep(
            call,
            definition=definition,
            journal_months=_months(request, "journal_months"),
            instance_months=_months(request, "instance_months"),
        )
    return answers.go(request, reverse("processes:versions", args=[id]), toast=Toast(_("Saved")))


def told(old: Version, new: Version) -> list[Told]:
    """Say what is different between two versions."""
    before, after = published.version(old.pk).graph, published.version(new.pk).graph
    return [_told(one) for one in difference(before, after)]


def _told(one: Difference) -> Told:
    if not one.kind:
        return Told("settings-2", "", _HEADING[one.name]() if one.name in _HEADING else one.name, "", one.turns)
    said = {
        Change.ADDED: ("plus", _("Added")),
        Change.DROPPED: ("minus", _("Dropped")),
        Change.MOVED: ("move", _("Moved")),
        Change.CHANGED: ("pencil", _("Moved and changed") if one.moved else _("Changed")),
    }
    glyph, change = said[one.change]
    turns = tuple(Turn(_parameter(one, turn.what), turn.before, turn.after) for turn in one.turns)
    return Told(glyph, change, one.title or one.name, kind_of(one.kind, one.block), turns)


def kind_of(kind: str, block: str) -> str:
    """Say what kind of step it is."""
    if block in blocks:
        return _(blocks[block].title)
    said = {
        Kind.PAUSE: _("Pause"),
        Kind.WAIT: _("Wait for an event"),
        Kind.CALL: _("Another process"),
        Kind.ASSIGN: _("Variables"),
        Kind.CHOICE: _("Condition"),
        Kind.LOOP: _("Loop"),
        Kind.FORK: _("Side by side"),
        Kind.RACE: _("Race of events"),
        Kind.SCOPE: _("Group of steps"),
        Kind.TERMINATE: _("End of everything"),
    }
    return said.get(Kind(kind), "")


def _parameter(one: Difference, name: str) -> str:
    """The title of a block's parameter; the plain name of everything else."""
    if one.block in blocks:
        params = blocks[one.block].face().params
        if name in params and params[name].title:
            return str(_(params[name].title))
    named = {
        "title": _("Title"), "kind": _("Kind"), "block": _("Block"), "lasts": _("Lasts"), "until": _("Until"),
        "before": _("Before"), "text": _("Text"), "message": _("Message"), "each": _("List"),
    }  # fmt: skip
    if name.startswith("condition"):
        return _("Condition %(n)s") % {"n": name.removeprefix("condition ").strip()} if " " in name else _("Condition")
    return named.get(name, name)


_HEADING = {
    "title": lambda: _("Title"),
    "help": lambda: _("Help"),
    "record": lambda: _("Record"),
    "again": lambda: _("When it runs already"),
    "acts_as": lambda: _("In whose name"),
    "starts_itself": lambda: _("Starts itself"),
    "zone": lambda: _("Time zone"),
    "results": lambda: _("What it gives back"),
    "triggers": lambda: _("What starts it"),
    "parameters": lambda: _("Parameters"),
    "variables": lambda: _("Variables"),
    "constants": lambda: _("Constants"),
}


def _months(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal():
        raise mending.NO_MONTHS(place=name, months=text)
    return int(text)


def _number(text: str, *, default: int) -> int:
    return int(text) if text.isdecimal() else default


def _page(definition: Definition) -> str:
    return reverse("processes:definition", args=[definition.pk])
