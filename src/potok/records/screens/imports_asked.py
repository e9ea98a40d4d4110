"""What an import asks: which of several records a row is about, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from potok.records import access, catalogue, queries
from potok.records.exchange.models import Import, ImportLine
from potok.records.exchange.rules import Match, Outcome, Waits
from potok.records.fields import Field
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens import names, wording

MATCHES = (
    (Match.UPDATE, gettext_lazy("Change the record that is there")),
    (Match.MERGE, gettext_lazy("Fill in what is empty, add phones and mails")),
    (Match.SKIP, gettext_lazy("Leave the row out")),
    (Match.ADD, gettext_lazy("Add another record")),
)
# The same answers, as they are meant of rows that wait for another reason.
SAID = {
    Waits.ONE: MATCHES,
    Waits.SEVERAL: (
        (Match.UPDATE, gettext_lazy("Change the one that was changed last")),
        (Match.MERGE, gettext_lazy("Fill in what is empty in the one that was changed last")),
        *MATCHES[2:],
    ),
    Waits.MERGED: (
        (Match.UPDATE, gettext_lazy("Change the record that it became part of")),
        (Match.MERGE, gettext_lazy("Fill in what is empty in the record that it became part of")),
        *MATCHES[2:],
    ),
    Waits.TRASH: (
        (Match.UPDATE, gettext_lazy("Bring the record back and change it")),
        (Match.MERGE, gettext_lazy("Bring the record back and fill in what is empty")),
        *MATCHES[2:],
    ),
}
CHANGING = (Match.UPDATE, Match.MERGE)
TELLING = 5  # values that tell one candidate from the other
Answer = tuple[Match, Sequence[int] | None, Mapping[int, int] | None]


@dataclass(frozen=True)
class Asked:
    """Rows that wait for one reason: what may become of all of them at once."""

    waits: str
    count: int
    matches: Sequence[tuple[Match, Any]]


@dataclass(frozen=True)
class Candidate:
    """A record that a row may be about, with what tells it from the others."""

    id: int
    title: str
    url: str
    facts: Sequence[tuple[str, str]]
    changed_at: Any
    chosen: bool


def asked(of: Import) -> list[Asked]:
    """Why rows wait for the person, and how many of them for each reason."""
    waiting = of.lines.filter(outcome=Outcome.ASK).order_by()
    counted = dict(waiting.values_list("waits").annotate(Count("pk")))
    return [Asked(waits.value, counted[waits], said) for waits, said in SAID.items() if counted.get(waits)]


def candidates(
    request: HttpRequest, of: RecordType, one: Import, lines: Sequence[ImportLine]
) -> Mapping[int, Sequence[Candidate]]:
    """By the number of a row the records that it may be about, as far as who asks may see them."""
    lines = [line for line in lines if line.waits in (Waits.SEVERAL, Waits.MERGED, Waits.TRASH)]
    ids = {id for line in lines for id in line.candidates}
    if not ids:
        return {}
    seen = queries.unhidden(access.rows(of, by=request.user.pk), of, by=request.user.pk).filter(pk__in=ids)
    records = {record.pk: record for record in (seen.select_related("stage", "pipeline") if of.pipeline else seen)}
    fields = _telling(of, one)
    values = [field.of(record) for record in records.values() for field in fields]
    known = names.of_values(values, by=request.user.pk)
    return {
        line.number: _drawn(of, line, [records[id] for id in line.candidates if id in records], fields, known)
        for line in lines
    }


def _telling(of: RecordType, one: Import) -> list[Field]:
    """Fields by which people know a record: what tells rows apart, then the columns of its list."""
    known = catalogue.current().of(of)
    wanted = dict.fromkeys([*one.keys, *of.columns, *one.columns])
    return [known[name] for name in wanted if name in known and name != "title"]


def _drawn(
    of: RecordType, line: ImportLine, records: Sequence[Record], fields: Sequence[Field], known: names.Names
) -> list[Candidate]:
    """Each with values that not all of them share, if there are such; of a single one what is known."""
    texts = {field: [wording.text(field, field.of(record), known) for record in records] for field in fields}
    differing = [field for field, said in texts.items() if len(set(said)) > 1] or [f for f in fields if any(texts[f])]
    return [
        Candidate(
            record.pk,
            record.title or gettext("Without a name"),
            f"{reverse('records:list', args=[of.path])}{record.pk}/",
            [(str(field.title), texts[field][place]) for field in differing if texts[field][place]][:TELLING],
            record.changed_at,
            bool(line.answer in CHANGING and record.pk == line.record_id),
        )
        for place, record in enumerate(records)
    ]


def picked(of: Import, given: QueryDict) -> list[Answer]:
    """What was chosen row by row, as answers: each with its rows, or with the record that each row is about."""
    chosen = {int(name[5:]): str(given[name]) for name in given if name.startswith("pick.") and _is_number(name[5:])}
    records = {row: int(said) for row, said in chosen.items() if _is_number(said)}
    changing = Match.MERGE if of.on_match == Match.MERGE else Match.UPDATE
    plain = ((match, [row for row, said in chosen.items() if said == match]) for match in (Match.ADD, Match.SKIP))
    answers: list[Answer] = [(changing, None, records)] if records else []
    answers += [(match, rows, None) for match, rows in plain if rows]
    return answers or [(changing, [], None)]  # which is refused in words


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19
