"""What leads do when records change: whoever is handed a lead or a deal is told (a list of them, in one notice)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from potok.crm.leads import telling
from potok.engine.values import RecordRef
from potok.kit.calls import IMPORT, Call
from potok.kit.events import reacts_to
from potok.notify.public import notices
from potok.people import public as people
from potok.records import public as records
from potok.records.events import CHANGED, RecordChanged

HANDED = ("crm.lead", "crm.deal")
ONE_BY_ONE_MAX = 3


@reacts_to(RecordChanged)
def tell(happened: Sequence[RecordChanged]) -> None:
    """Tell the new responsible people; nobody is told of what he took himself, or of an import."""
    given = [one for one in happened if _is_handed(one)]
    if not given:
        return
    rows = records.load(RecordRef(one.type, one.id) for one in given)
    persons = people.by_id({id for one in given for id in (one.responsible, one.call.author) if id is not None})
    grouped: dict[tuple[int, str], list[RecordChanged]] = defaultdict(list)
    for one in given:
        if one.responsible in persons and RecordRef(one.type, one.id) in rows:
            grouped[one.responsible or 0, one.type].append(one)
    asked: list[tuple[Call, dict[str, Any]]] = []
    for (to, _type), changes in grouped.items():
        call = changes[0].call
        who = str(persons[call.author]) if call.author in persons else call.cause.title
        handed = list({one.id: rows[RecordRef(one.type, one.id)] for one in changes}.values())
        if len(handed) > ONE_BY_ONE_MAX:
            asked.append((call.by_system(), telling.handed_over_many(handed, to=persons[to], who=who)))
        else:
            asked += [(call.by_system(), telling.handed_over(row, to=persons[to], who=who)) for row in handed]
    notices.send.many(asked)


def _is_handed(one: RecordChanged) -> bool:
    changed = one.type in HANDED and one.kind == CHANGED and "responsible" in one.after
    return changed and one.responsible != one.call.author and one.call.cause.door != IMPORT
