"""The journal's rows, read back; what was written under an earlier version counts the nodes of that one."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from potok.engine.graph.matching import matched
from potok.engine.run import Entry
from potok.processes import published
from potok.processes.models import Instance, Journal

GONE = -1  # the node of a step that the instance's version does not have
MIGRATED = "migrated"
Row = tuple[datetime, str]
Passed = tuple[datetime, Entry, str]
"""A moment, an entry that counts nodes of the instance's version, and the title of a step which that one has not."""


def entries_of(instance: int) -> Iterator[tuple[datetime, Entry]]:
    """Every entry of an instance's journal with its moment, in order, of the steps that its version has."""
    return ((at, entry) for at, entry, title in passed(instance) if not title)


def passed(instance: int) -> Iterator[Passed]:
    """Every entry with its moment, in order; with the title of its step if that is gone."""
    rows = Journal.objects.filter(instance_id=instance).order_by("number").values_list("at", "entries")
    found = list(rows)
    if not any(MIGRATED in entries for _, entries in found):
        return unmoved(found)
    return moved(found, version=Instance.objects.values_list("version", flat=True).get(pk=instance))


def unmoved(rows: Iterable[Row]) -> Iterator[Passed]:
    """Read rows that were all written under one version."""
    for at, entries in rows:
        for entry in json.loads(entries):
            yield at, Entry(*entry), ""


def moved(rows: Iterable[Row], *, version: int) -> Iterator[Passed]:
    """Read rows of an instance that came to this version from others."""
    entries = list(unmoved(rows))
    of, versions = version, [version] * len(entries)
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place][1]
        versions[place] = of
        if entry.what == MIGRATED and isinstance(entry.detail, dict):
            of = int(entry.detail["was"])
    return ((at, *_brought(entry, of, version)) for (at, entry, _), of in zip(entries, versions, strict=True))


def _brought(entry: Entry, of: int, version: int) -> tuple[Entry, str]:
    if of == version or entry.what == MIGRATED:
        return entry, ""
    here, there = published.version(of), published.version(version)
    node = matched(here.graph, there.graph).get(entry.node)
    if node is None:
        return entry._replace(node=GONE), here.title_of(entry.node)
    return entry._replace(node=node), ""
