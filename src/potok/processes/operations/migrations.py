"""Running instances moved to another version: rehearsed, moved, stopped, and moved back."""

import json
import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from potok.engine.run.migrating import proposal
from potok.kit import doors, sets
from potok.kit.calls import START_UP, Call
from potok.kit.errors import MISSING
from potok.kit.events import announce, savepoint, touch
from potok.kit.loops import loop
from potok.kit.operations import operation
from potok.processes import mending, migrating, published, waking
from potok.processes.events import InstancesMoved
from potok.processes.migrating import Moved
from potok.processes.models import Definition, Instance, Migrant, Migration, Version
from potok.processes.net import is_outage, is_passing
from potok.processes.operations.versions import version
from potok.processes.permissions import MIGRATE

BATCH_MAX = 200
PAUSE_SECONDS = 1.0
TAKE = """INSERT INTO processes_migrant (migration_id, instance_id, outcome, problems)
    SELECT %b::bigint, i.id, 0, '[]' FROM unnest(%b::bigint[]) i(id)"""
TELL = """UPDATE processes_migrant m SET outcome = t.outcome, problems = t.problems, before = t.before, after = t.after,
        at = %b::timestamptz
    FROM unnest(%b::bigint[], %b::int[], %b::text[]::jsonb[], %b::text[]::jsonb[], %b::text[]::jsonb[])
        t(id, outcome, problems, before, after)
    WHERE m.migration_id = %b::bigint AND m.instance_id = t.id"""
BUSY = """UPDATE processes_migrant SET at = %b::timestamptz
    WHERE migration_id = %b::bigint AND instance_id = ANY(%b::bigint[])"""
log = logging.getLogger(__name__)


class _Undo(Exception):  # noqa: N818
    """Rolls a rehearsal back."""


@operation("processes.migration.rehearse", needs=MIGRATE)
def rehearse(
    call: Call, *, definition: Definition, old: int, new: int, plan: Mapping[str, Any] | None = None,
    instances: Sequence[int] = (),
) -> Migration:  # fmt: skip
    """Have instances moved for trial: each is told whether it would be moved, from where to where, and what keeps it.
    Nothing else is left of it, and of several rehearsals of a definition each person keeps the last."""
    trial = _planned(call, definition, old, new, plan)
    Migration.objects.filter(definition=definition, is_trial=True, started_by=call.author).delete()
    trial.is_trial = True
    return _begun(call, trial, _candidates(trial.old, instances))


@operation("processes.migration.start", needs=MIGRATE)
def start(
    call: Call, *, definition: Definition, old: int, new: int, plan: Mapping[str, Any] | None = None,
    instances: Sequence[int] = (),
) -> Migration:  # fmt: skip
    """Have instances of one version moved to another: all that run, or these. Each is moved under its own lock, whole
    or not at all; those that are busy a little later. The way of each is kept, and it can be moved back."""
    migration = _planned(call, definition, old, new, plan)
    return _begun(call, migration, _candidates(migration.old, instances))


@operation("processes.migration.undo", needs=MIGRATE)
def undo(call: Call, *, migration: Migration, instances: Sequence[int] = ()) -> Migration:
    """Move what a migration moved back to the version it came from: all, or these."""
    if migration.is_trial:
        raise MISSING(id=migration.pk)
    moved = migration.migrants.filter(outcome=Migrant.MOVED).order_by("instance_id")
    chosen = [id for id in moved.values_list("instance_id", flat=True) if not instances or id in set(instances)]
    old, new = published.version(migration.old_id), published.version(migration.new_id)
    plan = migrating.plan_of(migration.plan, old=old.graph, new=new.graph).back()
    back = Migration(
        definition=migration.definition,
        old=migration.new,
        new=migration.old,
        plan=migrating.plain_of(plan, old=new.graph, new=old.graph),
        undoes=migration,
        started_at=call.at,
        started_by_id=call.author,
    )
    return _begun(call, back, chosen)


@operation("processes.migration.cancel", needs=MIGRATE)
def cancel(call: Call, *, migration: Migration) -> Migration:
    """Move no more of them; those that were moved stay so, and can be moved back."""
    # Whoever carries a batch of it comes to its end first.
    found = Migration.objects.select_for_update().get(pk=migration.pk)
    if found.ended_at is not None:
        raise mending.MIGRATION_OVER()
    found.migrants.filter(outcome=Migrant.WAITING).update(outcome=Migrant.LEFT, at=call.at)
    found.cancelled_at = found.ended_at = call.at
    found.save(update_fields=["cancelled_at", "ended_at"])
    touch("migration", found.pk)
    return found


def migration(id: int) -> Migration:
    """Fetch a migration, or refuse with `kit.missing`."""
    found = Migration.objects.filter(pk=id).select_related("definition", "old", "new").first()
    if found is None:
        raise MISSING(id=id)
    return found


@loop("migrations")
def run(stop: threading.Event) -> None:
    """Move what is on its way, batch by batch, until told to stop."""
    while not stop.is_set():
        try:
            done = carry_on()
        except Exception:
            log.exception("A batch of processes could not be moved to another version")
            connection.close()
            done = False
        if not done:
            stop.wait(PAUSE_SECONDS)


def carry_on(*, limit: int = BATCH_MAX) -> bool:
    """Move one batch of each migration that is on its way; answers whether there was anything to move."""
    progress = False
    for id in list(Migration.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True)):
        with doors.opened(None, door=START_UP) as call:
            progress |= _carry(call, id, limit=limit)
    return progress


def _carry(call: Call, id: int, *, limit: int) -> bool:
    # Another worker may carry the same migration: one at a time.
    found = Migration.objects.select_for_update(skip_locked=True).filter(pk=id, ended_at=None).first()
    if found is None:
        return False
    waiting = found.migrants.filter(outcome=Migrant.WAITING).order_by(F("at").asc(nulls_first=True), "instance_id")
    ids = list(waiting.values_list("instance_id", flat=True)[:limit])
    told = _moved(Call(None, call.at, on_behalf=found.started_by_id), found, ids) if ids else []
    _tell(call, found, told, busy=set(ids) - {one.instance for one in told})
    if not found.migrants.filter(outcome=Migrant.WAITING).exists():
        Migration.objects.filter(pk=id).update(ended_at=call.at)
    touch("migration", id)
    # What came for those that were held was passed over by the workers.
    waking.after_commit()
    return bool(told)


def _moved(call: Call, migration: Migration, ids: Sequence[int]) -> list[Moved]:
    """Move a batch; if something breaks in it, its halves, down to the one that breaks, which stays as it is."""
    try:
        return _tried(call, migration, ids)
    except Exception as failure:
        if is_outage(failure) or is_passing(failure):
            raise
        if len(ids) == 1:
            log.exception("The instance %s could not be moved to another version", ids[0])
            return [Moved(ids[0], Migrant.REFUSED, [migrating.DEFECT.at()])]
    middle = len(ids) // 2
    return _moved(call, migration, ids[:middle]) + _moved(call, migration, ids[middle:])


def _tried(call: Call, migration: Migration, ids: Sequence[int]) -> list[Moved]:
    told: list[Moved] = []
    with suppress(_Undo), savepoint():
        told = migrating.move(call, migration, ids)
        if migration.is_trial:
            raise _Undo
    return told


def _tell(call: Call, migration: Migration, told: Iterable[Moved], *, busy: Iterable[int]) -> None:
    rows = [(one.instance, one.outcome, one.plain(), json.dumps(one.before), json.dumps(one.after)) for one in told]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        sets.execute(TELL, (), call.at, *columns, migration.pk)
    # The next look begins with others.
    if busy:
        sets.execute(BUSY, (), call.at, migration.pk, sorted(busy))


def _planned(call: Call, definition: Definition, old: int, new: int, plan: Mapping[str, Any] | None) -> Migration:
    here, there = version(definition, number=old), version(definition, number=new)
    if here == there:
        raise mending.SAME_VERSION(place="new")
    before, after = published.version(here.pk).graph, published.version(there.pk).graph
    read = proposal(before, after) if plan is None else migrating.plan_of(plan, old=before, new=after)
    return Migration(
        definition=definition, old=here, new=there, plan=migrating.plain_of(read, old=before, new=after),
        started_at=call.at, started_by_id=call.author,
    )  # fmt: skip


def _candidates(version: Version, instances: Sequence[int]) -> list[int]:
    found = Instance.objects.filter(definition=version.definition_id, version=version, ended_at=None)
    if instances:
        found = found.filter(pk__in=list(instances))
    return list(found.order_by("pk").values_list("pk", flat=True))


def _begun(call: Call, migration: Migration, instances: Sequence[int]) -> Migration:
    if not instances:
        raise mending.NOBODY_THERE()
    on_its_way = Migration.objects.filter(definition=migration.definition, is_trial=False, ended_at=None)
    if not migration.is_trial and on_its_way.exists():
        raise mending.ON_ITS_WAY()
    migration.save(force_insert=True)
    sets.execute(TAKE, (), migration.pk, list(instances))
    if not migration.is_trial:
        _announce(call, migration, count=len(instances))
    # What is few is moved at once, so that whoever asked sees it in the answer.
    if len(instances) <= BATCH_MAX:
        transaction.on_commit(carry_on, robust=True)
    return migration


def _announce(call: Call, migration: Migration, *, count: int) -> None:
    announce(InstancesMoved(call=call, migration=migration.pk, definition=migration.definition_id,
                            old=migration.old.number, new=migration.new.number, instances=count))  # fmt: skip
    touch("definition", migration.definition_id)
