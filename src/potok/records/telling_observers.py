"""What observers are told of a record: that they observe it now, what others changed in it, that it was removed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from potok.engine.values import RecordRef
from potok.kit.calls import IMPORT, Call
from potok.notify.public import notices
from potok.people import public as people
from potok.people.public import Person
from potok.records import catalogue, observing, queries, telling
from potok.records.events import ADDED, CHANGED, REMOVED, RESTORED, RecordChanged
from potok.records.record_types import RecordType, record_types
from potok.ui import words

KIND = "records.observed"
Changes = Mapping[RecordRef, Sequence[RecordChanged]]


def told(happened: Sequence[RecordChanged]) -> None:
    """Send each observer one notice a record of what others did; what is imported from a file is told to nobody."""
    for_whom: dict[int, dict[RecordRef, list[RecordChanged]]] = defaultdict(lambda: defaultdict(list))
    for one in happened:
        for person in one.observers if one.call.cause.door != IMPORT else ():
            if person != one.call.author:
                for_whom[person][RecordRef(one.type, one.id)].append(one)
    if not for_whom:
        return
    persons = people.by_id({*for_whom, *(one.call.author for one in happened if one.call.author is not None)})
    rows = queries.load({ref for changes in for_whom.values() for ref in changes})
    asked: list[tuple[Call, dict[str, Any]]] = []
    for person, changes in for_whom.items():
        if person in persons and persons[person].is_active:
            asked += _notices(persons[person], changes, rows, persons)
    if asked:
        notices.send.many(asked)


def _notices(
    to: Person, changes: Changes, rows: Mapping[RecordRef, Any], persons: Mapping[int, Person]
) -> Iterator[tuple[Call, dict[str, Any]]]:
    # A process may hide a record from who observes it.
    seen = queries.titles(changes, by=to.pk)
    with translation.override(to.language):
        for ref, all_of_it in changes.items():
            row, last = rows.get(ref), all_of_it[-1].call
            author = persons.get(last.author) if last.author is not None else None
            who = str(author or gettext("The system"))
            if row is not None and ref in seen and (text := _said(to, row, who, all_of_it)):
                why = gettext("You observe it")
                yield last.by_system(), {"to": to.pk, "text": text, "kind": KIND, "why": why, **telling.place(row)}


def _said(to: Person, row: Any, who: str, changes: Sequence[RecordChanged]) -> str:
    of, kinds = record_types[row.record_type], {one.kind for one in changes}
    named = {"who": who, "title": words.inside(row.title)}
    if any(to.pk in observing.named(one.after, of) - observing.named(one.before, of) for one in changes):
        return gettext("%(who)s made you an observer of “%(title)s”") % named
    if REMOVED in kinds:
        return gettext("%(who)s put “%(title)s” into the trash") % named
    if RESTORED in kinds:
        return gettext("%(who)s took “%(title)s” out of the trash") % named
    what = ", ".join(_fields(to, of, changes))
    return gettext("%(who)s changed “%(title)s”: %(what)s") % {**named, "what": what} if what else ""


def _fields(to: Person, of: RecordType, changes: Sequence[RecordChanged]) -> Iterator[str]:
    """The fields that others changed, as far as he may know of them; of a stage also which it is now."""
    seen = catalogue.seen_by(to.pk).of(of)
    changed = {name: one.after.get(name) for one in changes if one.kind in (ADDED, CHANGED) for name in one.after}
    for name, field in seen.items():
        if name not in changed or name == "pipeline" or field.read_only:
            continue
        stage = catalogue.whole().stages.get(of.name, {}).get(str(changed[name])) if name == "stage" else None
        yield f"{field.title} “{words.inside(stage.title)}”" if stage else str(field.title)
