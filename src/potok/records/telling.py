"""Who is told that somebody spoke about a record: those who were called, the person responsible, the observers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.notify.public import notices
from potok.people import public as people
from potok.records import observing, queries
from potok.records.events import RecordCommented
from potok.records.models import Comment
from potok.records.record_types import record_types
from potok.ui import words

QUOTE_LENGTH = 160
CALLED, RESPONSIBLE, OBSERVES = "called", "responsible", "observes"


def told(happened: Sequence[RecordCommented]) -> None:
    """Send everybody one notice a comment; nobody is told of his own words, or of a record that he may not see."""
    rows = queries.load(RecordRef(one.type, one.id) for one in happened)
    texts = dict(Comment.objects.filter(pk__in=[one.comment for one in happened]).values_list("pk", "text"))
    asked: list[tuple[Call, dict[str, Any]]] = []
    for one in happened:
        if row := rows.get(RecordRef(one.type, one.id)):
            asked += [(one.call.by_system(), given) for given in _notices(one, row, texts.get(one.comment, ""))]
    if asked:
        notices.send.many(asked)


def _notices(one: RecordCommented, row: Any, text: str) -> Iterable[dict[str, Any]]:
    why = dict.fromkeys(observing.of(row), OBSERVES) | {
        row.responsible_id: RESPONSIBLE,
        **dict.fromkeys(one.mentioned, CALLED),
    }
    persons = people.by_id(id for id in why if id is not None and id != one.call.author)
    author = people.names([one.call.author]).get(one.call.author, "") if one.call.author else ""
    for person in persons.values():
        if person.is_active and queries.titles([row.ref], by=person.pk):
            with translation.override(person.language):
                yield _notice(row, to=person.pk, author=author, text=text, why=why[person.pk])


def _notice(row: Any, *, to: int, author: str, text: str, why: str) -> dict[str, Any]:
    named = {"who": author, "title": words.inside(row.title)}
    quoted = text if len(text) <= QUOTE_LENGTH else f"{text[:QUOTE_LENGTH]}…"
    said = gettext("%(who)s about “%(title)s”: %(text)s") % {**named, "text": quoted}
    return {
        "to": to,
        "text": said if quoted else gettext("%(who)s added files to “%(title)s”") % named,
        "kind": "records.comment",
        "why": _why(why),
        **place(row),
    }


def _why(why: str) -> str:
    if why == OBSERVES:
        return gettext("You observe it")
    return gettext("You were called") if why == CALLED else gettext("You are responsible for it")


def place(row: Any) -> dict[str, Any]:
    """Where a notice about a record leads."""
    named = {"record_type": row.record_type, "record_id": row.pk}
    return {"url": f"/{record_types[row.record_type].path}/{row.pk}/", **named}
