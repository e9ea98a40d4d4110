"""Imports from the first look at a file to writing it. The work is done by `carrying`, stopped and taken back as every
work."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO

from django.db.models import Q, QuerySet

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.events import encode
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.records import catalogue, queries
from potok.records.exchange import carrying, guessing, rules, sheets
from potok.records.exchange.guessing import ID
from potok.records.exchange.models import Import, ImportKey, ImportLine
from potok.records.exchange.rules import Match, Outcome, Waits
from potok.records.record_types import RecordType
from potok.records.works import operations as works
from potok.records.works.carrying import BATCH, as_read_by
from potok.records.works.rules import State

LINES_AT_ONCE = 5_000
FIRST = 2  # spreadsheets count from one, and the headings stand in the first row
LINES = """INSERT INTO records_importline (of_id, number, cells, outcome, is_kept, revision, before, after,
        problems, undone)
    SELECT d.of, d.number, d.cells, '', FALSE, 0, '{}', '{}', '[]', ''
    FROM unnest(%b::bigint[], %b::int[], %b::text[]::jsonb[]) d(of, number, cells)"""


@operation("records.import.begin", needs="")
def begin(call: Call, *, record_type: str, name: str, content: bytes | BinaryIO) -> Import:
    """Read a file and guess what its columns are; nothing is written to records yet."""
    of = queries.type_named(record_type)
    works.check_may(call.by, permission=of.may("import"))
    author = call.author
    if author is None:
        raise FORBIDDEN(permission=permissions[of.may("import")].title)
    sheet = sheets.read(name, content)
    first = list(islice(sheet.rows, guessing.SAMPLES))
    columns = guessing.columns(of, sheet.headings, first, by=author)
    made: Import = Import.objects.create(
        record_type=of.name,
        by_id=author,
        name=name[:200],
        encoding=sheet.encoding,
        made_at=call.at,
        headings=list(sheet.headings),
        columns=columns,
        keys=[ID] if ID in columns else [],
    )
    made.total = _note_lines(made, chain(first, sheet.rows))
    made.save(update_fields=["total"])
    return made


def _note_lines(made: Import, rows: Iterator[Sequence[str]]) -> int:
    """A line for each row, so many in one statement: the file is never held as a whole."""
    count = 0
    while batch := list(islice(rows, LINES_AT_ONCE)):
        sets.execute(LINES, [(made.pk, count + FIRST + place, encode(row)) for place, row in enumerate(batch)])
        count += len(batch)
    return count


@operation("records.import.choose", needs="")
def choose(
    call: Call,
    *,
    of: Import,
    columns: Sequence[str],
    usual: Mapping[str, Any] | None = None,
    keys: Sequence[str] = (),
    on_match: str = Match.UPDATE,
    starts_processes: bool = False,
) -> Import:
    """Say how the file is to be read; what would become of each row is then worked out in the background."""
    works.expect(call, of, State.MAPPING, State.CHECKED)
    record_type = queries.type_named(of.record_type)
    _check_columns(record_type, columns, keys, by=of.by_id)
    of.usual = _usual(record_type, usual or {}, by=of.by_id)
    of.columns, of.keys, of.on_match = list(columns), list(keys), _match(on_match)
    of.starts_processes = starts_processes
    guessing.remember(record_type, of.headings, columns, by=of.by_id)
    ImportKey.objects.filter(of=of).delete()
    told: dict[str, Any] = {"outcome": "", "before": {}, "after": {}, "problems": [], "record_id": None}
    of.lines.update(answer="", waits="", candidates=[], chosen_id=None, **told)
    return works.go(of, State.CHECKING)


@operation("records.import.change", needs="")
def change(call: Call, *, of: Import) -> Import:
    """Go back to the choice of columns."""
    works.expect(call, of, State.CHECKED, State.CHECKING)
    return works.go(of, State.MAPPING)


@operation("records.import.carry_out", needs="")
def carry_out(call: Call, *, of: Import) -> Import:
    """Write what was shown, in the background."""
    works.expect(call, of, State.CHECKED)
    if left := of.lines.filter(outcome=Outcome.ASK).count():
        raise rules.UNANSWERED(count=left)
    return works.go(of, State.RUNNING)


@operation("records.import.answer", needs="")
def answer(
    call: Call,
    *,
    of: Import,
    match: str,
    rows: Sequence[int] | None = None,
    records: Mapping[int, int] | None = None,
    waits: str = "",
) -> Import:
    """Say what becomes of rows that fit records which are there: of those with these numbers, or of all that are left.

    `records` names by the number of a row the record that it is about; of several the one that was changed last is
    meant if none is named. `waits` are the rows that wait for one reason only. Of few rows what becomes of them is
    known at once, of many it is worked out anew.
    """
    works.expect(call, of, State.CHECKED)
    said = "" if (one := _match(match)) is Match.ASK else one.value
    asked = _asked(of, rows=[*records] if records else rows, waits=waits)
    lines = list(asked[: BATCH + 1])
    if not lines:
        raise rules.NOT_ASKED()
    if len(lines) > BATCH:
        asked.order_by().update(answer=said, chosen_id=None)
        return works.go(of, State.CHECKING)
    for line in lines:
        line.answer, line.chosen_id = said, _chosen(line, records or {})
    ImportLine.objects.bulk_update(lines, ["answer", "chosen_id"])
    with catalogue.remembered(), as_read_by(of.by):
        carrying.check(of, lines)
    return works.go(of, State.CHECKED)


def _asked(of: Import, *, rows: Sequence[int] | None, waits: str) -> "QuerySet[ImportLine]":
    """The rows that wait; among those that are named also the ones that were answered already."""
    waiting, answered = Q(outcome=Outcome.ASK), ~Q(answer="")
    asked: QuerySet[ImportLine] = of.lines.filter(waiting)
    if rows is not None:
        asked = of.lines.filter(waiting | answered, number__in=list(rows))
    return asked.filter(waits=waits) if waits in list(Waits) and waits else asked


def _chosen(line: ImportLine, records: Mapping[int, int]) -> int | None:
    chosen = records.get(line.number)
    if chosen is not None and chosen not in line.candidates:
        raise rules.NOT_ASKED()
    return chosen


@operation("records.import.forget", needs="")
def forget(call: Call, *, of: Import) -> None:
    """Throw away a file that has changed nothing."""
    works.expect(call, of, State.MAPPING, State.CHECKED)
    of.delete()


def _match(text: str) -> Match:
    if text not in list(Match):
        raise MISSING(id=text)
    return Match(text)


def _check_columns(of: RecordType, columns: Sequence[str], keys: Sequence[str], *, by: int) -> None:
    """Refuse columns and keys that the person may not know of, may not write, or that say nothing together."""
    known, fields = catalogue.seen_by(by), guessing.offered(of, by=by)
    chosen = [name for name in columns if name]
    if not chosen:
        raise rules.NOTHING_CHOSEN()
    for name, count in Counter(chosen).items():
        one = None if name == ID else fields.get(name) or known.field(of, name)
        if count > 1 and (one is None or not one.multiple):
            raise rules.TWICE(place=name, field=one.title if one else "ID")
        if one and (one.read_only or name not in fields) and name not in keys:
            raise rules.ONLY_READ(place=name, field=one.title)
    for name in keys:
        if name not in chosen:
            raise rules.NO_KEY(place="keys", field=fields[name].title if name in fields else name)


def _usual(of: RecordType, given: Mapping[str, Any], *, by: int) -> dict[str, Any]:
    """Values for all rows that say something, of fields that the person may write."""
    fields = {name: catalogue.seen_by(by).field(of, name) for name in given}
    for name, one in fields.items():
        if one.read_only:
            raise rules.ONLY_READ(place=name, field=one.title)
    return {name: raw for name, raw in given.items() if fields[name].read(raw) not in (None, ())}


__all__ = ["answer", "begin", "carry_out", "change", "choose", "forget"]
