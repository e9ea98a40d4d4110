"""Replays stored instances: reads an instance with its journal, and lets `folding` compare the two."""

from collections.abc import Iterator

from django.db import transaction

from potok.engine.run.migrating import Plan
from potok.kit import sets
from potok.processes import claiming, folding, migrating, published
from potok.processes.folding import Folded, Line, Stored
from potok.processes.models import Instance, Journal, LocalValues, Migration
from potok.processes.published import Published
from potok.processes.turn import Claimed

SHARE_MAX, SAMPLE = 500, 100


class Kept:
    """The archive of the product: see `folding.Archive`."""

    def version(self, id: int) -> Published:
        return published.version(id)

    def migration(self, id: int) -> tuple[Published, Published, Plan]:
        row = Migration.objects.filter(pk=id).first()
        if row is None:
            raise LookupError(id)
        old, new = published.version(row.old_id), published.version(row.new_id)
        return old, new, migrating.plan_of(row.plan, old=old.graph, new=new.graph)


def fold(instance: int) -> Folded | None:
    """Fold the journal of an instance and compare it with what is stored; None when there is no such instance.

    Nothing is changed. Nobody carries the instance on meanwhile: its row is locked until the transaction ends.
    """
    with transaction.atomic():
        if not Instance.objects.select_for_update(no_key=True).filter(pk=instance).exists():
            return None
        row = next(iter(sets.execute(claiming.INSTANCES, (), [instance])))
        lines = Journal.objects.filter(instance_id=instance).order_by("number")
        local = LocalValues.objects.filter(instance_id=instance).values_list("scope", "data")
        stored = Stored(Claimed(*row), {scope: bytes(data) for scope, data in local})
        kept = (Line(*each) for each in lines.values_list("number", "at", "entries", "told"))
        return folding.fold(stored, kept, archive=Kept())


def fold_latest(*, size: int = SAMPLE) -> dict[int, Folded]:
    """Fold the latest instances, each in a transaction of its own."""
    ids = list(Instance.objects.order_by("-pk").values_list("pk", flat=True)[:size])
    folded = {id: fold(id) for id in ids}
    return {id: found for id, found in folded.items() if found is not None}


def fold_all() -> Iterator[tuple[int, Folded]]:
    """Fold every instance, the oldest first, each in a transaction of its own."""
    last = 0
    while ids := list(Instance.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SHARE_MAX]):
        for last in ids:
            folded = fold(last)
            if folded is not None:
                yield last, folded
