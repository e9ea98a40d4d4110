"""What administrators do to dictionaries."""

from collections.abc import Iterable, Sequence
from typing import Any

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.operations import operation
from potok.records import catalogue, rules
from potok.records.dictionaries.declared import dictionaries, entries
from potok.records.dictionaries.models import Entry
from potok.records.fields.dictionary import FromDictionary
from potok.records.operations.pipelines import SETTINGS
from potok.records.record_types import RecordType, record_types

CODE_LENGTH_MAX = 40


@operation("records.dictionary.add", needs=SETTINGS)
def add(call: Call, *, dictionary: str, title: str, code: str = "") -> str:
    """Add an entry to a dictionary, and answer with its code; without one it is made of the title."""
    known = dict(_of(dictionary))
    name = _checked(title, known.values())
    taken = {*known, *Entry.objects.filter(dictionary=dictionary).values_list("code", flat=True)}
    free = _free(code.strip() or rules.field_name(name).upper(), taken)
    Entry.objects.create(dictionary=dictionary, code=free, title=name)
    catalogue.changed()
    return free


@operation("records.dictionary.rename", needs=SETTINGS)
def rename(call: Call, *, dictionary: str, code: str, title: str) -> None:
    """Give an entry another name; its code stays, so that records, processes and REST still find it."""
    known = _entry(dictionary, code)
    name = _checked(title, (other for one, other in known.items() if one != code))
    Entry.objects.update_or_create(dictionary=dictionary, code=code, defaults={"title": name})
    catalogue.changed()


@operation("records.dictionary.remove", needs=SETTINGS)
def remove(call: Call, *, dictionary: str, code: str) -> None:
    """Take an entry away that no record holds."""
    title = _entry(dictionary, code)[code]
    if count := sum(_holding(of, field, code) for of, field in _fields(dictionary)):
        raise rules.ENTRY_USED(title=title, count=count)
    Entry.objects.update_or_create(dictionary=dictionary, code=code, defaults={"removed": True})
    catalogue.changed()


@operation("records.dictionary.order", needs=SETTINGS)
def order(call: Call, *, dictionary: str, codes: Sequence[str]) -> None:
    """Put the entries of a dictionary into this order; those not named stay behind."""
    known = [code for code, _ in _of(dictionary)]
    named = [code for code in codes if code in known]
    for place, code in enumerate([*named, *(one for one in known if one not in named)]):
        Entry.objects.update_or_create(dictionary=dictionary, code=code, defaults={"order": place})
    catalogue.changed()


def _of(dictionary: str) -> Sequence[tuple[str, Any]]:
    if dictionary not in dictionaries:
        raise MISSING(id=dictionary)
    return entries()[dictionary]


def _entry(dictionary: str, code: str) -> dict[str, Any]:
    known = dict(_of(dictionary))
    if code not in known:
        raise MISSING(place="code", id=code)
    return known


def _checked(title: str, others: Iterable[Any]) -> str:
    name = " ".join(title.split())
    if not name:
        raise rules.UNTITLED(place="title")
    if name.casefold() in {str(one).casefold() for one in others}:
        raise rules.DOUBLED(place="title", title=name)
    return name


def _free(wanted: str, taken: set[str]) -> str:
    base = wanted[:CODE_LENGTH_MAX]
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    return code


def _fields(dictionary: str) -> list[tuple[RecordType, FromDictionary]]:
    return [
        (of, field)
        for of in record_types.all().values()
        for field in catalogue.current().of(of).values()
        if isinstance(field, FromDictionary) and field.dictionary == dictionary
    ]


def _holding(of: RecordType, field: FromDictionary, code: str) -> int:
    return of.rows().filter(field.equals(code)).count()
