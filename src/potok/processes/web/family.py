"""Where a run stands among others: the one that started it, and those that it started."""

from dataclasses import dataclass
from typing import Any

from potok.processes.models import Instance
from potok.processes.web import rights

CHILDREN_MAX = 50


@dataclass(frozen=True, slots=True)
class Relative:
    """Another run; `url` is empty for whoever may not see it."""

    title: str
    url: str
    is_over: bool


def family(instance: Instance, *, reader: int | None) -> dict[str, Any]:
    """The run that started this one, and those that this one started, the latest first."""
    children = list(Instance.objects.filter(parent=instance.pk).select_related("definition")[:CHILDREN_MAX])
    parents = list(Instance.objects.filter(pk=instance.parent_id or 0).select_related("definition"))
    around = [one.pk for one in (*parents, *children)]
    seen = set(rights.visible_to(reader).filter(pk__in=around).values_list("pk", flat=True)) if around else set()
    return {
        "parent": next((_relative(one, seen) for one in parents), None),
        "children": [_relative(one, seen) for one in children],
    }


def _relative(one: Instance, seen: set[int]) -> Relative:
    return Relative(one.definition.title, f"/instances/{one.pk}/" if one.pk in seen else "", one.is_over)
