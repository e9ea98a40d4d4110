"""Rows of a list narrowed to what was typed into its search, as the one search understands it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from potok.kit import viewing
from potok.records.search import candidates
from potok.records.search.asking import Reading, variants
from potok.records.search.kinds import half_seen


def narrowed(rows: "QuerySet[Any]", kind: str, text: str) -> "QuerySet[Any]":
    """Leave rows in whose entries all words of the text occur, in either layout; a number is an id, too."""
    if not text.strip():
        return rows
    readings = variants(text)
    if not readings:
        return rows.none()
    if kind in half_seen(viewing.viewer()):
        return rows.filter(Q(*(_in_title(reading) for reading in readings), _connector=Q.OR))
    fits = candidates.as_filter(readings)
    ids = RawSQL(  # noqa: S611 (the text is ours, what was typed is a parameter)
        f"SELECT e.object FROM search_entry e WHERE e.kind = %s AND {fits.sql}",  # noqa: S608 (the same)
        [kind, *fits.given],
    )
    number = text.strip()
    is_id = number.isdecimal() and len(number) < 19
    return rows.filter(Q(pk__in=ids) | Q(pk=int(number)) if is_id else Q(pk__in=ids))


def _in_title(reading: Reading) -> Q:
    return Q(*(Q(sort_key__contains=word) for word in reading.text.split()))
