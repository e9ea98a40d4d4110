"""Everything that a person may take out of the house, in one file: begun, fetched, thrown away.

It is written in the background by `packing` and lies in a folder of its own for some days; the link is for who asked.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.records.exchange import rules
from potok.records.exchange.models import Export
from potok.records.exchange.permissions import EVERYTHING
from potok.records.works import operations as works
from potok.records.works.rules import State

KEPT = timedelta(days=7)


@operation("records.export.begin", needs=EVERYTHING)
def begin(call: Call) -> Export:
    """Write all records of all types that the person may export into one file, in the background."""
    if call.author is None:
        raise FORBIDDEN(permission=permissions[EVERYTHING].title)
    if Export.objects.filter(by=call.author, state=State.RUNNING).exists():
        raise rules.UNDER_WAY()
    made: Export = Export.objects.create(by_id=call.author, made_at=call.at)
    touch(Export.topic, made.pk)
    return made


@operation("records.export.forget", needs="")
def forget(call: Call, *, of: Export) -> None:
    """Throw the file of an export away."""
    works.expect(call, of, State.DONE, State.STOPPED)
    remove(of)


@app.periodic(cron="20 3 * * *")
@app.task(name="potok.records.sweep_exports", queueing_lock="potok.records.sweep_exports")
def sweep(timestamp: int) -> None:
    """Remove files whose days are over, and those that no export names: of a worker that was ended midway."""
    for of in Export.objects.filter(expires_at__lte=clock.now()):
        remove(of)
    named = set(Export.objects.values_list("file", flat=True))
    for path in folder().glob("*.zip"):
        if path.name not in named and path.stat().st_mtime < clock.now().timestamp() - KEPT.total_seconds():
            path.unlink(missing_ok=True)


def fetched(id: int, *, by: int | None) -> tuple[Export, Path]:
    """The file of one's own export, or a refusal that does not tell whether there was one."""
    of = works.own(Export, id, by=by)
    works.check_may(by, permission=EVERYTHING)
    if of.state != State.DONE or of.expires_at is None or of.expires_at <= clock.now():
        raise MISSING(id=id)
    return of, folder() / of.file


def folder() -> Path:
    """Where the files lie, apart from those that hang on records."""
    return Path(settings.DATA) / "exports"


def remove(of: Export) -> None:
    """Take an export away, and its file with it."""
    if of.file:
        (folder() / of.file).unlink(missing_ok=True)
    of.delete()
