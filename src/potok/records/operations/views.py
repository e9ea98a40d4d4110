"""Saved views: one's own, or everybody's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.operations import operation
from potok.kit.permissions import permission
from potok.people import public as people
from potok.records import kept_lists, noted, queries, rules
from potok.records.models import View, Widths

WIDTHS = (56, 1200)
SHARE = permission("records.view.share", gettext_lazy("Keep views for everybody"))


@operation("records.view.save", needs="")
def save(
    call: Call,
    *,
    record_type: str,
    title: str,
    shared: bool = False,
    layout: str = "list",
    filter: Mapping[str, Any] | None = None,
    columns: Sequence[str] = (),
    sort: str = "",
    search: str = "",
    group: str = "",
    team: int | None = None,
    view: View | None = None,
) -> View:
    """Keep a view under a name, or change one that is there; a `team` is a department that sees it as well."""
    kept_lists.check(record_type, filter or {})
    if not title.strip():
        raise rules.UNTITLED(place="title")
    _check_shared(call, shared=shared or (view is not None and view.owner_id is None))
    if view is not None and call.by is not None and view.owner_id not in (None, call.by):
        raise MISSING(id=view.pk)
    kept = view or View(record_type=record_type)
    kept.title, kept.layout, kept.filter = title.strip(), layout, dict(filter or {})
    kept.columns, kept.sort, kept.search = list(columns), sort, search
    kept.group, kept.team_id = group, None if shared else _team(call, team)
    kept.owner_id = None if shared else call.author
    kept.save()
    return kept


def _team(call: Call, team: int | None) -> int | None:
    """One shows views to those with whom one works, in a department or in one above it."""
    if team is not None and call.by is not None and call.by not in people.members(department=team):
        raise MISSING(id=team)
    return team


@operation("records.view.open_with", needs="")
def open_with(call: Call, *, view: View, on: bool = True) -> View:
    """Let a view be the one that opens by itself, for those whose view it is; another of theirs steps back."""
    if view.owner_id is None:
        _check_shared(call, shared=True)
    elif call.by not in (None, view.owner_id):
        raise MISSING(id=view.pk)
    same = View.objects.filter(record_type=view.record_type, owner=view.owner_id, team=view.team_id)
    same.exclude(pk=view.pk).update(is_default=False)
    view.is_default = on
    view.save(update_fields=["is_default"])
    return view


@operation("records.view.widen", needs="")
def widen(call: Call, *, record_type: str, widths: Mapping[str, int], view: View | None = None) -> None:
    """Keep how wide the columns of a list, or of a view, are for whoever asks; without widths they are as usual."""
    known = noted.fields(queries.type_named(record_type))
    if call.author is None:
        return  # The system looks at no list.
    if view is not None and view.owner_id not in (None, call.author) and view.team_id is None:
        raise MISSING(id=view.pk)
    kept = {name: min(max(int(width), WIDTHS[0]), WIDTHS[1]) for name, width in widths.items() if name in known}
    if kept:
        Widths.objects.update_or_create({"widths": kept}, person_id=call.author, record_type=record_type, view=view)
    else:
        Widths.objects.filter(person=call.author, record_type=record_type, view=view).delete()


@operation("records.view.remove", needs="")
def remove(call: Call, *, view: View) -> None:
    """Forget a view of one's own, or a shared one if one keeps those."""
    if view.owner_id is None:
        _check_shared(call, shared=True)
    elif call.by not in (None, view.owner_id):
        raise MISSING(id=view.pk)
    view.delete()


def _check_shared(call: Call, *, shared: bool) -> None:
    if shared and not people.may(call.by, permission=SHARE):
        raise FORBIDDEN(permission=str(gettext_lazy("Keep views for everybody")))
