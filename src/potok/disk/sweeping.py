"""Sweeps bytes that no row names: of uploads that were refused, rolled back or whose rows were removed."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from procrastinate.contrib.django import app

from potok.disk import store
from potok.disk.models import File

DAY_SECONDS = 24 * 60 * 60
LOCK = 0x504F544F  # "POTO", the number of an advisory lock
BATCH = 500


def keep_away() -> None:
    """Keep the sweeper away until this transaction ends: bytes that lie there already may be taken for a new row."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)")


@app.periodic(cron="30 3 * * *")
@app.task(name="potok.disk.sweep", queueing_lock="potok.disk.sweep")
def sweep(timestamp: int) -> None:
    """Remove what is older than a day and has no row."""
    sweep_before(time.time() - DAY_SECONDS)


def sweep_before(moment: float) -> int:
    """Remove bytes that were written before the moment and that no row names; answer with how many files."""
    gone = 0
    for batch in _batches(_old(moment)):
        with transaction.atomic():
            _lock("SELECT pg_advisory_xact_lock(%s)")
            named = set(
                File.objects.filter(digest__in=[place.name for place in batch]).values_list("digest", flat=True)
            )
            gone += sum(_remove(place) for place in batch if place.name not in named)
    return gone


def _old(moment: float) -> Iterator[Path]:
    for place in store.root().glob("*/**/*"):
        if place.is_file() and place.stat().st_mtime < moment:
            yield place


def _batches(places: Iterator[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    for place in places:
        batch.append(place)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _remove(place: Path) -> int:
    place.unlink(missing_ok=True)
    return 1


def _lock(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [LOCK])
