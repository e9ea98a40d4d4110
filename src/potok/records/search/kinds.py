"""Kinds of things that can be found: every record type, and what parts have put into `sources`."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from potok.engine.values import Value
from potok.kit.errors import MISSING
from potok.records import catalogue, queries, reading
from potok.records.fields import Email, Phone, Text, Url
from potok.records.record_types import RecordType, record_types
from potok.records.search.sources import Page, Shown, Source, sources

WORDY = (Text, Email, Url)


def source(kind: str) -> Source:
    """The source of a kind, or a refusal."""
    if of := record_types.get(kind):
        return _of_records(of)
    if found := sources.get(kind):
        return found
    raise MISSING(id=kind)


def kinds() -> list[str]:
    """All kinds, record types first."""
    return [*record_types, *sources]


def half_seen(by: int | None) -> frozenset[str]:
    """The record types of which some words are hidden from a person: their records are found by their titles only."""
    if by is None:
        return frozenset()
    seen, whole = catalogue.seen_by(by), catalogue.whole()
    return frozenset(
        of.name
        for of in record_types.all().values()
        if any(isinstance(one, (*WORDY, Phone)) and name not in seen.of(of) for name, one in whole.of(of).items())
    )


def is_written(of: RecordType, name: str) -> bool:
    """Tell whether a record is found by what stands in this field, or by whose it is."""
    field = catalogue.whole().of(of).get(name)
    return name == "responsible" or isinstance(field, (*WORDY, Phone))


def _of_records(of: RecordType) -> Source:
    def read(ids: Collection[int]) -> Iterable[Page]:
        fields = [one for one in catalogue.whole().of(of).values() if one.name != "title"]
        wordy = [one for one in fields if isinstance(one, WORDY)]
        phones = [one for one in fields if isinstance(one, Phone)]
        for row in reading.as_written(of, ids).values():
            if row.removed_at is not None:
                continue
            texts = [text for field in wordy for text in _texts(field.of(row))]
            numbers = [text for field in phones for text in _texts(field.of(row))]
            yield Page(row.pk, row.title, row.responsible_id, texts, numbers)

    def everything() -> "QuerySet[Any]":
        return queries.rows(of, by=None).select_related(None)

    def seen(by: int | None, ids: Collection[int]) -> Collection[int]:
        found: list[int] = list(queries.rows(of, by=by).filter(pk__in=ids).values_list("pk", flat=True))
        return found

    def draw(ids: Collection[int]) -> Mapping[int, Shown]:
        home = reverse("records:list", args=[of.path])
        return {id: Shown(f"{home}{id}/", of.title, of.icon, drawer=True) for id in ids}

    return Source(of.titles[1], of.icon, read, everything, seen, draw)


def _texts(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return [str(value)] if value else []
