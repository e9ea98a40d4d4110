"""Which field a column of a table is for: as chosen the last time, by its heading, or by what stands in it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.utils import translation

from potok.people import public as people
from potok.records import catalogue
from potok.records.exchange.models import ColumnMemory
from potok.records.fields import Field
from potok.records.record_types import RecordType

ID = "id"
SAMPLES = 50
# What people call the usual columns, in Russian and in English; folded, the first letters are enough.
SYNONYMS = {
    "title": ("назван", "наименован", "организац", "компан", "фирма", "клиент", "тема", "name", "company", "subject"),
    "surname": ("фамили", "surname", "last name"),
    "name": ("имя", "first name"),
    "patronymic": ("отчеств", "middle name"),
    "position": ("должност", "job"),
    "company": ("компан", "организац", "фирма", "контрагент", "customer"),
    "phone": ("тел", "моб", "phone", "mobile"),
    "email": ("e-mail", "email", "mail", "почт", "эл. почта"),
    "site": ("сайт", "www", "url", "web"),
    "address": ("адрес", "address", "юр. адрес"),
    "comment": ("коммент", "примеч", "note", "remark"),
    "responsible": ("ответствен", "менеджер", "manager", "owner"),
    "amount": ("сумм", "стоимост", "amount", "price", "бюджет"),
    "stage": ("стади", "этап", "статус", "stage", "status"),
}
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
PHONE = re.compile(r"(\+7|8|7)?[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}.*")
SITE = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
SHAPES = {"email": MAIL, "phone": PHONE, "url": SITE}


def offered(of: RecordType, *, by: int | None) -> dict[str, Field]:
    """The fields that a column can be for, as far as the person may know of them; what he may only read tells records
    apart."""
    fields = catalogue.seen_by(by).of(of).values()
    return {one.name: one for one in fields if one.widget != "file"}


def columns(of: RecordType, headings: Sequence[str], rows: Sequence[Sequence[str]], *, by: int) -> list[str]:
    """Name a field for each heading, or nothing; no field twice, unless it holds several values."""
    fields = {name: one for name, one in offered(of, by=by).items() if not one.read_only}
    known = _remembered(of, headings, by=by)
    found = ["" for _ in headings]
    free = Counter({name: len(headings) if field.multiple else 1 for name, field in fields.items()} | {ID: 1})
    guesses: Sequence[Callable[[int], str]] = (
        lambda place: known.get(headings[place], ""),
        lambda place: _by_title(fields, headings[place]),
        lambda place: _by_synonym(fields, headings[place]),
        lambda place: _by_content(fields, [row[place] for row in rows[:SAMPLES]]),
    )
    for guess in guesses:
        for place, heading in enumerate(headings):
            # What somebody left out on purpose is not guessed again.
            name = "" if found[place] or known.get(heading) == "" else guess(place)
            if name and free[name] > 0:
                found[place] = name
                free[name] -= 1
    return found


def remember(of: RecordType, headings: Sequence[str], chosen: Sequence[str], *, by: int) -> None:
    """Keep what a person chose, for the next file with these headings."""
    rows = [
        ColumnMemory(person_id=by, record_type=of.name, heading=heading, field=name)
        for heading, name in zip(headings, chosen, strict=True)
    ]
    ColumnMemory.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "record_type", "heading"], update_fields=["field"]
    )


def _remembered(of: RecordType, headings: Sequence[str], *, by: int) -> Mapping[str, str]:
    kept = ColumnMemory.objects.filter(person=by, record_type=of.name, heading__in=headings)
    fields = offered(of, by=by)
    return {one.heading: one.field for one in kept if not one.field or one.field == ID or one.field in fields}


def _by_title(fields: Mapping[str, Field], heading: str) -> str:
    """By what the field is called, in any language of ours: files come from elsewhere."""
    wanted = re.sub(r" \(\d+\)$", "", people.folded(heading))
    if wanted == ID:
        return ID
    for language, _title in settings.LANGUAGES:
        with translation.override(language):
            for name, one in fields.items():
                if wanted in (name, people.folded(str(one.title))):
                    return name
    return ""


def _by_synonym(fields: Mapping[str, Field], heading: str) -> str:
    wanted = people.folded(heading)
    starts = ((name, word) for name, words in SYNONYMS.items() if name in fields for word in words)
    return next((name for name, word in starts if wanted.startswith(word)), "")


def _by_content(fields: Mapping[str, Field], cells: Sequence[str]) -> str:
    filled = [one for one in cells if one]
    for kind, shape in SHAPES.items():
        if filled and sum(bool(shape.fullmatch(one)) for one in filled) * 2 > len(filled):
            return next((name for name, field in fields.items() if field.kind == kind), "")
    return ""
