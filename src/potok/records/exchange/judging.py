"""What becomes of rows: which record each is about, and what it would change there. No record is written here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from potok.engine import values
from potok.engine.values import Value
from potok.kit import sets
from potok.kit.errors import Refusals, Refused
from potok.people import public as people
from potok.records import access, catalogue, queries
from potok.records import rules as record_rules
from potok.records.duplicates.heirs import heirs
from potok.records.exchange import matching, reading, rules
from potok.records.exchange.guessing import ID
from potok.records.exchange.models import Import, ImportKey, ImportLine
from potok.records.exchange.reading import Problem, Row
from potok.records.exchange.rules import Match, Outcome, Waits
from potok.records.fields import Field, Text
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens.fields import held, items

Fields = Mapping[str, Field]
CANDIDATES_MAX = 20
UNCLEAR = {
    Waits.SEVERAL: rules.AMBIGUOUS,
    Waits.MERGED: rules.MERGED_AWAY,
    Waits.TRASH: rules.IN_TRASH,
}
NOTE = "INSERT INTO records_importkey (of_id, key, number) SELECT * FROM unnest(%b::bigint[], %b::text[], %b::int[])"


@dataclass(frozen=True)
class Found:
    """The records that a row is about: those that are there, else those that what it fits became part of, else those in
    the trash that the person may bring back."""

    kept: Sequence[Record] = ()
    heirs: Sequence[Record] = ()
    buried: Sequence[Record] = ()

    @property
    def fits(self) -> Sequence[Record]:
        return self.kept or self.heirs or self.buried

    @property
    def waits(self) -> Waits:
        if self.kept:
            return Waits.SEVERAL if len(self.kept) > 1 else Waits.ONE
        return Waits.MERGED if self.heirs else Waits.TRASH


@dataclass
class Verdict:
    """What is to be done about a line: `values` to add or to change, against the `record` that is there."""

    line: ImportLine
    outcome: Outcome
    values: dict[str, Value] = field(default_factory=dict)
    record: Record | None = None
    problems: list[Problem] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    waits: Waits = Waits.NOT
    candidates: Sequence[int] = ()


def judge(of: Import, lines: Sequence[ImportLine]) -> list[Verdict]:
    """Say for each line what becomes of it now; lines come in the order of the file."""
    known = reading.fields(of)
    rows = reading.read(of, [line.cells for line in lines])
    if _closed(of, known):
        closed: list[Problem] = [{"place": "", "sentence": gettext(rules.CLOSED)}]
        return [Verdict(line, Outcome.WRONG, problems=closed) for line in lines]
    under = [keys(known, of.keys, row) for row in rows]
    there = _found(of, known, rows, under)
    first = _first_rows(of, lines, under) if of.on_match != Match.ADD else [line.number for line in lines]
    return [_verdict(of, known, *each) for each in zip(lines, rows, there, first, strict=True)]


def _closed(of: Import, known: Fields) -> bool:
    """Tell whether a field that was chosen is hidden by now, or may only be read: rights change on the way."""
    keys, written = {*of.keys}, {*of.columns, *of.usual} - {*of.keys, "", ID}
    return not known.keys() >= (keys | written) - {ID} or any(known[name].read_only for name in written)


def keys(known: Fields, chosen: Sequence[str], row: Row) -> list[str]:
    """The texts by which a row is known: a record that has one of them is the same."""
    found = [f"{ID}:{row.id}"] if ID in chosen and row.id else []
    for name in chosen:
        if name in known and name in row.values:
            found += _keys(known[name], row.values[name])
    return found


def _keys(one: Field, value: Value) -> list[str]:
    plain = (str(one.to_plain(item)) if not isinstance(item, str) else item for item in items(value))
    return [f"{one.name}:{people.folded(text)}" for text in plain]


def _found(of: Import, known: Fields, rows: Sequence[Row], asked: Sequence[Sequence[str]]) -> list[Found]:
    """What each row is about, as far as the person may see it."""
    if of.on_match == Match.ADD or not of.keys:
        return [Found() for _ in rows]
    record_type = queries.type_named(of.record_type)
    ids = {row.id for row in rows if row.id} if ID in of.keys else set()
    for name in of.keys:
        if name != ID:
            ids |= matching.ids(
                record_type, known[name], [item for row in rows for item in items(row.values.get(name))]
            )
    kept = list(queries.rows(record_type, by=of.by_id).filter(pk__in=ids)) if ids else []
    rest = ids - {one.pk for one in kept}
    became = heirs(of.record_type, rest)
    lost = list(queries.rows(record_type, by=of.by_id, trash=True).filter(pk__in=became)) if became else []
    merged = _called(of, known, lost)
    grown = queries.rows(record_type, by=of.by_id).in_bulk([*became.values()])
    there, gone = _called(of, known, kept), _called(of, known, _buried(record_type, rest - became.keys(), by=of.by_id))
    return [Found(_about(one, there), _grown(_about(one, merged), became, grown), _about(one, gone)) for one in asked]


def _grown(lost: Sequence[Record], became: Mapping[int, int], grown: Mapping[int, Record]) -> Sequence[Record]:
    """What records that were merged away are part of by now, as far as the person may see it."""
    return [grown[id] for id in dict.fromkeys(became[one.pk] for one in lost) if id in grown]


def _buried(record_type: RecordType, ids: set[int], *, by: int) -> Sequence[Record]:
    """Those in the trash that the person may bring back; others are no matter of his."""
    may = access.reach(by, record_type, "remove")
    if not ids or may.is_nowhere:
        return []
    return list(queries.rows(record_type, by=by, trash=True).filter(may.narrows(), pk__in=ids))


def _called(of: Import, known: Fields, records: Sequence[Record]) -> Mapping[str, Mapping[int, Record]]:
    """Records by the texts they are known by."""
    called: dict[str, dict[int, Record]] = defaultdict(dict)
    for record in records:
        called[f"{ID}:{record.pk}"][record.pk] = record
        for name in of.keys:
            for key in _keys(known[name], known[name].of(record)) if name != ID else ():
                called[key][record.pk] = record
    return called


def _about(texts: Sequence[str], called: Mapping[str, Mapping[int, Record]]) -> Sequence[Record]:
    return list({pk: one for key in texts for pk, one in called.get(key, {}).items()}.values())


def _first_rows(of: Import, lines: Sequence[ImportLine], under: Sequence[Sequence[str]]) -> list[int]:
    """The first row of the file that is about the same record, for each line; rows come here in their order."""
    wanted = list({key for texts in under for key in texts})
    first = dict(ImportKey.objects.filter(of=of, key__in=wanted).values_list("key", "number")) if wanted else {}
    new: dict[str, int] = {}
    for line, texts in zip(lines, under, strict=True):
        for key in texts:
            if key not in first:
                first[key] = new[key] = line.number
    if new:
        sets.execute(NOTE, [(of.pk, key, number) for key, number in new.items()])
    return [min((first[key] for key in texts), default=line.number) for line, texts in zip(lines, under, strict=True)]


def _verdict(of: Import, known: Fields, line: ImportLine, row: Row, found: Found, first: int) -> Verdict:
    match = Match(line.answer or of.on_match)
    fits = found.fits
    if problems := _problems(of, line, row, fits, first=first, match=match):
        return Verdict(line, Outcome.WRONG, problems=problems)
    if not fits:
        return _addition(of, known, line, row)
    verdict = _fitting(of, known, line, row, found)
    # What was answered may be answered otherwise until it is carried out.
    if verdict.outcome is Outcome.ASK or line.answer:
        verdict.waits, verdict.candidates = found.waits, sorted(one.pk for one in fits)[:CANDIDATES_MAX]
    return verdict


def _problems(
    of: Import, line: ImportLine, row: Row, fits: Sequence[Record], *, first: int, match: Match
) -> list[Problem]:
    problems = list(row.problems)
    if first < line.number and match is not Match.ADD:
        problems.append({"place": "", "sentence": gettext(rules.REPEATED).format(row=first)})
    elif not fits and ID in of.keys and row.id:
        problems.append({"place": ID, "sentence": gettext(rules.NO_NUMBER).format(text=row.id)})
    return problems


def _fitting(of: Import, known: Fields, line: ImportLine, row: Row, found: Found) -> Verdict:
    """What becomes of a row that is about records which are there: as was chosen for all rows, or answered for it."""
    match, fits = Match(line.answer or of.on_match), found.fits
    if match is Match.ADD:
        return _addition(of, known, line, row)
    if match is Match.SKIP and (found.waits is not Waits.TRASH or line.answer):
        return Verdict(line, Outcome.SKIP, record=fits[0])
    target = _meant(line, fits)
    if target is None or (found.waits is not Waits.ONE and not line.answer):
        return Verdict(line, Outcome.ASK, problems=[_unclear(found)])
    change = _change(of, known, line, row, target, fills=match is Match.MERGE)
    if change.outcome is Outcome.WRONG:
        return change
    if match is Match.ASK and change.outcome is not Outcome.SAME:
        change.outcome = Outcome.ASK
    elif found.waits is Waits.TRASH:
        change.outcome = Outcome.RESTORE
    return change


def _meant(line: ImportLine, fits: Sequence[Record]) -> Record | None:
    """The record that was chosen, nothing if it is not there any more; if none was, the one that was changed last."""
    if line.chosen_id:
        return next((one for one in fits if one.pk == line.chosen_id), None)
    return max(fits, key=lambda one: (one.changed_at, one.pk))


def _unclear(found: Found) -> Problem:
    titles = ", ".join(f"{one.title} (№ {one.pk})" for one in found.fits[:3])
    return {"place": "", "sentence": gettext(UNCLEAR[found.waits]).format(found=titles)}


def _addition(of: Import, known: Fields, line: ImportLine, row: Row) -> Verdict:
    said = _written(known, row)
    problems = [
        {"place": one.name, "sentence": record_rules.REQUIRED(field=one.title).sentence()}
        for one in known.values()
        if one.required and not one.read_only and one.default is None and values.is_empty(said.get(one.name))
    ]
    problems += _checked(queries.type_named(of.record_type), {}, said)
    if problems:
        return Verdict(line, Outcome.WRONG, problems=problems)
    return Verdict(line, Outcome.ADD, said, after={name: held(known[name], value) for name, value in said.items()})


def _change(of: Import, known: Fields, line: ImportLine, row: Row, record: Record, *, fills: bool) -> Verdict:
    """Only what the file itself says is changed: the usual values are for records that are new."""
    record_type = queries.type_named(of.record_type)
    said = {name: value for name, value in _written(known, row).items() if name in of.columns}
    held_now = {name: known[name].of(record) for name in said}
    merged = {name: _merged(known[name], held_now[name], value, fills=fills) for name, value in said.items()}
    differs = {name: value for name, value in merged.items() if value != held_now[name]}
    if not differs:
        return Verdict(line, Outcome.SAME, record=record)
    if record_type.check:
        now = {name: one.of(record) for name, one in catalogue.whole().of(record_type).items()}
        if problems := _checked(record_type, now, {**now, **differs}):
            return Verdict(line, Outcome.WRONG, problems=problems)
    before = {name: held(known[name], held_now[name]) for name in differs}
    after = {name: held(known[name], value) for name, value in differs.items()}
    return Verdict(line, Outcome.CHANGE, differs, record, before=before, after=after)


def _written(known: Fields, row: Row) -> dict[str, Value]:
    """What the row says of fields that are not for reading only."""
    return {name: value for name, value in row.values.items() if not known[name].read_only}


def _merged(one: Field, now: Value, given: Value, *, fills: bool) -> Value:
    """A phone or a mail more is added to those that are there; anything else takes the place of what was, or only of
    nothing."""
    if one.multiple and isinstance(now, tuple) and isinstance(given, tuple) and not isinstance(one, Text):
        return tuple(dict.fromkeys([*now, *given]))
    return now if fills and not values.is_empty(now) else given


def _checked(record_type: RecordType, before: Mapping[str, Value], after: Mapping[str, Value]) -> list[Problem]:
    try:
        if record_type.check:
            record_type.check(before, after)
    except Refused as refused:
        return told(refused)
    return []


def told(refused: Refused) -> list[Problem]:
    """A refusal as problems of a line."""
    each = list(refused) if isinstance(refused, Refusals) else [refused]
    return [{"place": one.place or "", "sentence": one.sentence()} for one in each]
