"""Live updates of records keep the rights: whoever sees a record hears of it, the others of its type at most. Of a work
in the background, an import, an export or a change of many, hears who began it."""

from collections.abc import Set

from potok.kit import live
from potok.records import access, queries
from potok.records.bulk.models import BulkChange
from potok.records.exchange.models import Export, Import
from potok.records.record_types import RecordType, for_every_type
from potok.records.works.models import Work


def register(record_type: RecordType) -> None:
    """Answer for the topic of a type, under its name."""
    live.hearings.add(record_type.name, lambda by, ids: _heard(record_type, by, ids))


def _heard(of: RecordType, by: int, ids: Set[int]) -> Set[int]:
    reach = access.reach(by, of, "see")
    if reach.is_nowhere:
        return set()
    found = queries.unhidden(of.rows().filter(reach.narrows(), pk__in=ids), of, by=by)
    seen = set(found.values_list("pk", flat=True))
    # What he does not see may just have gone from his sight: then his lists are to lose it.
    return seen if len(seen) == len(ids) else seen | {0}


def _register_work(kind: type[Work]) -> None:
    live.hearings.add(
        kind.topic, lambda by, ids: set(kind.objects.filter(by=by, pk__in=ids).values_list("pk", flat=True))
    )


for_every_type(register)
for work in (Import, Export, BulkChange):
    _register_work(work)
