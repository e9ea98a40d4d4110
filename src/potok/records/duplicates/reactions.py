"""What duplicates do when records change: keys are written anew in the same transaction, pairs are looked for later."""

from collections import defaultdict
from collections.abc import Sequence

from potok.kit.events import reacts_to
from potok.records import catalogue
from potok.records.duplicates import keys
from potok.records.events import CHANGED, RecordChanged
from potok.records.record_types import record_types


@reacts_to(RecordChanged)
def follow(happened: Sequence[RecordChanged]) -> None:
    """Write the keys of changed records, if what changed is one."""
    changed: dict[str, set[int]] = defaultdict(set)
    known = {of.name for of in keys.watched()}
    for one in happened:
        if one.type in known and (one.kind != CHANGED or _counts(one)):
            changed[one.type].add(one.id)
    keys.keep(changed)


def _counts(one: RecordChanged) -> bool:
    fields = catalogue.whole().of(record_types[one.type])
    return any(name in fields and keys.sort_of(fields[name]) for name in one.after)
