"""Changes of many records carried on in the background, so many records at a time, each batch a transaction."""

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext

from potok.kit import clock, sets
from potok.kit.calls import SCREEN, Call, Cause
from potok.kit.errors import Refused
from potok.kit.events import encode, gathered, touch
from potok.kit.loops import loop
from potok.records import catalogue, queries
from potok.records.bulk.models import BulkChange, BulkLine
from potok.records.bulk.operations import TOPIC
from potok.records.bulk.rules import BUSY, CHANGED_SINCE, GONE, Act, Outcome, State, Undone
from potok.records.models import Record
from potok.records.screens.fields import held
from potok.records.writing import Clash, verbs

BATCH = 500
IDLE_SECONDS = 1.0
TOLD = """UPDATE records_bulkline l SET outcome = d.outcome, before = d.before, sentence = d.sentence, undone = d.undone
    FROM unnest(%b::bigint[], %b::text[], %b::text[]::jsonb[], %b::text[], %b::text[])
        d(id, outcome, before, sentence, undone) WHERE l.id = d.id"""
log = logging.getLogger(__name__)


@loop("bulk_changes")
def run(stop: threading.Event) -> None:
    """Carry changes on until told to stop."""
    while not stop.is_set():
        try:
            if not serve():
                stop.wait(IDLE_SECONDS)
        except (OperationalError, InterfaceError) as failure:
            log.warning("The loop of bulk changes lost its database and looks for it again: %s", failure)
            connection.close()
            stop.wait(IDLE_SECONDS)


def run_until_idle(*, batches: int = 1_000) -> int:
    """Carry on until nothing is left to do; answers how many batches it took. For tests and demos."""
    return next((count for count in range(batches) if not serve()), batches)


def serve() -> int:
    """Carry one batch of one change; answers how many there were, one or none."""
    try:
        with gathered():
            of = _next()
            return carry(of) if of else 0
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("A change of many records could not be carried on")
        with gathered():
            of = _next()
            if of is not None:
                of.state = State.STOPPED
                of.save(update_fields=["state"])
                touch(TOPIC, of.pk)
        return 1


def _next() -> BulkChange | None:
    rows = BulkChange.objects.select_for_update(skip_locked=True, of=("self",)).filter(state__in=BUSY)
    return rows.order_by("pk").select_related("by").first()


def carry(of: BulkChange) -> int:
    """Carry out the next records, in the transaction of the caller; few are thereby done at once."""
    lines = list(of.lines.filter(pk__gt=of.place)[:BATCH])
    # Problems are told in the language of who asked, and his zone is the one that days are meant in.
    with catalogue.remembered(), translation.override(of.by.language), timezone.override(ZoneInfo(of.by.zone)):
        if lines:
            (_change if of.state == State.RUNNING else _undo)(of, lines)
            of.place = lines[-1].pk
    if len(lines) < BATCH:
        of.state = State.DONE if of.state == State.RUNNING else State.UNDONE
        of.place, of.ended_at = 0, clock.now()
    of.save(update_fields=["state", "place", "ended_at"])
    touch(TOPIC, of.pk)
    return 1


def _change(of: BulkChange, lines: Sequence[BulkLine]) -> None:
    """Do to each record what was asked, as it stands now; what is refused is told of its line."""
    record_type = queries.type_named(of.record_type)
    there = queries.rows(record_type, by=of.by_id).in_bulk([line.record_id for line in lines])
    open_lines = [line for line in lines if _is_open(of, line, there.get(line.record_id))]
    call, verb = _call(of), verbs[of.record_type]
    records = [there[line.record_id] for line in open_lines]
    if of.act == Act.REMOVE:
        answers = verb.remove.many([(call, {"record": record}) for record in records])
    else:
        answers = verb.change.many([(call, {"record": one, "values": {of.field: of.value}}) for one in records])
    for line, answer in zip(open_lines, answers, strict=True):
        line.outcome = Outcome.REFUSED if isinstance(answer, Refused) else Outcome.DONE
        line.sentence = answer.sentence() if isinstance(answer, Refused) else ""
    _keep(lines)


def _is_open(of: BulkChange, line: BulkLine, record: Record | None) -> bool:
    """Note what was there before; tell whether there is anything to do."""
    if record is None:
        line.outcome, line.sentence = Outcome.REFUSED, gettext(GONE)
        return False
    if of.act == Act.CHANGE:
        field = catalogue.current().field(queries.type_named(of.record_type), of.field)
        line.before = held(field, field.of(record))
        if line.before == of.value:
            line.outcome = Outcome.SAME
            return False
    return True


def _undo(of: BulkChange, lines: Sequence[BulkLine]) -> None:
    """Give back what was there before; what somebody has changed since stays, and is told."""
    done = [line for line in lines if line.outcome == Outcome.DONE and not line.undone]
    record_type = queries.type_named(of.record_type)
    trash = of.act == Act.REMOVE
    there = queries.rows(record_type, by=of.by_id, trash=trash).in_bulk([line.record_id for line in done])
    found = [line for line in done if line.record_id in there]
    call, verb = _call(of), verbs[of.record_type]
    asks: list[tuple[Call, Mapping[str, Any]]] = [(call, {"record": there[line.record_id]}) for line in found]
    if not trash:
        seen = {of.field: of.value}
        asks = [
            (call, {**given, "values": {of.field: line.before}, "seen": seen})
            for line, (_call_, given) in zip(found, asks, strict=True)
        ]
    answers = (verb.restore if trash else verb.change).many(asks)
    told = dict(zip((line.pk for line in found), answers, strict=True))
    for line in done:
        answer = told.get(line.pk)
        line.undone = Undone.BACK if isinstance(answer, Record) else Undone.KEPT
        if not isinstance(answer, Record):
            line.sentence = gettext(CHANGED_SINCE) if answer is None or isinstance(answer, Clash) else answer.sentence()
    _keep(done)


def _call(of: BulkChange) -> Call:
    return Call(of.by_id, clock.now(), f"bulk:{of.pk}", Cause(SCREEN))


def _keep(lines: Sequence[BulkLine]) -> None:
    rows = [[one.pk, str(one.outcome), encode(one.before), one.sentence, str(one.undone)] for one in lines]
    sets.execute(TOLD, rows) if rows else None
