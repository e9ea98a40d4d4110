"""Dictionaries as parts declare them, and as they stand now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from potok.kit.registry import Registry
from potok.records.dictionaries.models import Entry

Text = str | Promise
Pair = tuple[str, Text]


@dataclass(frozen=True)
class Dictionary:
    """A value list. `usual` is what a new company begins with; `entity` is what it is called over REST."""

    name: str
    title: Text
    usual: Sequence[Pair]
    entity: str = ""


dictionaries: Registry[Dictionary] = Registry("dictionary")


def declare(dictionary: Dictionary) -> Dictionary:
    """Register a dictionary under its name."""
    return dictionaries.add(dictionary.name, dictionary)


def entries() -> dict[str, tuple[Pair, ...]]:
    """All dictionaries as they stand now: codes and titles, in order."""
    rows: dict[str, list[Entry]] = {}
    for row in Entry.objects.all():
        rows.setdefault(row.dictionary, []).append(row)
    return {name: _standing(one, rows.get(name, [])) for name, one in dictionaries.all().items()}


def _standing(dictionary: Dictionary, rows: Iterable[Entry]) -> tuple[Pair, ...]:
    changed = {row.code: row for row in rows}
    titles: Mapping[str, Text] = dict(dictionary.usual) | {
        code: row.title for code, row in changed.items() if row.title
    }
    kept = [code for code in titles if code not in changed or not changed[code].removed]
    # What nobody has moved keeps its place; what was added stands behind it.
    places = {code: place for place, code in enumerate(titles)}
    placed = {code: row.order for code, row in changed.items() if row.order is not None}
    return tuple((code, titles[code]) for code in sorted(kept, key=lambda code: placed.get(code, places[code])))
