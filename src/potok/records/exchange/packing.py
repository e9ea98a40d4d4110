"""The loop that writes everything into one file: a table for each record type, a thousand records at a time.

Nothing is held but those: the table goes through the packing to the disk. Between them it is looked whether somebody
has stopped it. What is written while others work is as of when its thousand was read.
"""

import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from potok.kit import clock, doors, ids
from potok.kit.calls import START_UP
from potok.kit.events import gathered, touch
from potok.kit.loops import OUTAGE, rounds
from potok.notify.public import notices
from potok.records import access, catalogue, queries
from potok.records.exchange import everything, export
from potok.records.exchange.models import Export
from potok.records.record_types import RecordType, record_types
from potok.records.works.carrying import as_read_by
from potok.records.works.rules import State

LOCK = 0x45585054  # "EXPT", the number of an advisory lock
URL = "/records/exports/"
log = logging.getLogger(__name__)


class _Stopped(Exception):  # noqa: N818 (nothing is wrong)
    """Somebody has stopped it."""


@rounds("exports", rest_seconds=2.0)
def serve() -> int:
    """Write one export from its beginning to its end; answers how many there were, one or none."""
    of = Export.objects.filter(state=State.RUNNING).order_by("pk").select_related("by").first()
    if of is None:
        return 0
    with _alone() as is_alone:
        if is_alone:
            _write(of)
    return 1 if is_alone else 0


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else writes; the database forgets the lock with the connection of who holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _write(of: Export) -> None:
    everything.folder().mkdir(parents=True, exist_ok=True)
    path = everything.folder() / f"{ids.new_key()}.zip"
    try:
        with as_read_by(of.by), catalogue.remembered():
            _pack(of, path)
        _ready(of, path)
    except _Stopped:
        path.unlink(missing_ok=True)
    except OUTAGE:
        path.unlink(missing_ok=True)
        raise
    except Exception:
        log.exception("Export %s could not be written", of.pk)
        path.unlink(missing_ok=True)
        Export.objects.filter(pk=of.pk).update(state=State.STOPPED)


def _pack(of: Export, path: Path) -> None:
    types = [one for one in record_types.all().values() if not access.reach(of.by_id, one, "export").is_nowhere]
    _progress(of, 0, total=sum(_rows(one, of.by_id).count() for one in types))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, one in enumerate(types, 1):
            with packed.open(f"{number:02} {_name(one)}.csv", "w", force_zip64=True) as entry:
                export.to_csv(_lines(of, one), entry)


def _name(of: RecordType) -> str:
    return "".join(letter if letter.isalnum() or letter in " -" else "_" for letter in of.plural)[:80]


def _rows(of: RecordType, by: int) -> Any:
    return export.reachable(of, queries.rows(of, by=by), by=by)


def _lines(of: Export, record_type: RecordType) -> Iterator[export.Line]:
    columns = list(catalogue.seen_by(of.by_id).of(record_type).values())
    yield export.head(columns)
    last = 0
    while batch := list(_rows(record_type, of.by_id).filter(pk__gt=last).order_by("pk")[: export.AT_ONCE]):
        yield from export.cells_of(batch, columns, by=of.by_id)
        last = batch[-1].pk
        _progress(of, of.place + len(batch))


def _progress(of: Export, place: int, **more: int) -> None:
    """Note how far it is, and look whether it is to go on."""
    with gathered():
        if not Export.objects.filter(pk=of.pk, state=State.RUNNING).update(place=place, **more):
            raise _Stopped
        touch(Export.topic, of.pk)
    of.place = place


def _ready(of: Export, path: Path) -> None:
    now = clock.now()
    held = {"file": path.name, "size_bytes": path.stat().st_size, "expires_at": now + everything.KEPT}
    with doors.opened(None, door=START_UP) as call:
        if not Export.objects.filter(pk=of.pk, state=State.RUNNING).update(state=State.DONE, ended_at=now, **held):
            raise _Stopped
        touch(Export.topic, of.pk)
        with as_read_by(of.by):
            text, why = gettext("The export of everything is ready"), gettext("You have asked for it.")
        notices.send(call.by_system(), to=of.by_id, text=text, why=why, url=URL)
