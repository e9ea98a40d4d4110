"""Which definitions begin on which changes: read once, and again whenever a definition was published or switched."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max

from potok.engine.graph import On, Trigger
from potok.processes import published
from potok.processes.models import Definition
from potok.processes.published import Published

Armed = Sequence[tuple[Published, Trigger]]


@dataclass(slots=True)
class _Cache:
    stamp: Any = None
    by_type: dict[str, list[tuple[Published, Trigger]]] = field(default_factory=dict)


_cache = _Cache()


def of_types(types: set[str]) -> dict[str, Armed]:
    """The triggers of these record types, in the order in which their definitions were made."""
    # One short question for a whole batch keeps all processes right; a notification could be missed.
    stamp = Definition.objects.aggregate(changed=Max("changed_at"), count=Count("pk"))
    if stamp != _cache.stamp:
        _cache.by_type, _cache.stamp = _read(), stamp
    return {type: _cache.by_type[type] for type in types if type in _cache.by_type}


def forget() -> None:
    """Read them again at the next change."""
    _cache.stamp = None


def _read() -> dict[str, list[tuple[Published, Trigger]]]:
    found: dict[str, list[tuple[Published, Trigger]]] = defaultdict(list)
    for definition in Definition.objects.filter(is_active=True).exclude(version=None).order_by("pk"):
        version = published.version(definition.version_id or 0)
        for trigger in version.header.triggers:
            if trigger.on is not On.MANUAL and version.header.record:
                found[version.header.record].append((version, trigger))
    return dict(found)
