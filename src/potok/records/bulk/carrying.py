"""Changes of many records carried out and taken back, a batch of lines at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from potok.kit import clock, sets
from potok.kit.calls import SCREEN, Call, Cause
from potok.kit.errors import Refused
from potok.kit.events import encode
from potok.kit.loops import loop
from potok.records import catalogue, queries
from potok.records.bulk.models import BulkChange, BulkLine
from potok.records.bulk.rules import GONE, Act, Outcome
from potok.records.models import Record
from potok.records.screens.fields import held
from potok.records.works.carrying import Carrier
from potok.records.works.rules import CHANGED_SINCE, State, Undone
from potok.records.writing import Clash, verbs

TOLD = """UPDATE records_bulkline l SET outcome = d.outcome, before = d.before, sentence = d.sentence, undone = d.undone
    FROM unnest(%b::bigint[], %b::text[], %b::text[]::jsonb[], %b::text[], %b::text[])
        d(id, outcome, before, sentence, undone) WHERE l.id = d.id"""


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


carrier = Carrier(BulkChange, {State.RUNNING: _change, State.UNDOING: _undo})
loop("bulk_changes")(carrier.run)
run_until_idle, serve, carry = carrier.run_until_idle, carrier.serve, carrier.carry
