"""The history of a card: who changed what, when and from where, with the way back for each field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.records import catalogue, writing
from potok.records.beside import besides
from potok.records.fields import Email, Phone, Url
from potok.records.models import History, Record
from potok.records.record_types import RecordType
from potok.records.screens import facts, happened
from potok.records.screens.happened import Change
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.answers import Toast

ROWS_MAX = 100


@dataclass(frozen=True)
class Entry:
    """One change: who, when, from where, and each field with what it was and became."""

    row: History
    whole: str
    through: str
    changes: Sequence[Change]


def draw(request: HttpRequest, row: Any) -> str:
    """Draw the tab."""
    card = facts.of_row(request, row)
    rows = list(History.objects.filter(record_type=card.of.name, record_id=card.row.pk).select_related("by")[:ROWS_MAX])
    known = happened.known_to(request, rows)
    entries = [
        Entry(one, happened.whole(one), happened.through(one), happened.changes(card.of, one, known)) for one in rows
    ]
    context = {"entries": entries, "card": card, "history_url": f"{card.url('card')}history/"}
    return render_to_string("records/history.html", context, request)


@require_POST
@screen
def undo(request: HttpRequest, of: RecordType, id: int, entry: int, name: str) -> HttpResponse:
    """Give one field the value it had before a change, unless it has been changed again since.

    With `stay` the page that asks stays as it is: its toast says the rest.
    """
    card = facts.load(request, of, id)
    row = History.objects.filter(pk=entry, record_type=of.name, record_id=id).first()
    if row is None or name not in {*row.before, *row.after}:
        raise MISSING(id=entry)
    beside = besides.get(name)
    title = str(beside.title if beside else catalogue.current().field(of, name).title)
    with opened(request.user.pk, door="screen") as call:
        if beside:
            beside.give_back(call, card.row, was=row.before.get(name), became=row.after.get(name))
        else:
            _give_back(call, of, card.row, row, name=name)
    if "stay" in request.GET:
        return answers.done(request)
    toast = Toast(gettext("%(field)s is as it was") % {"field": title})
    return answers.go(request, f"{card.url('card')}?tab=history", toast=toast)


def _give_back(call: Call, of: RecordType, record: Record, row: History, *, name: str) -> None:
    was, became = happened.decoded(row.before.get(name)), happened.decoded(row.after.get(name))
    # History does not hold what lines are for; they would always differ.
    seen = None if isinstance(catalogue.current().field(of, name), Phone | Email | Url) else {name: became}
    writing.verbs[of.name].change(call, record=record, values={name: was}, seen=seen)
