"""Imports carried on in the background: tried, written, taken back, so many rows at a time.

A batch is a transaction: it begins where the one before has ended, so that whatever happens between is nobody's loss.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext

from potok.kit import clock, sets
from potok.kit.calls import IMPORT, Call, Cause
from potok.kit.errors import Refused
from potok.kit.events import encode, gathered, touch
from potok.kit.loops import loop
from potok.kit.words import _
from potok.records import catalogue, queries
from potok.records.exchange import judging
from potok.records.exchange.judging import Verdict
from potok.records.exchange.models import Import, ImportLine
from potok.records.exchange.rules import BUSY, Outcome, State, Undone
from potok.records.models import Record
from potok.records.writing import Clash, Verbs, verbs

BATCH = 500
IDLE_SECONDS = 1.0
TOPIC = "import"
TOLD = """UPDATE records_importline l SET keys = d.keys, outcome = d.outcome, is_kept = d.kept, record_id = d.record,
        revision = d.revision, before = d.before, after = d.after, problems = d.problems, undone = d.undone
    FROM unnest(%b::bigint[], %b::text[]::jsonb[], %b::text[], %b::bool[], %b::bigint[], %b::int[],
                %b::text[]::jsonb[], %b::text[]::jsonb[], %b::text[]::jsonb[], %b::text[])
        d(id, keys, outcome, kept, record, revision, before, after, problems, undone) WHERE l.id = d.id"""
CHANGED_SINCE = _("Somebody changed it after the import, and so it stays.")
log = logging.getLogger(__name__)


@loop("imports")
def run(stop: threading.Event) -> None:
    """Carry imports on until told to stop."""
    while not stop.is_set():
        try:
            if not serve():
                stop.wait(IDLE_SECONDS)
        except (OperationalError, InterfaceError) as failure:
            log.warning("The loop of imports lost its database and looks for it again: %s", failure)
            connection.close()
            stop.wait(IDLE_SECONDS)


def run_until_idle(*, batches: int = 1_000) -> int:
    """Carry on until nothing is left to do; answers how many batches it took. For tests and demos."""
    return next((count for count in range(batches) if not serve()), batches)


def serve() -> int:
    """Carry one batch of one import; answers how many there were, one or none."""
    try:
        with gathered(), catalogue.remembered():
            of = _next()
            return _batch(of) if of else 0
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("An import could not be carried on")
        with gathered():
            of = _next()
            if of is not None:
                _stop(of)
        return 1


def _next() -> Import | None:
    rows = Import.objects.select_for_update(skip_locked=True, of=("self",)).filter(state__in=BUSY)
    return rows.order_by("place", "pk").select_related("by").first()


def _stop(of: Import) -> None:
    of.state = State.MAPPING if of.state == State.CHECKING else State.STOPPED
    of.save(update_fields=["state"])
    touch(TOPIC, of.pk)


def _batch(of: Import) -> int:
    lines = list(of.lines.filter(number__gt=of.place).order_by("number")[:BATCH])
    with _as_read_by(of.by):
        if lines:
            {State.CHECKING: _check, State.RUNNING: _write, State.UNDOING: _undo}[State(of.state)](of, lines)
            of.place = lines[-1].number
    if len(lines) < BATCH:
        ended = {State.CHECKING: State.CHECKED, State.RUNNING: State.DONE, State.UNDOING: State.UNDONE}
        of.state, of.place, of.ended_at = ended[State(of.state)], 0, clock.now()
    of.save(update_fields=["state", "place", "ended_at"])
    touch(TOPIC, of.pk)
    return 1


@contextmanager
def _as_read_by(person: Any) -> Iterator[None]:
    """Dates are meant in the zone of who imports, and problems are told in his language."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.zone)):
        yield


def _check(of: Import, lines: Sequence[ImportLine]) -> None:
    """Note what would become of each line."""
    for verdict in judging.judge(of, lines):
        _note(verdict)
    _keep(lines)


def _write(of: Import, lines: Sequence[ImportLine]) -> None:
    """Add and change, as the records stand now; what is refused is told of its line."""
    open_lines = [line for line in lines if not line.is_kept]
    verdicts = judging.judge(of, open_lines)
    call, verb = _call(of), verbs[of.record_type]
    added = [one for one in verdicts if one.outcome is Outcome.ADD]
    changed = [one for one in verdicts if one.outcome is Outcome.CHANGE]
    for verdict in verdicts:
        _note(verdict)
    # The file may give records away to others; what it adds is the importer's unless it says so.
    _answered(added, verb.add.many([(call, {"values": one.values}) for one in added]))
    asks = [(call, {"record": one.record, "values": one.values, "seen": one.before}) for one in changed]
    _answered(changed, verb.change.many(asks))
    _keep(lines)


def _call(of: Import) -> Call:
    cause = Cause(IMPORT, title=of.name, quiet=not of.starts_processes)
    return Call(of.by_id, clock.now(), f"import:{of.pk}", cause)


def _note(verdict: Verdict) -> None:
    line = verdict.line
    line.outcome, line.problems = verdict.outcome, verdict.problems
    line.record_id = verdict.record.pk if verdict.record else None
    line.before, line.after = verdict.before, verdict.after


def _answered(verdicts: Sequence[Verdict], answers: Sequence[Record | Refused]) -> None:
    for verdict, answer in zip(verdicts, answers, strict=True):
        line = verdict.line
        if isinstance(answer, Refused):
            line.outcome, line.problems = Outcome.WRONG, judging.told(answer)
        else:
            line.is_kept, line.record_id, line.revision = True, answer.pk, answer.revision


def _undo(of: Import, lines: Sequence[ImportLine]) -> None:
    """Take back what the import did; what somebody has changed since stays, and is told."""
    kept = [line for line in lines if line.is_kept and not line.undone]
    record_type = queries.type_named(of.record_type)
    there = record_type.rows().in_bulk([line.record_id for line in kept])
    call, verb = _call(of), verbs[of.record_type]
    for outcome, take_back in ((Outcome.ADD, _remove), (Outcome.CHANGE, _restore)):
        chosen = [line for line in kept if line.outcome == outcome and line.record_id in there]
        take_back(call, verb, chosen, there)
    for line in kept:
        if line.record_id not in there:
            line.undone = Undone.BACK
    _keep(kept)


def _remove(call: Call, verb: Verbs, lines: Sequence[ImportLine], there: Mapping[int, Record]) -> None:
    untouched = []
    for line in lines:
        if there[line.record_id or 0].revision == line.revision:
            untouched.append(line)
        else:
            _stays(line, gettext(CHANGED_SINCE))
    _taken_back(untouched, verb.remove.many([(call, {"record": there[line.record_id or 0]}) for line in untouched]))


def _restore(call: Call, verb: Verbs, lines: Sequence[ImportLine], there: Mapping[int, Record]) -> None:
    asks = [(call, {"record": there[line.record_id or 0], "values": line.before, "seen": line.after}) for line in lines]
    _taken_back(lines, verb.change.many(asks))


def _taken_back(lines: Sequence[ImportLine], answers: Sequence[Any]) -> None:
    for line, answer in zip(lines, answers, strict=True):
        if isinstance(answer, Refused):
            _stays(line, gettext(CHANGED_SINCE) if isinstance(answer, Clash) else answer.sentence())
        else:
            line.undone = Undone.BACK


def _stays(line: ImportLine, why: str) -> None:
    line.undone, line.problems = Undone.KEPT, [{"place": "", "sentence": why}]


def _keep(lines: Sequence[ImportLine]) -> None:
    sets.execute(TOLD, [_held(line) for line in lines]) if lines else None


def _held(line: ImportLine) -> list[Any]:
    return [
        line.pk, encode(line.keys), str(line.outcome), line.is_kept, line.record_id, line.revision,
        encode(line.before), encode(line.after), encode(line.problems), str(line.undone),
    ]  # fmt: skip
