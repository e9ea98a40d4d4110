"""Who is told of what came in and of what was handed over, in the language of each."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from potok.crm.leads.models import TakenIn
from potok.kit.calls import Call
from potok.notify.public import notices
from potok.people import public as people
from potok.people.public import Person
from potok.records import public as records
from potok.records.public import Record
from potok.ui import words

QUOTE_LENGTH = 160


def told(call: Call, taken: TakenIn, said: str, *, to: int | None) -> None:
    """Tell whoever answers for the client that something came from him."""
    person = people.by_id([to]).get(to) if to is not None else None
    row = taken.deal or taken.lead or taken.contact or taken.company
    if person is None or not person.is_active or row is None:
        return
    with translation.override(person.language):
        text = gettext("A new request: %(text)s") if taken.is_new else gettext("A client asks again: %(text)s")
        why = gettext("You are next in line") if taken.is_new else gettext("You are responsible for it")
        asked = notice(row, to=person, text=text % {"text": _quote(said)}, why=why)
    notices.send(call.by_system(), **asked)


def handed_over(row: Record, *, to: Person, who: str) -> dict[str, Any]:
    """The notice of one record that somebody handed over."""
    with translation.override(to.language):
        named = {
            "who": who or gettext("The system"),
            "title": words.inside(row.title),
            "type": records.type_named(row.record_type).title,
        }
        text = gettext("%(who)s handed over to you: %(type)s “%(title)s”") % named
        return notice(row, to=to, text=text, why=gettext("You are responsible for it now"))


def handed_over_many(rows: Iterable[Record], *, to: Person, who: str) -> dict[str, Any]:
    """One notice of many records that were handed over at once."""
    listed = list(rows)
    of = records.type_named(listed[0].record_type)
    with translation.override(to.language):
        named = {"who": who or gettext("The system"), "types": of.plural, "count": words.number(len(listed))}
        return {
            "to": to.pk,
            "text": gettext("%(who)s handed over to you: %(types)s, %(count)s") % named,
            "why": gettext("You are responsible for it now"),
            "kind": "crm.handed_over",
            "url": f"/{of.path}/",
        }


def notice(row: Record, *, to: Person, text: str, why: str) -> dict[str, Any]:
    """A notice about a record."""
    return {
        "to": to.pk,
        "text": text,
        "why": why,
        "kind": row.record_type,
        "url": f"/{records.type_named(row.record_type).path}/{row.pk}/",
        "record_type": row.record_type,
        "record_id": row.pk,
    }


def _quote(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTE_LENGTH else f"{line[:QUOTE_LENGTH]}…"
