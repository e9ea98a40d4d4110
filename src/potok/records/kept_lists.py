"""Saved views by the list that they are of: lists of records, and lists of other parts that keep their views alike."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from potok.kit.registry import Registry
from potok.people.public import Department
from potok.records import conditions, queries
from potok.records.models import View

Check = Callable[[Mapping[str, Any]], None]
"""Refuses a filter that the list does not know."""

kept_lists: Registry[Check] = Registry("list that keeps views")


def check(name: str, filter: Mapping[str, Any]) -> None:
    """Refuse a list that keeps no views, and a filter that it does not know."""
    if name in kept_lists:
        kept_lists[name](filter)
    else:
        conditions.where(queries.type_named(name), filter)


def views_of(name: str, *, person: int) -> list[View]:
    """One's own views of a list, everybody's, and those of departments in which one works or that stand above these."""
    mine = Department.objects.filter(memberships__person=person, path__startswith=OuterRef("team__path"))
    reached = Q(owner=None) | Q(owner=person) | (Q(team__isnull=False) & Exists(mine))
    return list(View.objects.filter(reached, record_type=name).select_related("team"))
