"""What merging decides from values alone, and what it refuses."""

from collections.abc import Mapping, Sequence
from typing import Any

from potok.kit.errors import refusal
from potok.kit.words import _

RECORDS_MAX = 10
TOO_FEW = refusal(
    "records.duplicates.too_few", _("Choose two records at least, of one type, that are not in the trash.")
)
TOO_MANY = refusal("records.duplicates.too_many", _("At most {most} records are merged at once. Choose fewer."))
UNDONE = refusal("records.duplicates.undone", _("These records were taken apart already."))
NOT_THERE = refusal(
    "records.duplicates.gone", _("One of the merged records is not in the trash any more. Take them apart by hand.")
)


def check_count(count: int) -> None:
    """Refuse to make one of a single record, or of very many."""
    if count < 2:
        raise TOO_FEW()
    if count > RECORDS_MAX:
        raise TOO_MANY(most=RECORDS_MAX)


def united(kept: Mapping[str, Any], lost: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The values of the record that stays: its own, what it lacks from the others, several values of a field together.

    Only what differs from its own is answered.
    """
    found: dict[str, Any] = {}
    for name, own in kept.items():
        others = [one.get(name) for one in lost]
        if isinstance(own, tuple):
            value: Any = tuple(dict.fromkeys(item for each in (own, *others) for item in each or ()))
        else:
            value = next((one for one in (own, *others) if one not in (None, "")), own)
        if value != own:
            found[name] = value
    return found


def going_back(before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a merge may take back: those that nobody has changed since."""
    return {name: before.get(name) for name, given in after.items() if now.get(name) == given}
