"""Records that may be the one that is being typed, among all types that people have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from potok.engine.values import RecordRef, Value
from potok.records import queries
from potok.records.duplicates import keys
from potok.records.duplicates.likeness import NAME, WEIGHTS
from potok.records.duplicates.models import Key
from potok.records.record_types import RecordType, record_types
from potok.records.search.kinds import half_seen

MOST, LOOKED_AT = 5, 60


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that is like what was asked about, and by what."""

    record: RecordRef
    title: str
    why: tuple[str, ...]


def alike(of: RecordType, values: Mapping[str, Value], *, by: int | None) -> list[Alike]:
    """Find records that share a phone, a mail, a tax number or the name with these values; the likest first.

    Only what the person may see is answered, and by no field that is hidden from him.
    """
    found = by_keys(keys.of_values(of, values, seen_by=by), by=by)
    return sorted(found, key=lambda one: (-sum(WEIGHTS[sort] for sort in one.why), one.record.id))[:MOST]


def by_keys(asked: Iterable[tuple[str, str]], *, by: int | None, kinds: Sequence[str] | None = None) -> list[Alike]:
    """The records with any of these keys that a person may see, in one question and one for each type."""
    either = Q(*(Q(sort=sort, value=value) for sort, value in asked), _connector=Q.OR)
    if not either:
        return []
    known = Key.objects.filter(either, kind__in=kinds or [of.name for of in keys.watched()])
    shared: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    closed = half_seen(by)
    for kind, id, sort in known.order_by("-object").values_list("kind", "object", "sort")[:LOOKED_AT]:
        if sort == NAME or kind not in closed:
            shared[kind][id].add(sort)
    return [
        Alike(RecordRef(kind, id), title, tuple(sorted(shared[kind][id])))
        for kind, ids in shared.items()
        for id, title in queries.rows(record_types[kind], by=by).filter(pk__in=ids).values_list("pk", "title")
    ]
