"""Imports from the first look at a file to taking the whole of it back. The work is done by `carrying`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count

from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.events import encode, touch
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import catalogue, queries
from potok.records.exchange import guessing, rules, sheets
from potok.records.exchange.carrying import TOPIC
from potok.records.exchange.guessing import ID
from potok.records.exchange.models import Import
from potok.records.exchange.rules import Match, State
from potok.records.record_types import RecordType

LINES_AT_ONCE = 5_000
FIRST = 2  # spreadsheets count from one, and the headings stand in the first row
LINES = """INSERT INTO records_importline (of_id, number, cells, keys, outcome, is_kept, revision, before, after,
        problems, undone)
    SELECT d.of, d.number, d.cells, '[]', '', FALSE, 0, '{}', '{}', '[]', ''
    FROM unnest(%b::bigint[], %b::int[], %b::text[]::jsonb[]) d(of, number, cells)"""


@operation("records.import.begin", needs="")
def begin(call: Call, *, record_type: str, name: str, content: bytes) -> Import:
    """Read a file and guess what its columns are; nothing is written to records yet."""
    of = queries.type_named(record_type)
    _check(call, of)
    author = call.author
    if author is None:
        raise FORBIDDEN(permission=permissions[of.may("import")].title)
    sheet = sheets.read(name, content)
    columns = guessing.columns(of, sheet.headings, sheet.rows, by=author)
    made = Import.objects.create(
        record_type=of.name,
        by_id=author,
        name=name[:200],
        encoding=sheet.encoding,
        made_at=call.at,
        headings=list(sheet.headings),
        columns=columns,
        keys=[ID] if ID in columns else [],
        total=len(sheet.rows),
    )
    for start in range(0, len(sheet.rows), LINES_AT_ONCE):
        rows = sheet.rows[start : start + LINES_AT_ONCE]
        sets.execute(LINES, [(made.pk, start + FIRST + place, encode(row)) for place, row in enumerate(rows)])
    return made


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
    _in(call, of, State.MAPPING, State.CHECKED)
    record_type = queries.type_named(of.record_type)
    _check_columns(record_type, columns, keys)
    known = catalogue.current()
    of.usual = {
        name: raw for name, raw in (usual or {}).items() if known.field(record_type, name).read(raw) not in (None, ())
    }
    of.columns, of.keys, of.on_match = list(columns), list(keys), Match(on_match)
    of.starts_processes = starts_processes
    guessing.remember(record_type, of.headings, columns, by=of.by_id)
    of.lines.update(keys=[], outcome="", before={}, after={}, problems=[], record_id=None)
    return _go(of, State.CHECKING)


@operation("records.import.change", needs="")
def change(call: Call, *, of: Import) -> Import:
    """Go back to the choice of columns."""
    _in(call, of, State.CHECKED, State.CHECKING)
    return _go(of, State.MAPPING)


@operation("records.import.carry_out", needs="")
def carry_out(call: Call, *, of: Import) -> Import:
    """Write what was shown, in the background."""
    _in(call, of, State.CHECKED)
    return _go(of, State.RUNNING)


@operation("records.import.stop", needs="")
def stop(call: Call, *, of: Import) -> Import:
    """Write no further; what is written stays until it is taken back."""
    _in(call, of, State.RUNNING)
    of.state = State.STOPPED
    of.save(update_fields=["state"])
    touch(TOPIC, of.pk)
    return of


@operation("records.import.resume", needs="")
def resume(call: Call, *, of: Import) -> Import:
    """Go on after a stop, from the row where it was."""
    _in(call, of, State.STOPPED)
    return _go(of, State.RUNNING, place=of.place)


@operation("records.import.undo", needs="")
def undo(call: Call, *, of: Import) -> Import:
    """Take back all that the import has added and changed; what somebody has changed since stays."""
    _in(call, of, State.DONE, State.STOPPED)
    return _go(of, State.UNDOING)


@operation("records.import.forget", needs="")
def forget(call: Call, *, of: Import) -> None:
    """Throw away a file that has changed nothing."""
    _in(call, of, State.MAPPING, State.CHECKED)
    of.delete()


def own(id: int, *, by: int | None) -> Import:
    """An import of one's own, or a refusal that does not tell whether it is there."""
    found = Import.objects.filter(pk=id, **({} if by is None else {"by": by})).first()
    if found is None:
        raise MISSING(id=id)
    return found


def counted(of: Import) -> Counter[tuple[str, bool, str]]:
    """How many lines there are of each outcome, kept or not, taken back or not."""
    grouped = of.lines.order_by().values_list("outcome", "is_kept", "undone").annotate(Count("pk"))
    return Counter({(outcome, kept, undone): count for outcome, kept, undone, count in grouped})


def _check(call: Call, of: RecordType) -> None:
    if not people.may(call.by, permission=of.may("import")):
        raise FORBIDDEN(permission=permissions[of.may("import")].title)


def _in(call: Call, of: Import, *states: State) -> None:
    """Lock the import, see that it is the caller's and that it stands where he thinks it does."""
    if call.by not in (None, of.by_id):
        raise MISSING(id=of.pk)
    _check(call, queries.type_named(of.record_type))
    now = Import.objects.select_for_update().get(pk=of.pk)
    if now.state not in states:
        raise rules.NOT_NOW()
    of.state, of.place = now.state, now.place


def _go(of: Import, state: State, *, place: int = 0) -> Import:
    of.state, of.place, of.ended_at = state, place, None
    of.save()
    touch(TOPIC, of.pk)
    return of


def _check_columns(of: RecordType, columns: Sequence[str], keys: Sequence[str]) -> None:
    fields = guessing.offered(of)
    chosen = [name for name in columns if name]
    if not chosen:
        raise rules.NOTHING_CHOSEN()
    for name, count in Counter(chosen).items():
        one = None if name == ID else fields.get(name) or catalogue.current().field(of, name)
        if count > 1 and (one is None or not one.multiple):
            raise rules.TWICE(place=name, field=one.title if one else "ID")
    for name in keys:
        if name not in chosen:
            raise rules.NO_KEY(place="keys", field=fields[name].title if name in fields else name)


__all__ = ["begin", "carry_out", "change", "choose", "counted", "forget", "own", "resume", "stop", "undo"]
