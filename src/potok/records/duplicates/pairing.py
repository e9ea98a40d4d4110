"""Suspected pairs among existing records, looked for in the background: so many records at a time, in sets."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q

from potok.kit import clock, sets
from potok.kit.loops import rounds
from potok.records import catalogue, queries
from potok.records.duplicates import keys, likeness
from potok.records.duplicates.models import Fresh, Key, Pair
from potok.records.record_types import record_types

BATCH = 500
# What so many share tells nothing: the switchboard of a firm, a mail of a service.
SHARED_MAX = 20
TAKE = """DELETE FROM duplicates_fresh WHERE id IN (
    SELECT id FROM duplicates_fresh ORDER BY id LIMIT %b::int FOR UPDATE SKIP LOCKED) RETURNING kind, object"""
ALIKE = """
WITH mine AS (
    SELECT k.object, k.sort, k.value FROM duplicates_key k WHERE k.kind = %b::text AND k.object = ANY(%b::bigint[])
), told AS (
    SELECT sort, value FROM mine GROUP BY sort, value HAVING (SELECT count(*) FROM (
        SELECT FROM duplicates_key k WHERE k.value = mine.value AND k.sort = mine.sort AND k.kind = %b::text
        LIMIT %b::int) c) <= %b::int
)
SELECT least(m.object, k.object), greatest(m.object, k.object), array_agg(DISTINCT m.sort)
FROM mine m JOIN told t USING (sort, value)
JOIN duplicates_key k ON k.value = m.value AND k.sort = m.sort AND k.kind = %b::text AND k.object <> m.object
GROUP BY 1, 2
"""
KEEP = """INSERT INTO duplicates_pair AS p (kind, one, other, why, score, state, found_at)
    SELECT n.kind, n.one, n.other, string_to_array(n.why, ' '), n.score, 'suspected', %b::timestamptz
    FROM unnest(%b::text[], %b::bigint[], %b::bigint[], %b::text[], %b::int[]) n(kind, one, other, why, score)
    ON CONFLICT (kind, one, other) DO UPDATE SET why = excluded.why, score = excluded.score
    WHERE p.state = 'suspected'"""


@rounds("duplicates", rest_seconds=3.0)
def look() -> int:
    """Look for pairs; answers how many records were compared."""
    begin()
    return serve()


def begin() -> None:
    """Write the keys of all records, where there are records and no keys: they were there before this was."""
    if Key.objects.exists() or Fresh.objects.exists():
        return
    with catalogue.remembered():
        for of in keys.watched():
            last = 0
            while ids := list(
                queries.rows(of, by=None).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
            ):
                with transaction.atomic():
                    keys.keep({of.name: ids})
                last = ids[-1]


def serve() -> int:
    """Compare one batch of records with all others; answers how many there were."""
    with transaction.atomic(), catalogue.remembered():
        by_kind: dict[str, set[int]] = defaultdict(set)
        for kind, id in sets.execute(TAKE, (), BATCH):
            by_kind[kind].add(id)
        for kind, ids in by_kind.items():
            _compare(kind, sorted(ids))
        return sum(map(len, by_kind.values()))


def _compare(kind: str, ids: list[int]) -> None:
    of = record_types.get(kind)
    stale = Pair.objects.filter(Q(one__in=ids) | Q(other__in=ids), kind=kind, state=Pair.SUSPECTED)
    found = sets.execute(ALIKE, (), kind, ids, kind, SHARED_MAX + 1, SHARED_MAX, kind).fetchall() if of else []
    told = [
        (kind, one, other, " ".join(sorted(sorts)), sum(likeness.WEIGHTS[sort] for sort in sorts))
        for one, other, sorts in found
        if of and likeness.is_suspected(sorts, is_firm=keys.is_firm(of))
    ]
    stale.exclude(
        pk__in=[pair.pk for pair in stale if (kind, pair.one, pair.other) in {row[:3] for row in told}]
    ).delete()
    if told:
        sets.execute(KEEP, sorted(told), clock.now())
