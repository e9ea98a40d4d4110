"""A migration on its way, or its rehearsal: how far it is, what became of each instance, stopping it, the way back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import FORBIDDEN
from potok.people import public as people
from potok.processes import complaints
from potok.processes.models import Instance, Migrant, Migration
from potok.processes.operations import migrations
from potok.processes.permissions import MIGRATE
from potok.processes.web import records, rights
from potok.ui import answers
from potok.ui.answers import Toast

PAGE = 100
PART, TRIAL_PART = "processes/_moved.html", "processes/_rehearsed.html"
GLYPHS = {
    Migrant.WAITING: "wait", Migrant.MOVED: "done", Migrant.REFUSED: "incident", Migrant.GONE: "skip",
    Migrant.LEFT: "skip",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What became, or would become, of one instance."""

    instance: int
    glyph: str
    record: records.Link | None
    before: str
    after: str
    problems: Sequence[str]


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw how far it is, and what became of each."""
    migration = _migration(request, id)
    part = TRIAL_PART if migration.is_trial else PART
    return answers.draw(request, "processes/moved.html", {**state(request, migration), "part": part}, part=part)


@require_POST
def cancel(request: HttpRequest, id: int) -> HttpResponse:
    """Move no more of them."""
    with doors.opened(request.user.pk, door=SCREEN) as call:
        migrations.cancel(call, migration=migrations.migration(id))
    migration = _migration(request, id)
    if migration.is_trial and answers.by_script(request):
        return answers.draw(request, TRIAL_PART, state(request, migration))
    return answers.go(request, page_of(migration), toast=Toast(_("No more are moved")))


@require_POST
def undo(request: HttpRequest, id: int) -> HttpResponse:
    """Move back what a migration moved: all, or the marked ones."""
    marked = [int(one) for one in request.POST.getlist("row") if one.isdecimal()]
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = migrations.undo(call, migration=migrations.migration(id), instances=marked)
    return answers.go(request, page_of(made), toast=Toast(_("The processes are on their way back")))


def state(request: HttpRequest, migration: Migration) -> dict[str, Any]:
    """Tell how far a migration is, and a page of what became of each instance."""
    counted = dict(migration.migrants.values_list("outcome").annotate(Count("pk")).order_by())
    total, waiting = sum(counted.values()), counted.get(Migrant.WAITING, 0)
    view = request.GET.get("view", "")
    # What needs a look first.
    migrants = migration.migrants.order_by("-outcome", "instance_id")
    shown = migrants.filter(outcome=int(view)) if view.isdecimal() else migrants.exclude(outcome=Migrant.WAITING)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page", "1"))
    here = page_of(migration)
    return {
        "migration": migration,
        "definition": migration.definition,
        "total": total,
        "done": total - waiting,
        "moved": counted.get(Migrant.MOVED, 0),
        "refused": counted.get(Migrant.REFUSED, 0),
        "waiting": waiting,
        "gone": counted.get(Migrant.GONE, 0),
        "left": counted.get(Migrant.LEFT, 0),
        "views": [(title, f"{here}?view={name}", str(name) == view) for name, title in _views(migration, counted)],
        "lines": _lines(page.object_list),
        "next_url": f"{here}?view={view}&page={page.next_page_number()}" if page.has_next() else "",
        "here": f"{here}?view={view}&page={page.number}",
        "back": migration.ways_back.order_by("-pk").first(),
        "may_go_back": not migration.is_trial and counted.get(Migrant.MOVED, 0) and migration.ended_at,
    }


def page_of(migration: Migration) -> str:
    """Where it is shown."""
    return reverse("processes:moved", args=[migration.pk])


def _migration(request: HttpRequest, id: int) -> Migration:
    if not people.may(request.user.pk, permission=MIGRATE):
        raise FORBIDDEN(permission=_("Move running processes to another version"))
    found = migrations.migration(id)
    rights.definition(request, id=found.definition_id)
    return found


def _views(migration: Migration, counted: Mapping[int, int]) -> list[tuple[int | str, str]]:
    named = {
        Migrant.REFUSED: _("Cannot be moved"),
        Migrant.MOVED: _("Can be moved") if migration.is_trial else _("Have been moved"),
        Migrant.GONE: _("Over meanwhile"),
        Migrant.LEFT: _("Not looked at") if migration.is_trial else _("Left where they were"),
        Migrant.WAITING: _("Wait for their turn"),
    }
    views = [(outcome, f"{title}: {counted[outcome]}") for outcome, title in named.items() if counted.get(outcome)]
    return [("", _("All of them")), *views] if len(views) > 1 else []


def _lines(found: Iterable[Migrant]) -> list[Told]:
    rows = list(found)
    titled = _records(one.instance_id for one in rows)
    return [
        Told(
            one.instance_id,
            GLYPHS[one.outcome],
            titled.get(one.instance_id),
            ", ".join(one.before),
            ", ".join(one.after),
            [complaints.sentence(problem["code"], problem["fields"]) for problem in one.problems],
        )
        for one in rows
    ]


def _records(ids: Iterable[int]) -> dict[int, records.Link]:
    found = list(Instance.objects.filter(pk__in=list(ids)))
    refs = {one.pk: ref for one in found if (ref := records.ref_of(one))}
    titled = records.links(refs.values())
    return {id: titled[ref] for id, ref in refs.items() if ref in titled}
