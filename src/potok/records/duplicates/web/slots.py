"""What duplicates put into the shell: a line of the rail, lines above the feed of what was merged or may be one, a tool
of lists."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from potok.engine.values import RecordRef
from potok.people import public as people
from potok.records import queries
from potok.records.duplicates import keys, rules
from potok.records.duplicates.models import Merge, Pair
from potok.records.duplicates.operations import MERGE
from potok.records.duplicates.web.words import why
from potok.records.list_tools import ListTool, list_tools
from potok.records.screens import rows
from potok.ui import answers, slots

MOST = 5


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            "duplicates", _("Duplicates"), "copy", "duplicates:inbox", group=_("Sales"), order=290, visible=_may
        )
    )
    slots.card_tops.add(slots.CardTab("duplicates", _("Duplicates"), _known, order=5))
    list_tools.add(
        "duplicates.merge",
        ListTool("duplicates.merge", _("Merge"), "copy", use=_merge, visible=lambda request, _of: _may(request)),
    )


def _may(request: HttpRequest) -> bool:
    return people.may(request.user.pk, permission=MERGE)


def _known(request: HttpRequest, row: Any) -> str:
    """What the record was merged from, or into what; and what it is suspected to be one with."""
    merges, alike = _merges(request, row), _alike(request, row)
    if not merges and not alike:
        return ""
    context = {"lines": merges, "alike": alike, "may_undo": _may(request)}
    return render_to_string("duplicates/known.html", context, request)


def _merges(request: HttpRequest, row: Any) -> list[dict[str, Any]]:
    named = Q(kept=row.pk) | Q(lost__contains=[row.pk])
    found = list(Merge.objects.filter(named, kind=row.record_type, undone_at=None).order_by("-id")[:MOST])
    others = {one.pk: one.lost if one.kept == row.pk else [one.kept] for one in found}
    seen = _titled(request, row, [id for ids in others.values() for id in ids])
    lines = [
        {"is_lost": one.kept != row.pk, "others": [seen[id] for id in others[one.pk] if id in seen], "merge": one.pk}
        for one in found
    ]
    return [line for line in lines if line["others"]]


def _alike(request: HttpRequest, row: Any) -> list[dict[str, Any]]:
    """The suspected pairs, for those who may merge."""
    of = queries.type_named(row.record_type)
    if row.removed_at is not None or not keys.is_watched(of):
        return []
    pairs = list(Pair.objects.filter(Q(one=row.pk) | Q(other=row.pk), kind=of.name, state=Pair.SUSPECTED)[:MOST])
    if not pairs or not _may(request):
        return []
    others = {pair.pk: pair.other if pair.one == row.pk else pair.one for pair in pairs}
    seen = _titled(request, row, others.values())
    compare = reverse("duplicates:merge", args=[of.path])
    return [
        {"other": seen[id], "why": why(pair, by=request.user.pk), "url": f"{compare}?ids={row.pk},{id}&kept={row.pk}"}
        for pair in pairs
        if (id := others[pair.pk]) in seen
    ]


def _titled(request: HttpRequest, row: Any, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Titles and addresses of records of the same type, as far as the person sees them."""
    of = queries.type_named(row.record_type)
    titles = queries.titles({RecordRef(of.name, id) for id in ids}, by=request.user.pk) if ids else {}
    return {ref.id: (title, rows.address(of, ref.id)) for ref, title in titles.items()}


def _merge(request: HttpRequest, record_type: str, ids: Sequence[int]) -> HttpResponse:
    """Go to the preview of what the marked records would become."""
    rules.check_count(len(ids))
    of = queries.type_named(record_type)
    place = reverse("duplicates:merge", args=[of.path])
    return answers.go(request, f"{place}?ids={','.join(map(str, ids))}")
