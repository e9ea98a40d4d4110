"""Which record types have lines, and what follows from them: each says so at its declaration.

carry(Carrier(deal, lines="crm.deal.lines", by_hand="amount_by_hand"))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from potok.kit.errors import Refused
from potok.kit.registry import Registry
from potok.records.public import RecordType


def never(record: Any) -> Refused | None:
    return None


@dataclass(frozen=True)
class Carrier:
    """A record type with lines.

    `lines` is what the names of its operations begin with. The money in `amount` follows the lines; where `by_hand`
    names a yes/no field, a person may type it instead. `closed(record)` refuses changes for as long as it must.
    """

    record_type: RecordType
    lines: str
    amount: str = "amount"
    by_hand: str = ""
    closed: Callable[[Any], Refused | None] = field(default=never, compare=False)


carriers: Registry[Carrier] = Registry("record type with lines")
_followers: list[Callable[[Carrier], None]] = []


def for_every_carrier(follower: Callable[[Carrier], None]) -> None:
    """Call the function with every carrier, those declared before and those to come."""
    _followers.append(follower)
    for known in carriers.all().values():
        follower(known)


def carry(carrier: Carrier) -> Carrier:
    """Let records of a type have lines: operations and the tab of the card follow."""
    carriers.add(carrier.record_type.name, carrier)
    for follower in _followers:
        follower(carrier)
    return carrier
