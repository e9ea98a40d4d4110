"""What duplicates put into the shell: a line of the rail, a line above the feed of what was merged, a tool of lists."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from potok.people import public as people
from potok.records import queries
from potok.records.duplicates.models import Merge
from potok.records.duplicates.operations import MERGE
from potok.records.screens import rows
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            "duplicates", _("Duplicates"), "copy", "duplicates:inbox", group=_("Sales"), order=290, visible=_may
        )
    )
    slots.card_tops.add(slots.CardTab("duplicates", _("Duplicates"), _merged, order=5))


def _may(request: HttpRequest) -> bool:
    return people.may(request.user.pk, permission=MERGE)


def _merged(request: HttpRequest, row: Any) -> str:
    """What the record was merged from, or into what."""
    named = Q(kept=row.pk) | Q(lost__contains=[row.pk])
    merges = list(Merge.objects.filter(named, kind=row.record_type, undone_at=None).order_by("-id")[:5])
    if not merges:
        return ""
    of = queries.type_named(row.record_type)
    ids = {id for one in merges for id in (one.kept, *one.lost)}
    titles = dict(of.rows().filter(pk__in=ids).values_list("pk", "title"))
    lines = [
        {
            "is_lost": one.kept != row.pk,
            "others": [(titles.get(id, ""), rows.address(of, id)) for id in _others(one, row.pk)],
            "merge": one.pk,
        }
        for one in merges
    ]
    return render_to_string("duplicates/merged.html", {"lines": lines, "may_undo": _may(request)}, request)


def _others(merge: Merge, id: int) -> list[int]:
    return [*merge.lost] if merge.kept == id else [merge.kept]
