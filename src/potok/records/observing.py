"""Whoever observes a record sees it, whatever his roles say, and is told what happens to it (`telling`).

Who that is stands in a field of the kind `Observers`. What follows from it is kept as shares beside those that people
give, so that every way out of the house asks one question.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from potok.engine.values import PersonRef, RecordRef, Value, decode
from potok.kit import sets
from potok.kit.calls import Call
from potok.records import access, rules
from potok.records.events import RecordChanged
from potok.records.fields import Field, Observers
from potok.records.models import Record
from potok.records.record_types import RecordType, record_types

SHOW = """INSERT INTO records_share (record_type, record_id, holder, may_edit, observes, by_id, at)
          SELECT n.type, n.id, n.holder, false, true, n.by, n.at
          FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::bigint[], %b::timestamptz[]) n(type, id, holder, by, at)
          ON CONFLICT DO NOTHING"""
HIDE = """DELETE FROM records_share s USING unnest(%b::text[], %b::bigint[], %b::text[]) n(type, id, holder)
          WHERE s.record_type = n.type AND s.record_id = n.id AND s.holder = n.holder AND s.observes"""


def of(row: Any) -> tuple[int, ...]:
    """Who observes a record."""
    named = [id for one in _fields(record_types[row.record_type]) for id in getattr(row, one.name)]
    return tuple(dict.fromkeys(named))


def named(plain: Mapping[str, Any], record_type: RecordType) -> set[int]:
    """Whom one side of a change names as observers."""
    values = [decode(plain[one.name]) for one in _fields(record_type) if one.name in plain]
    return {id for value in values for id in _ids(value)}


def keep(happened: Sequence[RecordChanged]) -> None:
    """Show records to those who observe them now, and no longer to those who did."""
    touched: dict[RecordRef, set[int]] = defaultdict(set)
    last: dict[RecordRef, RecordChanged] = {}
    for one in happened:
        if (known := record_types.get(one.type)) and (people := named(one.before, known) | named(one.after, known)):
            touched[RecordRef(one.type, one.id)] |= people
        last[RecordRef(one.type, one.id)] = one
    came = [(last[ref], id) for ref, people in touched.items() for id in sorted(people & {*last[ref].observers})]
    gone = [(last[ref], id) for ref, people in touched.items() for id in sorted(people - {*last[ref].observers})]
    if came:
        sets.execute(SHOW, [(e.type, e.id, f"user_{id}", e.call.author, e.call.at) for e, id in came])
    if gone:
        sets.execute(HIDE, [(e.type, e.id, f"user_{id}") for e, id in gone])


class Passing:
    """Judges changes of who observes: what was only shown to a person he does not pass on. One question an asker."""

    def __init__(self, record_type: RecordType) -> None:
        self._of = record_type
        self._reached: dict[int, access.Reach] = {}

    def check(self, call: Call, row: Record, given: Mapping[str, Value], before: Mapping[str, Value]) -> None:
        """Refuse another set of observers to whoever may change the record by a share alone."""
        for one in _fields(self._of) if call.by is not None else ():
            if one.name in given and _ids(given[one.name]) != _ids(before.get(one.name)) and not self._may(call, row):
                raise rules.NOT_TO_PASS_ON(place=one.name, field=one.title)

    def _may(self, call: Call, row: Record) -> bool:
        by = call.by or 0
        if by not in self._reached:
            self._reached[by] = access.reach(by, self._of, "edit")
        return self._reached[by].covers_by_role(row)


def _fields(record_type: RecordType) -> Iterator[Field]:
    return (one for one in record_type.fields if isinstance(one, Observers))


def _ids(value: Value) -> set[int]:
    return {one.id for one in value if isinstance(one, PersonRef)} if isinstance(value, tuple) else set()
