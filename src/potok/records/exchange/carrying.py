"""Imports carried on in the background: tried, written, taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from potok.kit import clock, sets
from potok.kit.calls import IMPORT, Call, Cause
from potok.kit.errors import Refusals, Refused
from potok.kit.events import encode
from potok.kit.loops import loop
from potok.kit.words import _
from potok.records import catalogue, queries
from potok.records.exchange import judging, rules
from potok.records.exchange.judging import Verdict
from potok.records.exchange.models import Import, ImportLine
from potok.records.exchange.rules import Outcome
from potok.records.models import Record
from potok.records.works.carrying import Carrier
from potok.records.works.rules import CHANGED_SINCE, State, Undone
from potok.records.writing import Clash, Read, Verbs, verbs

TOLD = """UPDATE records_importline l SET outcome = d.outcome, is_kept = d.kept, record_id = d.record,
        revision = d.revision, before = d.before, after = d.after, problems = d.problems, undone = d.undone,
        waits = d.waits, candidates = d.candidates
    FROM unnest(%b::bigint[], %b::text[], %b::bool[], %b::bigint[], %b::int[],
                %b::text[]::jsonb[], %b::text[]::jsonb[], %b::text[]::jsonb[], %b::text[],
                %b::text[], %b::text[]::jsonb[])
        d(id, outcome, kept, record, revision, before, after, problems, undone, waits, candidates) WHERE l.id = d.id"""
TO_DO = (Outcome.ADD, Outcome.CHANGE, Outcome.RESTORE)
PARTLY = _("Somebody has changed it since, and so this stays: {fields}.")


def check(of: Import, lines: Sequence[ImportLine]) -> None:
    """Note what would become of each line."""
    for verdict in judging.judge(of, lines):
        _note(verdict)
    _keep(lines)


def _write(of: Import, lines: Sequence[ImportLine]) -> None:
    """Add and change, as the records stand now; what is refused is told of its line.

    What was shown as unchanged, left out or wrong stays so: it is not looked at again.
    """
    open_lines = [line for line in lines if not line.is_kept and line.outcome in TO_DO]
    known = {line.pk: (line.outcome, line.record_id) for line in open_lines}
    verdicts = judging.judge(of, open_lines)
    for verdict in verdicts:
        if verdict.outcome is Outcome.ASK:
            verdict.outcome, verdict.problems = Outcome.WRONG, [{"place": "", "sentence": gettext(rules.APPEARED)}]
    call, verb = _call(of), verbs[of.record_type]
    added = [one for one in verdicts if one.outcome is Outcome.ADD]
    changed = [one for one in verdicts if one.outcome is Outcome.CHANGE]
    for verdict in verdicts:
        _note(verdict)
    # The file may give records away to others; what it adds is the importer's unless it says so.
    _answered(added, verb.add.many([(call, {"values": Read(one.values)}) for one in added]))
    _answered(changed, verb.change.many(_changes(call, changed)))
    _bring_back(call, verb, [one for one in verdicts if one.outcome is Outcome.RESTORE])
    # What stays as the check has told it is not told again.
    _keep([one for one in open_lines if one.is_kept or known[one.pk] != (one.outcome, one.record_id) or one.problems])


def _changes(call: Call, verdicts: Sequence[Verdict]) -> list[tuple[Call, Mapping[str, Any]]]:
    return [(call, {"record": one.record, "values": Read(one.values), "seen": one.before}) for one in verdicts]


def _bring_back(call: Call, verb: Verbs, verdicts: Sequence[Verdict]) -> None:
    """Take records out of the trash, and then change them; one that refuses the change is back all the same."""
    _answered(verdicts, verb.restore.many([(call, {"record": one.record}) for one in verdicts]))
    changed = [one for one in verdicts if one.line.is_kept and one.values]
    for verdict, answer in zip(changed, verb.change.many(_changes(call, changed)), strict=True):
        line = verdict.line
        if isinstance(answer, Refused):
            line.before, line.after, line.problems = {}, {}, judging.told(answer)
        else:
            line.revision = answer.revision


def _call(of: Import) -> Call:
    cause = Cause(IMPORT, title=of.name, quiet=not of.starts_processes)
    return Call(of.by_id, clock.now(), f"import:{of.pk}", cause)


def _note(verdict: Verdict) -> None:
    line = verdict.line
    line.outcome, line.problems = verdict.outcome, verdict.problems
    line.record_id = verdict.record.pk if verdict.record else None
    line.before, line.after = verdict.before, verdict.after
    line.waits, line.candidates = verdict.waits, list(verdict.candidates)


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
    for outcome, take_back in ((Outcome.ADD, _remove), (Outcome.CHANGE, _restore), (Outcome.RESTORE, _bury)):
        chosen = [line for line in kept if line.outcome == outcome and line.record_id in there]
        take_back(call, verb, chosen, there)
    for line in kept:
        if line.record_id not in there:
            line.undone = Undone.BACK
    _keep(kept)


def _remove(call: Call, verb: Verbs, lines: Sequence[ImportLine], there: Mapping[int, Record]) -> None:
    untouched = _untouched(lines, there)
    _taken_back(untouched, verb.remove.many([(call, {"record": there[line.record_id or 0]}) for line in untouched]))


def _bury(call: Call, verb: Verbs, lines: Sequence[ImportLine], there: Mapping[int, Record]) -> None:
    """What was brought back holds again what it held, and goes into the trash."""
    untouched = _untouched(lines, there)
    changed = [line for line in untouched if line.before]
    asks = [(call, {"record": there[line.record_id or 0], "values": line.before, "seen": line.after})
            for line in changed]  # fmt: skip
    refused = {
        line.pk: answer
        for line, answer in zip(changed, verb.change.many(asks), strict=True)
        if isinstance(answer, Refused)
    }
    _taken_back([line for line in changed if line.pk in refused], list(refused.values()))
    rest = [line for line in untouched if line.pk not in refused]
    _taken_back(rest, verb.remove.many([(call, {"record": there[line.record_id or 0]}) for line in rest]))


def _untouched(lines: Sequence[ImportLine], there: Mapping[int, Record]) -> list[ImportLine]:
    """Those whose records nobody has touched since; of the others it is told what stays."""
    untouched = []
    for line in lines:
        record = there[line.record_id or 0]
        if record.removed_at is not None:
            line.undone = Undone.BACK  # somebody has put it into the trash himself
        elif record.revision == line.revision:
            untouched.append(line)
        else:
            _stays(line, gettext(CHANGED_SINCE))
    return untouched


def _restore(call: Call, verb: Verbs, lines: Sequence[ImportLine], there: Mapping[int, Record]) -> None:
    """Give the fields back what they held; those that somebody has changed since stay, and those that hold such values
    no longer; the others go back all the same."""
    if not lines:
        return
    known = catalogue.current().of(queries.type_named(there[lines[0].record_id or 0].record_type))

    def ask(line: ImportLine, names: Sequence[str]) -> tuple[Call, Mapping[str, Any]]:
        values, seen = ({name: held[name] for name in names} for held in (line.before, line.after))
        return call, {"record": there[line.record_id or 0], "values": values, "seen": seen}

    given = [[name for name in line.before if name in known] for line in lines]
    answers = verb.change.many([ask(line, names) for line, names in zip(lines, given, strict=True)])
    _taken_back(lines, answers)
    rest = [
        (line, left, stay)
        for line, names, answer in zip(lines, given, answers, strict=True)
        if isinstance(answer, Refused)
        and (stay := [name for name in _refused(answer) if name in names])
        and (left := [name for name in names if name not in stay])
    ]
    again = verb.change.many([ask(line, left) for line, left, _stay in rest])
    for (line, _left, stay), answer in zip(rest, again, strict=True):
        if not isinstance(answer, Refused):
            _stays(line, gettext(PARTLY).format(fields=", ".join(str(known[name].title) for name in stay)))


def _refused(answer: Refused) -> list[str]:
    """The fields that were refused."""
    if isinstance(answer, Clash):
        return [name for name, *_ in answer.sides]
    each = list(answer) if isinstance(answer, Refusals) else [answer]
    return [one.place for one in each if one.place]


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
        line.pk, str(line.outcome), line.is_kept, line.record_id, line.revision,
        _text(line.before), _text(line.after), _text(line.problems), str(line.undone),
        str(line.waits), encode(line.candidates),
    ]  # fmt: skip


def _text(held: Mapping[str, Any] | Sequence[Any]) -> str:
    return encode(held) if held else "[]" if isinstance(held, list) else "{}"


carrier = Carrier(Import, {State.CHECKING: check, State.RUNNING: _write, State.UNDOING: _undo}, line="number")
loop("imports")(carrier.run)
run_until_idle, serve = carrier.run_until_idle, carrier.serve
