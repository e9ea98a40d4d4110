"""Rows of a table read into values: people by name or mail, records by title, number, phone, mail or tax number, stages
by title.

All that many rows name is asked for once; what cannot be read is told with the column it stands in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from potok.engine.values import PersonRef, RecordRef, Value
from potok.kit.errors import Refused
from potok.people import public as people
from potok.records import catalogue, queries
from potok.records.exchange import matching, rules
from potok.records.exchange.guessing import ID
from potok.records.exchange.models import Import
from potok.records.fields import Email, Field, Link, Person, Phone, PipelineField, StageField, Unreadable, Url
from potok.records.record_types import RecordType, record_types
from potok.records.screens.fields import items

PARTS = re.compile(r"[;\n]+")
LISTED = re.compile(r"[;,\n]+")
# Beside name, number, phone and mail a link may be written by these, which tell one record from all others.
UNIQUE = ("number", "inn", "tax_number", "article")
TORN = "\N{REPLACEMENT CHARACTER}"
NUMBER = re.compile(r"[#№]?\s?(\d{1,18})")
Problem = dict[str, str]


@dataclass
class Row:
    """What a row says: values by field, the number of the record if it has one, and what is wrong."""

    values: dict[str, Value] = field(default_factory=dict)
    id: int | None = None
    problems: list[Problem] = field(default_factory=list)


def read(of: Import, rows: Sequence[Sequence[str]]) -> list[Row]:
    """Read rows as the import says; nothing is written."""
    known = fields(of)
    columns = [(place, known.get(name), name) for place, name in enumerate(of.columns) if name]
    texts: dict[str, set[str]] = defaultdict(set)
    for place, one, name in columns:
        if isinstance(one, Person | Link):
            texts[name] |= {part for row in rows for part in parts(one, row[place])}
    found = {name: _named(known[name], wanted, by=of.by_id) for name, wanted in texts.items()}
    usual = {name: known[name].read(raw) for name, raw in of.usual.items() if name in known}
    return [_row(columns, row, found, usual) for row in rows]


def fields(of: Import) -> dict[str, Field]:
    """The fields of its records, as far as who imports may know of them, whatever reads them for him."""
    return catalogue.seen_by(of.by_id).of(queries.type_named(of.record_type))


def parts(one: Field, text: str) -> list[str]:
    """A cell as the items that it lists, if the field holds several."""
    if not one.multiple:
        return [text.strip()] if text.strip() else []
    sign = LISTED if isinstance(one, Phone | Email | Url) else PARTS
    return [part.strip() for part in sign.split(text) if part.strip()]


def _row(
    columns: Sequence[tuple[int, Field | None, str]],
    cells: Sequence[str],
    found: Mapping[str, Mapping[str, Any]],
    usual: Mapping[str, Value],
) -> Row:
    row = Row()
    raw: dict[str, list[Any]] = defaultdict(list)
    for place, one, name in columns:
        try:
            if TORN in cells[place]:
                raise Unreadable(gettext(rules.TORN).format(text=cells[place]))
            if name == ID:
                row.id = _number(cells[place])
            elif one is not None:
                raw[name] += [_item(one, part, found.get(name, {})) for part in parts(one, cells[place])]
        except Unreadable as wrong:
            row.problems.append({"place": name, "sentence": str(wrong)})
    for _place, one, name in columns:
        try:
            # An empty cell says nothing: it takes nothing away and leaves room for the usual value.
            if one is not None and (given := raw.pop(name, None)):
                row.values[name] = one.read(given if one.multiple else given[0])
        except Refused as refused:
            row.problems.append({"place": name, "sentence": refused.sentence()})
    row.values = {**usual, **row.values}
    return row


def _number(text: str) -> int | None:
    if not text.strip():
        return None
    if not (digits := NUMBER.fullmatch(text.strip())):
        raise Unreadable(gettext(rules.NO_NUMBER).format(text=text))
    return int(digits[1])


def _item(one: Field, text: str, found: Mapping[str, Any]) -> Any:
    if isinstance(one, Person | Link):
        answer = found[text]
        if isinstance(answer, str):
            raise Unreadable(answer)
        return answer
    if isinstance(one, StageField | PipelineField):
        return _offered(one, text)
    return text


def _offered(one: StageField | PipelineField, text: str) -> str:
    for code, title in one.options:
        if text == code or people.folded(str(title)) == people.folded(text):
            return code
    sentence = rules.NO_STAGE if isinstance(one, StageField) else rules.NO_PIPELINE
    raise Unreadable(gettext(sentence).format(text=text, known=", ".join(str(title) for _, title in one.options)))


def _named(one: Field, texts: set[str], *, by: int) -> dict[str, Any]:
    if isinstance(one, Link):
        return _records(record_types[one.to], texts, by=by)
    return _persons(texts)


def _persons(texts: Iterable[str]) -> dict[str, Any]:
    called: dict[str, set[int]] = defaultdict(set)
    for person in people.active():
        name, surname = people.folded(person.name), people.folded(person.surname)
        for written in (person.email.lower(), f"{name} {surname}", f"{surname} {name}", surname):
            called[written].add(person.pk)
    return {text: _one(text, called[people.folded(text)], rules.NO_PERSON, PersonRef) for text in texts}


def _records(of: RecordType, texts: set[str], *, by: int) -> dict[str, Any]:
    seen = queries.rows(of, by=by)
    found: dict[str, set[int]] = defaultdict(set)
    folded = {text: people.folded(text) for text in texts}
    by_title: dict[str, set[int]] = defaultdict(set)
    for id, title in seen.filter(sort_key__in=folded.values()).values_list("pk", "sort_key"):
        by_title[title].add(id)
    numbers = {text: int(digits[1]) for text in texts if (digits := NUMBER.fullmatch(text))}
    there = set(seen.filter(pk__in=numbers.values()).values_list("pk", flat=True)) if numbers else set()
    for text in texts:
        found[text] = by_title[folded[text]] or ({numbers[text]} & there if text in numbers else set())
    found |= _reached(of, seen, [text for text in texts if not found[text]], by=by)
    return {text: _one(text, found[text], rules.NOT_FOUND, lambda pk: RecordRef(of.name, pk)) for text in texts}


def _reached(of: RecordType, seen: Any, texts: Sequence[str], *, by: int) -> dict[str, set[int]]:
    """Records with these phones, mails, or texts that only one record has: by no field that is hidden from who asks."""
    found: dict[str, set[int]] = {}
    for one in catalogue.seen_by(by).of(of).values():
        if isinstance(one, Phone | Email) or one.name in UNIQUE:
            asked = {text: value for text in texts if text not in found and (value := _read(one, text))}
            there = matching.ids(of, one, list(asked.values()))
            by_value: dict[Value, set[int]] = defaultdict(set)
            for record in seen.filter(pk__in=there) if there else ():
                for item in items(one.of(record)):
                    by_value[item].add(record.pk)
            found |= {text: by_value[value] for text, value in asked.items() if by_value[value]}
    return found


def _read(one: Field, text: str) -> Value:
    """The text as an item of the field; nothing if it is none."""
    if isinstance(one, Phone | Email) and not any(letter.isdigit() or letter == "@" for letter in text):
        return None
    try:
        return one.item(text)
    except Unreadable:
        return None


def _one(text: str, ids: set[int], missing: str, make: Any) -> Any:
    if len(ids) == 1:
        return make(next(iter(ids)))
    return gettext(missing if not ids else rules.NOT_ONE).format(text=text)
