"""What records that were merged away became part of."""

from collections.abc import Collection, Mapping

from potok.records.duplicates.models import Merge

Step = tuple[int, int]  # the merge, and the record that stayed


def heirs(kind: str, ids: Collection[int]) -> Mapping[int, int]:
    """By the number of each record that was merged away the one that it is part of by now; others are left out."""
    steps: dict[int, Step] = {}
    asked = set(ids)
    while asked:
        merges = Merge.objects.filter(kind=kind, lost__overlap=sorted(asked), undone_at=None).order_by("pk")
        steps |= {lost: (merge.pk, merge.kept) for merge in merges for lost in merge.lost}
        asked = {steps[one][1] for one in asked if one in steps} - steps.keys()
    return {one: _last(steps, one) for one in ids if one in steps}


def _last(steps: Mapping[int, Step], one: int) -> int:
    # Only later merges count: one that was taken out of the trash by hand may have got back what it had gone into.
    at = 0
    while one in steps and steps[one][0] > at:
        at, one = steps[one]
    return one
