"""What values point at must be there: a person who works here, a record out of the trash, a file one may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from potok.disk import public as disk
from potok.engine.values import FileRef, PersonRef, RecordRef, Value
from potok.kit.calls import Call
from potok.people import public as people
from potok.records import catalogue, reading, rules
from potok.records.record_types import RecordType, record_types

Reference = PersonRef | RecordRef | FileRef


@dataclass(frozen=True, slots=True)
class There:
    """What of all that a list of asks names is there; files as far as each asker may see them."""

    persons: frozenset[int]
    records: frozenset[RecordRef]
    files: frozenset[tuple[int | None, int]]

    def holds(self, reference: Reference, *, by: int | None) -> bool:
        """Tell whether the thing is there for the asker."""
        if isinstance(reference, PersonRef):
            return reference.id in self.persons
        if isinstance(reference, RecordRef):
            return reference in self.records
        return (by, reference.id) in self.files


def look(asked: Sequence[tuple[Call, Mapping[str, Value]]]) -> There:
    """Look for all that the values name, in one question a kind; nothing named, nothing asked."""
    named = [(call, one) for call, given in asked for one in _references(given.values())]
    askers = {call.author for call, _ in asked if call.author is not None}
    persons = {one.id for _, one in named if isinstance(one, PersonRef)}
    # Who asks works here: the usual responsible of a new record costs no question.
    unknown = persons - askers
    working = set(people.active().filter(pk__in=unknown).values_list("pk", flat=True)) if unknown else set()
    return There(
        frozenset(working | (persons & askers)),
        frozenset(_records({one for _, one in named if isinstance(one, RecordRef)})),
        frozenset(_files({(call.by, one.id) for call, one in named if isinstance(one, FileRef)})),
    )


def check(
    record_type: RecordType,
    given: Mapping[str, Value],
    before: Mapping[str, Value],
    *,
    call: Call,
    there: There,
    own: RecordRef | None = None,
) -> None:
    """Refuse values that newly point at nothing, or at the record itself; what it holds already may stay."""
    for name, value in given.items():
        old = set(_references([before.get(name)]))
        for one in _references([value]):
            if one in old:
                continue
            field = catalogue.whole().field(record_type, name)
            if one == own:
                raise rules.LINKED_TO_ITSELF(place=name, field=field.title)
            if not there.holds(one, by=call.by):
                refusal = rules.NOBODY if isinstance(one, PersonRef) else rules.NOTHING_THERE
                raise refusal(place=name, field=field.title)


def _references(given: Iterable[Value]) -> Iterator[Reference]:
    for value in given:
        if isinstance(value, tuple):
            yield from _references(value)
        elif isinstance(value, PersonRef | RecordRef | FileRef):
            yield value


def _records(wanted: set[RecordRef]) -> Iterator[RecordRef]:
    for name in {one.type for one in wanted} & set(record_types):
        ids = [one.id for one in wanted if one.type == name]
        yield from (RecordRef(name, id) for id in reading.kept(record_types[name], ids))


def _files(wanted: set[tuple[int | None, int]]) -> Iterator[tuple[int | None, int]]:
    for by in {asker for asker, _ in wanted}:
        yield from ((by, id) for id in disk.by_id([id for asker, id in wanted if asker == by], by=by))
