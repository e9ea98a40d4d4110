"""Saved views: one's own, or everybody's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.operations import operation
from potok.kit.permissions import permission
from potok.people import public as people
from potok.records import conditions, queries, rules
from potok.records.models import View

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
    view: View | None = None,
) -> View:
    """Keep a view under a name, or change one that is there."""
    declared = queries.type_named(record_type)
    conditions.where(declared, filter or {})
    if not title.strip():
        raise rules.UNTITLED(place="title")
    _check_shared(call, shared=shared or (view is not None and view.owner_id is None))
    if view is not None and call.by is not None and view.owner_id not in (None, call.by):
        raise MISSING(id=view.pk)
    kept = view or View(record_type=record_type)
    kept.title, kept.layout, kept.filter = title.strip(), layout, dict(filter or {})
    kept.columns, kept.sort, kept.search = list(columns), sort, search
    kept.owner_id = None if shared else call.author
    kept.save()
    return kept


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
