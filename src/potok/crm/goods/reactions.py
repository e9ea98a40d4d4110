"""When an amount changes beside its lines: what was typed stays as typed, what follows goes on following."""

from collections.abc import Sequence
from typing import Any

from potok.crm.goods import operations, queries
from potok.crm.goods.carriers import carriers
from potok.engine.values import RecordRef
from potok.kit.events import reacts_to
from potok.records import public as records
from potok.records.events import CHANGED, RecordChanged


@reacts_to(RecordChanged)
def keep_in_step(happened: Sequence[RecordChanged]) -> None:
    """Note that an amount was typed by hand, or work it out anew."""
    concerned = [one for one in happened if one.kind == CHANGED and _is_concerned(one)]
    if not concerned:
        return
    lines = queries.lines_of(RecordRef(one.type, one.id) for one in concerned)
    rows = records.load(lines)
    for one in concerned:
        ref = RecordRef(one.type, one.id)
        if ref in lines:
            _settle(one, rows[ref], lines[ref])


def _is_concerned(one: RecordChanged) -> bool:
    carrier = carriers.get(one.type)
    return carrier is not None and bool({carrier.amount, carrier.by_hand} & one.after.keys())


def _settle(one: RecordChanged, row: Any, lines: Sequence[Any]) -> None:
    carrier = carriers[one.type]
    if getattr(row, carrier.amount) == queries.total(lines).total:
        return
    typed = carrier.by_hand and carrier.amount in one.after and carrier.by_hand not in one.after
    if typed and not getattr(row, carrier.by_hand):
        records.fill(one.call, record=row, values={carrier.by_hand: True})
    elif not (carrier.by_hand and getattr(row, carrier.by_hand)):
        operations.follow(one.call, carrier, row, lines)
