"""Which definitions begin on which changes: read once, and again whenever a definition was published or switched."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from potok.engine.graph import On, Trigger
from potok.kit import sets
from potok.processes import published
from potok.processes.models import Definition
from potok.processes.published import Published

STAMP = """SELECT max(changed_at), count(*), sum(version_id), count(*) FILTER (WHERE is_active)
    FROM processes_definition"""
Armed = Sequence[tuple[Published, Trigger]]
OF_NO_RECORD = frozenset({On.MANUAL, On.SCHEDULE, On.MESSAGE})


@dataclass(slots=True)
class _Cache:
    stamp: Any = None
    by_type: dict[str, list[tuple[Published, Trigger]]] = field(default_factory=dict)
    by_message: dict[str, list[tuple[Published, Trigger]]] = field(default_factory=dict)


_cache = _Cache()


def of_types(types: set[str]) -> dict[str, Armed]:
    """The triggers that watch records of these types, in the order in which their definitions were made."""
    _renew()
    return {type: _cache.by_type[type] for type in types if type in _cache.by_type}


def of_message(name: str) -> Armed:
    """The triggers that wait for a message of this name."""
    _renew()
    return _cache.by_message.get(name, ())


def current(definitions: Iterable[int]) -> dict[int, Published]:
    """The versions that new instances of these definitions follow; nothing for those that are switched off."""
    found = Definition.objects.filter(pk__in=list(definitions), is_active=True).exclude(version=None)
    return {pk: published.version(version) for pk, version in found.values_list("pk", "version_id")}


def forget() -> None:
    """Read them again at the next change."""
    _cache.stamp = None


def _renew() -> None:
    # One short question for a whole batch keeps all processes right; a notification could be missed. The moment alone
    # would not do: of two that publish at once, the later moment may be seen first.
    stamp = sets.execute(STAMP).fetchone()
    if stamp != _cache.stamp:
        _cache.by_type, _cache.by_message = _read()
        _cache.stamp = stamp


def _read() -> tuple[dict[str, list[tuple[Published, Trigger]]], dict[str, list[tuple[Published, Trigger]]]]:
    by_type: dict[str, list[tuple[Published, Trigger]]] = defaultdict(list)
    by_message: dict[str, list[tuple[Published, Trigger]]] = defaultdict(list)
    for definition in Definition.objects.filter(is_active=True).exclude(version=None).order_by("pk"):
        version = published.version(definition.version_id or 0)
        for trigger in version.header.triggers:
            if trigger.message is not None:
                by_message[trigger.message.name].append((version, trigger))
            elif trigger.on not in OF_NO_RECORD and version.header.record:
                by_type[version.header.record].append((version, trigger))
    return dict(by_type), dict(by_message)
